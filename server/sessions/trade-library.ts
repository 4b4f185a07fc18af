/** Port: the trades that are loaded, as columns. Implemented in server/stores. */
import type { EpochMs } from '../engine/units/time';
import type { ColumnShape } from './columns';
import type { SeriesCoverage } from './series-coverage';

/** Trades of a symbol: one entry a trade, ascending by `time`; within a millisecond in the source's order. */
export interface TradeColumns {
  readonly length: number;
  /** Epoch milliseconds; repeats. */
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly size: Float64Array;
  /** ASCII code of the tape's letter of the exchange ('Q' is 81); 0 where the source does not tell. */
  readonly exchange: Uint8Array;
  /** The vendor's sale conditions, as the number that its hexadecimal code writes. */
  readonly conditions: Uint32Array;
  /** 1: the vendor doubts this trade. */
  readonly suspicious: Uint8Array;
  /** Best bid and ask known BEFORE the trade, with their sizes; NaN where not known. */
  readonly bid: Float64Array;
  readonly bidSize: Float64Array;
  readonly ask: Float64Array;
  readonly askSize: Float64Array;
}

export const TRADE_SHAPE: ColumnShape<TradeColumns> = {
  time: 'float64',
  price: 'float64',
  size: 'float64',
  bid: 'float64',
  bidSize: 'float64',
  ask: 'float64',
  askSize: 'float64',
  conditions: 'uint32',
  exchange: 'uint8',
  suspicious: 'uint8',
};

export interface TradeLibrary {
  /** Trades with `from <= time < to` of one import version; empty columns when there are none. Shared: do not write. */
  read(symbol: string, version: number, from: EpochMs, to: EpochMs): Promise<TradeColumns>;
  coverage(symbol: string): Promise<SeriesCoverage | null>;
}
