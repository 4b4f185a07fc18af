/** Times as clients write them: RFC 3339 with up to nine fraction digits, or a date of New York. */
import * as z from 'zod';
import { addDays, dayNumberOf, parseDate } from '../engine/calendar/civil';
import { newYorkTime } from '../engine/calendar/new-york';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../engine/units/time';

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))$/;
/** A "+" that was not encoded arrives as a space. */
const LOST_PLUS = / (\d{2}:?\d{2})$/;
const DIGITS = /^\d+$/;

/** Our times are whole milliseconds; what a client sends may lie between two of them. */
export interface Instant {
  /** The first whole millisecond at or after it. */
  readonly atOrAfter: EpochMs;
  /** The last whole millisecond at or before it. */
  readonly atOrBefore: EpochMs;
}

export type DateOrInstant = { readonly date: string } | Instant;

export function parseInstant(text: string): Instant | null {
  const match = RFC_3339.exec(text.replace(LOST_PLUS, '+$1'));
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0', fraction = '', , sign, zoneHour = '0', zoneMinute = '0'] =
    match;
  const day = parseDate(date);
  const parts = [Number(hour), Number(minute), Number(second), Number(zoneHour), Number(zoneMinute)];
  const limits = [23, 59, 59, 23, 59];
  if (day === null || parts.some((part, index) => part > (limits[index] ?? 0))) return null;
  const [hours = 0, minutes = 0, seconds = 0, zoneHours = 0, zoneMinutes = 0] = parts;
  const offset = (zoneHours * HOUR_MS + zoneMinutes * MINUTE_MS) * (sign === '-' ? -1 : 1);
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  const floor =
    day * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS - offset +
    Math.floor(nanoseconds / 1_000_000); // prettier-ignore
  return { atOrBefore: floor, atOrAfter: nanoseconds % 1_000_000 === 0 ? floor : floor + 1 };
}

/** True for YYYY-MM-DD that is in the calendar. */
function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate(text) !== null;
}

const EXPECTED = 'expected a date YYYY-MM-DD or a time like 2024-03-11T09:30:00-04:00';

/** A date or a time; what a bare date means is for the reader to say (`firstInstant`, `lastInstant`). */
export const dateOrInstant = z.string(EXPECTED).transform((text, context): DateOrInstant => {
  const trimmed = text.trim();
  if (isDate(trimmed)) return { date: trimmed };
  const instant = parseInstant(trimmed);
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom', message: `${EXPECTED}, found "${text.slice(0, 40)}"` });
  return z.NEVER;
});

export const date = z.string('expected a date YYYY-MM-DD').transform((text, context) => {
  const day = text.trim().slice(0, 10);
  if (isDate(day) && (text.trim() === day || parseInstant(text.trim()) !== null)) return day;
  context.addIssue({ code: 'custom', message: `expected a date YYYY-MM-DD, found "${text.slice(0, 40)}"` });
  return z.NEVER;
});

/** Where a span begins: a bare date begins at midnight in New York. */
export function firstInstant(value: DateOrInstant): EpochMs {
  return 'date' in value ? newYorkTime(value.date, 0) : value.atOrAfter;
}

/** Where an inclusive span ends: a bare date ends with its last millisecond in New York. */
export function lastInstant(value: DateOrInstant): EpochMs {
  return 'date' in value ? newYorkTime(addDays(value.date, 1), 0) - 1 : value.atOrBefore;
}

/** Length of an ISO 8601 duration of days, hours, minutes and seconds ("PT5M", "P1DT2H"); null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/.exec(text);
  if (match === null || !match.slice(1).some((part) => part !== undefined && DIGITS.test(part))) return null;
  if (text.endsWith('T')) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
}

/** The years that the calendar covers: a session lies within them. */
export const CALENDAR_FROM: EpochMs = dayNumberOf(2000, 1, 1) * DAY_MS;
export const CALENDAR_TO: EpochMs = dayNumberOf(2028, 1, 1) * DAY_MS;
