/** Timestamps as text to epoch milliseconds: RFC 3339 with or without offset, a date, seconds or milliseconds. */
import { parseDate } from '../../engine/calendar/civil';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../engine/units/time';
import { parseNumber } from './csv-number';

const ZERO = 48;
const [DASH, COLON, DOT, LETTER_T, LETTER_Z] = [45, 58, 46, 84, 90];
const DATE_LENGTH = 10;
const TIME = /^[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(Z|z|[+-]\d{2}:?\d{2})?$/;
/** `THH:MM:SSZ` and `THH:MM:SS.mmmZ`, by far the most frequent. */
const [WHOLE_SECONDS, WITH_MILLISECONDS] = [10, 14];
/** The years that are believed: outside them a number is rather a date without dashes than an epoch. */
const FROM = Date.UTC(1973, 3, 1);
const BEFORE = Date.UTC(2100, 0, 1);
const DATES_FROM = 0;

export const INSTANT_EXPECTED =
  'a time from 1970 to 2099 like 2024-01-31T14:30:00Z, or epoch seconds or milliseconds';

/** Reads one timestamp after the other; neighbours mostly share their date, which is looked up once. */
export class InstantReader {
  /** The timestamp read last was a date without a time of day. */
  dateOnly = false;
  private knownDate = '';
  private knownTime = NaN;

  /** Epoch milliseconds; NaN when `text` is not a time. */
  read(text: string): number {
    const isDate = text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH;
    this.dateOnly = isDate && text.length === DATE_LENGTH;
    if (!isDate) return epochTime(text);
    const day = this.dayAt(text.slice(0, DATE_LENGTH));
    if (this.dateOnly) return day;
    const ofDay = utcTimeOfDay(text, DATE_LENGTH);
    return day + (Number.isNaN(ofDay) ? anyTimeOfDay(text.slice(DATE_LENGTH)) : ofDay);
  }

  private dayAt(date: string): number {
    if (date !== this.knownDate) {
      this.knownDate = date;
      const time = (parseDate(date) ?? NaN) * DAY_MS;
      this.knownTime = time >= DATES_FROM && time < BEFORE ? time : NaN;
    }
    return this.knownTime;
  }
}

/** NaN for anything but the most frequent. */
function utcTimeOfDay(text: string, at: number): number {
  const length = text.length - at;
  if (length !== WHOLE_SECONDS && length !== WITH_MILLISECONDS) return NaN;
  if (text.charCodeAt(at) !== LETTER_T || text.charCodeAt(text.length - 1) !== LETTER_Z) return NaN;
  if (text.charCodeAt(at + 3) !== COLON || text.charCodeAt(at + 6) !== COLON) return NaN;
  const whole = timeOfDay(digits(text, at + 1, 2), digits(text, at + 4, 2), digits(text, at + 7, 2));
  if (length === WHOLE_SECONDS) return whole;
  return text.charCodeAt(at + 9) === DOT ? whole + digits(text, at + 10, 3) : NaN;
}

function anyTimeOfDay(text: string): number {
  const match = TIME.exec(text);
  if (match === null) return NaN;
  const [, hour, minute, second = '0', fraction = '', offset] = match;
  const ofDay = timeOfDay(Number(hour), Number(minute), Number(second));
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return ofDay + milliseconds - offsetMs(offset);
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

function epochTime(text: string): number {
  const value = parseNumber(text);
  for (const time of [value * SECOND_MS, value]) {
    if (time >= FROM && time < BEFORE) return Math.round(time);
  }
  return NaN;
}

/** The number that `count` digits write; NaN when one of them is none. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let index = from; index < from + count; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
