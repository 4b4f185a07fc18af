/** Port: the quotes that are loaded, as columns. Implemented in server/stores. */
import type { EpochMs } from '../engine/units/time';
import type { ColumnShape } from './columns';
import type { SeriesCoverage } from './series-coverage';

/**
 * Quotes of a symbol, minute by minute: one entry a minute, ascending and unique by `time`. A side that nobody
 * quoted, and a size that the source does not tell, are NaN.
 */
export interface QuoteColumns {
  readonly length: number;
  /** START of the minute, epoch milliseconds. What stands here is known when the minute is over, not before. */
  readonly time: Float64Array;
  /** Best bid and ask in the last moment of the minute, and their sizes then. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
  /** What the best bid and ask were in the minute's first moment, and between which prices they moved. */
  readonly bidOpen: Float64Array;
  readonly bidHigh: Float64Array;
  readonly bidLow: Float64Array;
  readonly askOpen: Float64Array;
  readonly askHigh: Float64Array;
  readonly askLow: Float64Array;
}

export const QUOTE_SHAPE: ColumnShape<QuoteColumns> = {
  time: 'float64',
  bid: 'float64',
  ask: 'float64',
  bidSize: 'float64',
  askSize: 'float64',
  bidOpen: 'float64',
  bidHigh: 'float64',
  bidLow: 'float64',
  askOpen: 'float64',
  askHigh: 'float64',
  askLow: 'float64',
};

export interface QuoteLibrary {
  /** Quotes with `from <= time < to` of one import version; empty columns when there are none. Shared: do not write. */
  read(symbol: string, version: number, from: EpochMs, to: EpochMs): Promise<QuoteColumns>;
  coverage(symbol: string): Promise<SeriesCoverage | null>;
}
