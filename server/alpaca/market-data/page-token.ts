/** Page tokens of bars: the last row of the page before, in the form that Alpaca's have. Opaque for clients. */
import { parseInstant } from '../../schema/instant';
import type { EpochMs } from '../../engine/units/time';

export interface PagePosition {
  readonly symbol: string;
  readonly time: EpochMs;
}

export function encodePageToken(unit: string, { symbol, time }: PagePosition): string {
  const stamp = new Date(time).toISOString().replace('Z', '000000Z');
  return Buffer.from(`${symbol}|${unit.slice(0, 1)}|${stamp}`).toString('base64');
}

/** Null for what is no token of ours. */
export function decodePageToken(token: string): PagePosition | null {
  const parts = Buffer.from(token, 'base64').toString('utf8').split('|');
  const [symbol, , stamp] = parts;
  if (parts.length !== 3 || symbol === undefined || stamp === undefined) return null;
  const time = parseInstant(stamp);
  return time === null ? null : { symbol, time: time.atOrBefore };
}
