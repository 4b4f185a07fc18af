/** Civil dates as 'YYYY-MM-DD' strings and day numbers since 1970-01-01, without any clock or time zone. */

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible date algorithms"). */
export function dayNumberOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date of a day number: the inverse of `dayNumberOf`. */
export function civilDateOf(dayNumber: number): CivilDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const two = (value: number): string => String(value).padStart(2, '0');

export function formatDate(dayNumber: number): string {
  const { year, month, day } = civilDateOf(dayNumber);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Day number of 'YYYY-MM-DD'; null when that is not a date. */
export function parseDate(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return null;
  const dayNumber = dayNumberOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDate(dayNumber) === date ? dayNumber : null;
}

/** Day number of a date that is known to be one. Throws on anything else. */
export function dayNumber(date: string): number {
  const parsed = parseDate(date);
  if (parsed === null) throw new RangeError(`expected a date YYYY-MM-DD, found "${date}"`);
  return parsed;
}

export function addDays(date: string, days: number): string {
  return formatDate(dayNumber(date) + days);
}

/** Sunday 0 to Saturday 6. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function weekday(date: string): number {
  return weekdayOf(dayNumber(date));
}

/** Day number of the n-th (1, 2, ...) given weekday of a month; n = -1 is the last one. */
export function nthWeekday(year: number, month: number, day: number, n: number): number {
  if (n === -1) {
    const last = month === 12 ? dayNumberOf(year + 1, 1, 1) - 1 : dayNumberOf(year, month + 1, 1) - 1;
    return last - ((weekdayOf(last) - day + 7) % 7);
  }
  const first = dayNumberOf(year, month, 1);
  return first + ((day - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}
