/** What the newest closed bars say about a bar that nobody knows yet: for fills at an open. */
import { newestDayBegun, tradingDayByIndex } from '../calendar/trading-day';
import type { SymbolTape } from '../market/tape';
import { fromFloat } from '../units/decimal';
import type { Price, Quantity } from '../units/fixed-point';

const BARS_MAX = 20;
const THIN_TRADES = 10;

export interface RecentBars {
  /** Median of high minus low. */
  readonly range: Price;
  /** Median volume. */
  readonly volume: Quantity;
  /** True when the median bar is made of fewer than ten trades: a late print may be the whole bar. */
  readonly isThinlyTraded: boolean;
}

/**
 * Medians over up to 20 newest bars before `index` of the same session class, in the trading day that the bar
 * opens in and the one before (fills.md section 2, arrival). Null when there are none.
 */
export function recentBars(tape: SymbolTape, index: number): RecentBars | null {
  const since = windowStart(tape.openAt[index] as number);
  const sessionClass = tape.sessions[index];
  const { high, low, volume, tradeCount } = tape.bars;
  const ranges: number[] = [];
  const volumes: number[] = [];
  const trades: number[] = [];
  for (let i = index - 1; i >= 0 && ranges.length < BARS_MAX; i--) {
    if ((tape.openAt[i] as number) < since) break;
    if (tape.sessions[i] !== sessionClass) continue;
    const scale = splitScale(tape, i, index);
    ranges.push(((high[i] as number) - (low[i] as number)) / scale);
    volumes.push((volume[i] as number) * scale);
    if (!Number.isNaN(tradeCount[i])) trades.push(tradeCount[i] as number);
  }
  if (ranges.length === 0) return null;
  return {
    range: median(ranges) as Price,
    volume: median(volumes) as Quantity,
    isThinlyTraded: trades.length > 0 && median(trades) < fromFloat(THIN_TRADES),
  };
}

/** What a share of then is now: bars before a split are measured in the shares that trade at `index`. */
function splitScale(tape: SymbolTape, then: number, index: number): number {
  const factor = tape.splitFactor(tape.openAt[then] as number, tape.openAt[index] as number);
  return factor === null ? 1 : Number(factor.newShares) / Number(factor.oldShares);
}

function windowStart(openAt: number): number {
  const today = newestDayBegun(openAt);
  if (today === undefined) return openAt;
  return (tradingDayByIndex(today.index - 1) ?? today).extendedOpen;
}

/** An even count takes the mean of the middle two. */
function median(values: number[]): bigint {
  values.sort((a, b) => a - b);
  const upper = fromFloat(values[values.length >>> 1] as number);
  if (values.length % 2 === 1) return upper;
  return (upper + fromFloat(values[(values.length >>> 1) - 1] as number)) / 2n;
}
