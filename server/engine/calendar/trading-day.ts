/** The NYSE calendar 2000 to 2027: which days trade, when they open and close, and what an instant belongs to. */
import type { EpochMs } from '../units/time';
import { dayNumberOf, formatDate, weekdayOf } from './civil';
import { closuresOf, earlyClosesOf } from './holidays';
import { newYorkDate, timeOfDay } from './new-york';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2027;

/** Minutes of New York's day. Extended hours: 04:00 to 20:00, to 17:00 on half days (alpaca docs, trading hours). */
const EXTENDED_OPEN = 4 * 60;
const REGULAR_OPEN = 9 * 60 + 30;
const REGULAR_CLOSE = 16 * 60;
const EARLY_CLOSE = 13 * 60;
const EXTENDED_CLOSE = 20 * 60;
const EARLY_EXTENDED_CLOSE = 17 * 60;

export interface TradingDay {
  /** Position in the calendar: neighbours differ by one. */
  readonly index: number;
  readonly date: string;
  readonly open: EpochMs;
  readonly close: EpochMs;
  readonly extendedOpen: EpochMs;
  readonly extendedClose: EpochMs;
}

/** `regular`: open <= t < close. `extended`: the rest of 04:00 to 20:00 (17:00). `closed`: all other time. */
export type SessionClass = 'regular' | 'extended' | 'closed';

function buildCalendar(): TradingDay[] {
  const days: TradingDay[] = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    const closures = closuresOf(year);
    const early = earlyClosesOf(year);
    const end = dayNumberOf(year + 1, 1, 1);
    for (let day = dayNumberOf(year, 1, 1); day < end; day++) {
      if (weekdayOf(day) === 0 || weekdayOf(day) === 6 || closures.has(day)) continue;
      days.push(tradingDayOf(days.length, day, early.has(day)));
    }
  }
  return days;
}

function tradingDayOf(index: number, day: number, isEarly: boolean): TradingDay {
  return {
    index,
    date: formatDate(day),
    open: timeOfDay(day, REGULAR_OPEN),
    close: timeOfDay(day, isEarly ? EARLY_CLOSE : REGULAR_CLOSE),
    extendedOpen: timeOfDay(day, EXTENDED_OPEN),
    extendedClose: timeOfDay(day, isEarly ? EARLY_EXTENDED_CLOSE : EXTENDED_CLOSE),
  };
}

const DAYS: readonly TradingDay[] = buildCalendar();
const BY_DATE = new Map(DAYS.map((day) => [day.date, day]));
const EXTENDED_CLOSES = Float64Array.from(DAYS, (day) => day.extendedClose);

export function tradingDays(): readonly TradingDay[] {
  return DAYS;
}

export function tradingDay(date: string): TradingDay | undefined {
  return BY_DATE.get(date);
}

export function tradingDayByIndex(index: number): TradingDay | undefined {
  return DAYS[index];
}

/** Where the last search ended: time mostly goes on from there. It changes how fast, never what. */
let near = 0;

/** Index of the first day for which `isLate` holds; the calendar's length when there is none. */
function firstIndex(isLate: (day: TradingDay) => boolean): number {
  for (let guess = near; guess <= near + 1; guess++) {
    if (holdsFirstAt(guess, isLate)) return (near = guess);
  }
  let low = 0;
  let high = DAYS.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLate(dayAt(middle))) high = middle;
    else low = middle + 1;
  }
  return (near = low);
}

function holdsFirstAt(index: number, isLate: (day: TradingDay) => boolean): boolean {
  const day = DAYS[index];
  const before = DAYS[index - 1];
  return day !== undefined && before !== undefined && isLate(day) && !isLate(before);
}

function dayAt(index: number): TradingDay {
  const day = DAYS[index];
  if (day === undefined) {
    throw new RangeError(
      `expected a time within the calendar ${FIRST_YEAR} to ${LAST_YEAR}, found trading day ${index}`,
    );
  }
  return day;
}

/** Trading days with `from <= date <= to`. */
export function tradingDaysBetween(from: string, to: string): readonly TradingDay[] {
  return DAYS.slice(
    firstIndex((day) => day.date >= from),
    firstIndex((day) => day.date > to),
  );
}

/** The first day that closes after `time`: 16:00:00 belongs to the next one (fills.md section 3, expiry). */
export function firstClosingAfter(time: EpochMs): TradingDay {
  return dayAt(firstIndex((day) => day.close > time));
}

/** The day whose extended hours are on or come next: the first that ends after `time`. */
export function firstEndingAfter(time: EpochMs): TradingDay {
  return dayAt(firstIndex((day) => day.extendedClose > time));
}

/** The newest day that has begun (04:00 or later) at `time`; undefined before the calendar. */
export function newestDayBegun(time: EpochMs): TradingDay | undefined {
  return DAYS[firstIndex((day) => day.extendedOpen > time) - 1];
}

/** The first opening strictly after `time`. */
export function nextOpen(time: EpochMs): EpochMs {
  return dayAt(firstIndex((day) => day.open > time)).open;
}

/** The first close strictly after `time`. */
export function nextClose(time: EpochMs): EpochMs {
  return firstClosingAfter(time).close;
}

export function isOpen(time: EpochMs): boolean {
  return sessionClass(time) === 'regular';
}

export function sessionClass(time: EpochMs): SessionClass {
  const day = DAYS[firstIndex((candidate) => candidate.extendedClose > time)];
  if (day === undefined || time < day.extendedOpen) return 'closed';
  return time >= day.open && time < day.close ? 'regular' : 'extended';
}

/** The trading day of New York's date at `time`; undefined on a day that does not trade. */
export function tradingDayAt(time: EpochMs): TradingDay | undefined {
  return BY_DATE.get(newYorkDate(time));
}

/** Ends of the days' extended hours, ascending: for walking many bars along the calendar. */
export function extendedCloses(): Float64Array {
  return EXTENDED_CLOSES;
}
