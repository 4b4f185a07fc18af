/** NYSE closures and early closes: the rules (NYSE Rule 7.2 and its published calendars) and the days no rule tells. */
import { dayNumber, dayNumberOf, nthWeekday, weekdayOf } from './civil';

const SUNDAY = 0;
const MONDAY = 1;
const WEDNESDAY = 3;
const THURSDAY = 4;
const SATURDAY = 6;

/** Closed though no rule says so. */
const UNSCHEDULED_CLOSURES = [
  '2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14', // attacks of September 11
  '2004-06-11', // mourning for Ronald Reagan
  '2007-01-02', // mourning for Gerald Ford
  '2012-10-29', '2012-10-30', // Hurricane Sandy
  '2018-12-05', // mourning for George H. W. Bush
  '2025-01-09', // mourning for Jimmy Carter
]; // prettier-ignore

/** Early closes that were decided for their year alone. */
const UNSCHEDULED_EARLY_CLOSES = ['2003-12-26'];

/** Gregorian Easter Sunday (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return dayNumberOf(year, month, day);
}

/** A Saturday holiday is kept on Friday, a Sunday one on Monday. */
function observed(day: number): number {
  if (weekdayOf(day) === SATURDAY) return day - 1;
  return weekdayOf(day) === SUNDAY ? day + 1 : day;
}

/** Day numbers of the year's closures. New Year on a Saturday is not kept (the Friday belongs to the old year's books). */
export function closuresOf(year: number): Set<number> {
  const newYear = dayNumberOf(year, 1, 1);
  const closures = new Set([
    nthWeekday(year, 1, MONDAY, 3),
    nthWeekday(year, 2, MONDAY, 3),
    easter(year) - 2,
    nthWeekday(year, 5, MONDAY, -1),
    observed(dayNumberOf(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 11, THURSDAY, 4),
    observed(dayNumberOf(year, 12, 25)),
  ]);
  if (weekdayOf(newYear) !== SATURDAY) closures.add(observed(newYear));
  if (year >= 2022) closures.add(observed(dayNumberOf(year, 6, 19)));
  for (const date of UNSCHEDULED_CLOSURES) if (date.startsWith(`${year}-`)) closures.add(dayNumber(date));
  return closures;
}

/** Day numbers that close at 13:00: the Friday after Thanksgiving, Christmas Eve, and around Independence Day. */
export function earlyClosesOf(year: number): Set<number> {
  const early = new Set([nthWeekday(year, 11, THURSDAY, 4) + 1]);
  const christmasEve = dayNumberOf(year, 12, 24);
  if (isMondayToThursday(christmasEve)) early.add(christmasEve);
  const eve = dayNumberOf(year, 7, 3);
  // Before 2013 a Thursday holiday made the Friday after it short, not the Wednesday before.
  if (weekdayOf(eve) === WEDNESDAY && year < 2013) early.add(eve + 2);
  else if (isMondayToThursday(eve)) early.add(eve);
  for (const date of UNSCHEDULED_EARLY_CLOSES) if (date.startsWith(`${year}-`)) early.add(dayNumber(date));
  return early;
}

function isMondayToThursday(day: number): boolean {
  return weekdayOf(day) >= MONDAY && weekdayOf(day) <= THURSDAY;
}
