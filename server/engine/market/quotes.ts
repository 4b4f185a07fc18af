/** Real quotes of one symbol as they became known: they decide at opens, where they are fresh enough. */
import { fromFloat } from '../units/decimal';
import type { Price } from '../units/fixed-point';
import { MINUTE_MS, type EpochMs } from '../units/time';

/** Ascending by `at`. A side that nobody quoted is NaN. */
export interface QuotePoints {
  /** When it could be known. */
  readonly at: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
}

export interface RealQuote {
  readonly at: EpochMs;
  readonly bid: Price;
  readonly ask: Price;
}

/** fills.md, fine print: the newest at or before the open, at most 60 s old, not crossed. */
const AGE_MAX_MS = MINUTE_MS;

/** The quote that counts at `time`; null when none is fresh, two-sided and uncrossed. */
export function quoteAt(quotes: QuotePoints | null, time: EpochMs): RealQuote | null {
  if (quotes === null) return null;
  const index = newestAtOrBefore(quotes.at, time);
  const at = quotes.at[index] ?? -Infinity;
  if (time - at > AGE_MAX_MS) return null;
  const bid = quotes.bid[index] as number;
  const ask = quotes.ask[index] as number;
  if (!(bid > 0 && ask > 0 && bid <= ask)) return null;
  return { at, bid: fromFloat(bid) as Price, ask: fromFloat(ask) as Price };
}

function newestAtOrBefore(times: Float64Array, time: EpochMs): number {
  let low = -1;
  let high = times.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle;
    else high = middle;
  }
  return low;
}
