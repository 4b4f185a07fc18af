/** Bars of one symbol and timeframe as columns: the shape in which market data is stored, read and matched. */
import type { EpochMs } from '../units/time';

/**
 * One entry a bar, ascending and unique by `time`. Prices in dollars and volume in shares, exactly the
 * published decimals as floats. `vwap` and `tradeCount` are NaN where the source does not tell.
 */
export interface BarColumns {
  readonly length: number;
  /** Start of the bar, epoch milliseconds. A daily stock bar is stamped midnight New York of its session. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly vwap: Float64Array;
  readonly tradeCount: Float64Array;
}

/** One bar, as rows are written in tests and at the wire. */
export interface Bar {
  readonly time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly vwap: number;
  readonly tradeCount: number;
}

export const BAR_FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'tradeCount'] as const;

export function emptyBars(length = 0): BarColumns {
  const column = (): Float64Array => new Float64Array(length);
  return {
    length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    vwap: column(),
    tradeCount: column(),
  };
}

export function columnsOf(bars: readonly Bar[]): BarColumns {
  const columns = emptyBars(bars.length);
  bars.forEach((bar, index) => {
    for (const field of BAR_FIELDS) columns[field][index] = bar[field];
  });
  return columns;
}

/** The bar at `index`. Throws a RangeError outside the columns. */
export function barAt(columns: BarColumns, index: number): Bar {
  if (index < 0 || index >= columns.length) {
    throw new RangeError(`expected a bar index in 0..${columns.length - 1}, found ${index}`);
  }
  const bar = {} as Record<(typeof BAR_FIELDS)[number], number>;
  for (const field of BAR_FIELDS) bar[field] = columns[field][index] as number;
  return bar;
}

/** A view (no copy) of the bars from index `from` up to, not with, `to`. */
export function sliceBars(columns: BarColumns, from: number, to: number): BarColumns {
  const start = Math.max(0, from);
  const end = Math.max(start, Math.min(columns.length, to));
  return {
    length: end - start,
    time: columns.time.subarray(start, end),
    open: columns.open.subarray(start, end),
    high: columns.high.subarray(start, end),
    low: columns.low.subarray(start, end),
    close: columns.close.subarray(start, end),
    volume: columns.volume.subarray(start, end),
    vwap: columns.vwap.subarray(start, end),
    tradeCount: columns.tradeCount.subarray(start, end),
  };
}

/** Joins pieces that follow each other in time. One piece is returned as it is, without a copy. */
export function concatBars(pieces: readonly BarColumns[]): BarColumns {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const joined = emptyBars(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    for (const field of BAR_FIELDS) joined[field].set(piece[field], offset);
    offset += piece.length;
  }
  return joined;
}

/** The first index whose time is at or after `time` (`columns.length` when there is none): binary search. */
export function firstAtOrAfter(times: Float64Array, time: EpochMs): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
