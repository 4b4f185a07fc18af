/** New York wall time: all arithmetic with it is here. Times in and out are epoch milliseconds. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../units/time';
import { civilDateOf, dayNumber, dayNumberOf, formatDate, nthWeekday } from './civil';

const STANDARD_MS = -5 * HOUR_MS;
const DAYLIGHT_MS = -4 * HOUR_MS;

interface DaylightSpan {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const spans = new Map<number, DaylightSpan>();

/**
 * Daylight saving time of a year. Since 2007: second Sunday of March to first Sunday of November
 * (Energy Policy Act of 2005); 1987 to 2006: first Sunday of April to last Sunday of October. Both at 02:00.
 */
function daylightSpan(year: number): DaylightSpan {
  const known = spans.get(year);
  if (known !== undefined) return known;
  const first = year >= 2007 ? nthWeekday(year, 3, 0, 2) : nthWeekday(year, 4, 0, 1);
  const last = year >= 2007 ? nthWeekday(year, 11, 0, 1) : nthWeekday(year, 10, 0, -1);
  const span = {
    from: first * DAY_MS + 2 * HOUR_MS - STANDARD_MS,
    to: last * DAY_MS + 2 * HOUR_MS - DAYLIGHT_MS,
  };
  spans.set(year, span);
  return span;
}

/** What to add to UTC to get New York wall time: -4 or -5 hours, in milliseconds. */
export function newYorkOffsetMs(time: EpochMs): number {
  const { year } = civilDateOf(Math.floor((time + STANDARD_MS) / DAY_MS));
  const span = daylightSpan(year);
  return time >= span.from && time < span.to ? DAYLIGHT_MS : STANDARD_MS;
}

function newYorkDayNumber(time: EpochMs): number {
  return Math.floor((time + newYorkOffsetMs(time)) / DAY_MS);
}

/** The date in New York. */
export function newYorkDate(time: EpochMs): string {
  return formatDate(newYorkDayNumber(time));
}

/** Minutes since midnight on New York's wall clock. */
export function newYorkMinutes(time: EpochMs): number {
  const local = time + newYorkOffsetMs(time);
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** When a New York wall clock shows that minute of that date (570 is 09:30). No session starts in the hour that clocks skip. */
export function newYorkTime(date: string, minutesOfDay: number): EpochMs {
  return timeOfDay(dayNumber(date), minutesOfDay);
}

/** As `newYorkTime`, by day number. */
export function timeOfDay(day: number, minutesOfDay: number): EpochMs {
  const local = day * DAY_MS + minutesOfDay * MINUTE_MS;
  const { year } = civilDateOf(day);
  const span = daylightSpan(year);
  const asDaylight = local - DAYLIGHT_MS;
  return asDaylight >= span.from && asDaylight < span.to ? asDaylight : local - STANDARD_MS;
}

/** Midnight in New York of the date that `time` falls on. */
export function newYorkMidnight(time: EpochMs): EpochMs {
  return timeOfDay(newYorkDayNumber(time), 0);
}

/** Midnight in New York of the Monday of the week that `time` falls in. */
export function newYorkMonday(time: EpochMs): EpochMs {
  const day = newYorkDayNumber(time);
  return timeOfDay(day - ((((day + 3) % 7) + 7) % 7), 0);
}

/** Midnight in New York of the first day of the `months`-month period (1, 2, 3, 4, 6, 12) that `time` falls in. */
export function newYorkMonth(time: EpochMs, months: number): EpochMs {
  const { year, month } = civilDateOf(newYorkDayNumber(time));
  return timeOfDay(dayNumberOf(year, month - ((month - 1) % months), 1), 0);
}
