/** A hundred thousand limit buys that rest, most of them far from the market; and the loop to beat. */
import type { BarColumns } from '../server/engine/market/bars';
import { addFill, emptyFills, type BenchFills } from './bench-fills';

/**
 * An order good till canceled lives for 90 days, so that a year is run in parts, each with all of the orders.
 */
export const PARTS = 5;
export const RESTING_CASH = 20_000_000;
const REACHED = 20;

/** First bar of a part, and the one after its last. */
export function partOf(length: number, part: number): { readonly from: number; readonly to: number } {
  return { from: Math.floor((length * part) / PARTS), to: Math.floor((length * (part + 1)) / PARTS) };
}

/**
 * Limits in cents, from a dollar upwards and evenly spread to just over the part's low: a few are reached, the
 * others are there to be passed over.
 */
export function restingPrices(bars: BarColumns, part: number, count: number): Float64Array {
  const { from, to } = partOf(bars.length, part);
  let lowest = Infinity;
  for (let bar = from; bar < to; bar++) lowest = Math.min(lowest, bars.low[bar] as number);
  const step = (lowest * 100 - 100) / (count - REACHED);
  return Float64Array.from({ length: count }, (_, index) => Math.round(100 + index * step) / 100);
}

/** The floor: the triggers are sorted, so that one comparison a bar tells whether any is reached. */
export function handWrittenResting(
  bars: BarColumns,
  sorted: Float64Array,
  from: number,
  to: number,
  fills: BenchFills,
): void {
  const { open, low } = bars;
  let nearest = sorted.length - 1;
  for (let bar = from; bar < to; bar++) {
    while (nearest >= 0 && (low[bar] as number) <= (sorted[nearest] as number)) {
      addFill(fills, 0, bar, 1, Math.min(open[bar] as number, sorted[nearest] as number), 1);
      nearest--;
    }
  }
}

export const restingFills = (count: number): BenchFills => emptyFills(count * PARTS);
