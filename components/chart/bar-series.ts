/** The bars that a chart holds: a window of one symbol and timeframe that grows at both ends. Pure; never React state. */
import type { BarArrays } from '../client/trpc';

export interface ChartBar {
  /** Start of the bar, epoch milliseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Beyond this a chart is slow to draw; the oldest bars go first. */
export const BARS_HELD_MAX = 20_000;

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

function rowAt(arrays: BarArrays, index: number): ChartBar | null {
  const { time, open, high, low, close, volume } = arrays;
  const prices = [time[index], open[index], high[index], low[index], close[index]].filter(isNumber);
  const [at, first, highest, lowest, last] = prices;
  if (!isNumber(at) || !isNumber(first) || !isNumber(highest) || !isNumber(lowest) || !isNumber(last))
    return null;
  return { time: at, open: first, high: highest, low: lowest, close: last, volume: volume[index] ?? 0 };
}

/** Columns as rows; one without all of its prices is left out. */
export function rowsOf(arrays: BarArrays): ChartBar[] {
  return arrays.time.flatMap((_, index) => rowAt(arrays, index) ?? []);
}

/** Joins the newest bars to what is held. The first of them may be the held last one, grown since. */
export function withTail(held: readonly ChartBar[], tail: readonly ChartBar[]): ChartBar[] {
  const [first] = tail;
  if (first === undefined) return [...held];
  const kept = held.filter((bar) => bar.time < first.time);
  return [...kept, ...tail].slice(-BARS_HELD_MAX);
}

/** Puts older bars in front, as many as there is room for. */
export function withOlder(held: readonly ChartBar[], older: readonly ChartBar[]): ChartBar[] {
  const [first] = held;
  const before = first === undefined ? older : older.filter((bar) => bar.time < first.time);
  const room = Math.max(0, BARS_HELD_MAX - held.length);
  return [...(room === 0 ? [] : before.slice(-room)), ...held];
}

/** The last bar that starts at or before `time`; undefined when all start later. */
export function barAtOrBefore(bars: readonly ChartBar[], time: number): ChartBar | undefined {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const bar = bars[middle];
    if (bar !== undefined && bar.time <= time) low = middle + 1;
    else high = middle;
  }
  return bars[low - 1];
}
