/** Timestamps in bytes to epoch milliseconds: RFC 3339 with or without offset, a date, seconds or milliseconds. */
import { civilDateOf, dayNumberOf } from '../../engine/calendar/civil';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../engine/units/time';
import { parseNumber, textOf } from './csv-number';

const DASH = 45;
const DATE_LENGTH = 10;
const TIME = /^[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(Z|z|[+-]\d{2}:?\d{2})?$/;
/** The years that are believed: outside them a number is rather a date without dashes than an epoch. */
const FROM = Date.UTC(1973, 3, 1);
const BEFORE = Date.UTC(2100, 0, 1);
const DATES_FROM_YEAR = 1970;

export const INSTANT_EXPECTED =
  'a time from 1970 to 2099 like 2024-01-31T14:30:00Z, or epoch seconds or milliseconds';

/** Reads one timestamp after the other; neighbours mostly share their date, which is looked up once. */
export class InstantReader {
  /** The timestamp read last was a date without a time of day. */
  dateOnly = false;
  private knownDigits = -1;
  private knownDay = NaN;

  /** Epoch milliseconds; NaN when `bytes[from..to)` is not a time. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const isDate = to - from >= DATE_LENGTH && bytes[from + 4] === DASH && bytes[from + 7] === DASH;
    this.dateOnly = isDate && to - from === DATE_LENGTH;
    if (!isDate) return epochTime(bytes, from, to);
    const day = this.dayAt(bytes, from) * DAY_MS;
    if (this.dateOnly) return day;
    const ofDay = utcTimeOfDay(bytes, from + DATE_LENGTH, to);
    return day + (Number.isNaN(ofDay) ? anyTimeOfDay(bytes, from + DATE_LENGTH, to) : ofDay);
  }

  private dayAt(bytes: Uint8Array, from: number): number {
    const year = digits(bytes, from, 4);
    const month = digits(bytes, from + 5, 2);
    const day = digits(bytes, from + 8, 2);
    if (year < 0 || month < 0 || day < 0) return NaN;
    const asNumber = (year * 100 + month) * 100 + day;
    if (asNumber !== this.knownDigits) {
      this.knownDigits = asNumber;
      this.knownDay = existingDay(year, month, day);
    }
    return this.knownDay;
  }
}

/** Exactly `THH:MM:SSZ`, by far the most frequent; NaN for anything else. */
function utcTimeOfDay(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 10 || bytes[from] !== 84 || bytes[from + 3] !== 58 || bytes[from + 6] !== 58) return NaN;
  if (bytes[from + 9] !== 90) return NaN;
  return timeOfDay(digits(bytes, from + 1, 2), digits(bytes, from + 4, 2), digits(bytes, from + 7, 2));
}

function anyTimeOfDay(bytes: Uint8Array, from: number, to: number): number {
  const match = TIME.exec(textOf(bytes, from, to));
  if (match === null) return NaN;
  const [, hour, minute, second = '0', fraction = '', offset] = match;
  const ofDay = timeOfDay(Number(hour), Number(minute), Number(second));
  return ofDay + Math.floor(Number(`0.${fraction || '0'}`) * SECOND_MS) - offsetMs(offset);
}

function timeOfDay(hour: number, minute: number, second: number): number {
  const inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  return inRange ? hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS : NaN;
}

/** Without an offset a time is UTC. */
function offsetMs(offset: string | undefined): number {
  if (offset === undefined || offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return NaN;
  return (offset.startsWith('-') ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
}

function epochTime(bytes: Uint8Array, from: number, to: number): number {
  const value = parseNumber(bytes, from, to);
  for (const time of [value * SECOND_MS, value]) {
    if (time >= FROM && time < BEFORE) return Math.round(time);
  }
  return NaN;
}

function existingDay(year: number, month: number, day: number): number {
  if (year < DATES_FROM_YEAR || year >= new Date(BEFORE).getUTCFullYear()) return NaN;
  const number = dayNumberOf(year, month, day);
  const back = civilDateOf(number);
  return back.year === year && back.month === month && back.day === day ? number : NaN;
}

/** The number that `count` digits write; -1 when one of them is none. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let index = from; index < from + count; index++) {
    const digit = (bytes[index] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
