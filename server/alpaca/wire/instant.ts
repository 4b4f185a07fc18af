/** Times on the wire: RFC 3339 in UTC without needless digits, and New York's wall clock where Alpaca shows that. */
import { newYorkOffsetMs } from '../../engine/calendar/new-york';
import { HOUR_MS, type EpochMs } from '../../engine/units/time';

/** `2024-03-11T13:30:00Z`, with a fraction only where there is one. */
export function instant(time: EpochMs): string {
  const text = new Date(time).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : `${text.slice(0, -1).replace(/0+$/, '')}Z`;
}

export const instantOrNull = (time: EpochMs | null): string | null => (time === null ? null : instant(time));

/** `2024-03-11T09:30:00-04:00`. */
export function newYorkInstant(time: EpochMs): string {
  const offset = newYorkOffsetMs(time);
  const hours = String(-offset / HOUR_MS).padStart(2, '0');
  return `${instant(time + offset).slice(0, -1)}-${hours}:00`;
}

/** `20240311093000123`: how activity ids begin, New York time. */
export function newYorkDigits(time: EpochMs): string {
  return new Date(time + newYorkOffsetMs(time)).toISOString().replace(/\D/g, '').slice(0, 17);
}
