/** Port: the bars and assets that sessions run on. Implemented in server/stores. */
import type { BarColumns } from '../engine/market/bars';
import type { BaseTimeframe } from '../engine/market/timeframe';
import type { EpochMs } from '../engine/units/time';
import type { ColumnShape } from './columns';
import type { SeriesCoverage } from './series-coverage';

export const ASSET_CLASSES = ['us_equity', 'crypto'] as const;
export type AssetClass = (typeof ASSET_CLASSES)[number];

export interface Asset {
  /** UUID, the same on every machine for the same symbol and class. */
  readonly id: string;
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly exchange: string;
  readonly tradable: boolean;
  readonly fractionable: boolean;
  readonly marginable: boolean;
  readonly shortable: boolean;
  readonly easyToBorrow: boolean;
  /** Invented by the demo generator. */
  readonly synthetic: boolean;
}

export const BAR_SHAPE: ColumnShape<BarColumns> = {
  time: 'float64',
  open: 'float64',
  high: 'float64',
  low: 'float64',
  close: 'float64',
  volume: 'float64',
  vwap: 'float64',
  tradeCount: 'float64',
};

/** What is loaded of one symbol and timeframe. */
export interface BarCoverage extends SeriesCoverage {
  readonly timeframe: BaseTimeframe;
}

export interface BarLibrary {
  /** Bars with `from <= time < to` of one import version; empty columns when there are none. Shared: do not write. */
  read(
    symbol: string,
    timeframe: BaseTimeframe,
    version: number,
    from: EpochMs,
    to: EpochMs,
  ): Promise<BarColumns>;
  coverage(symbol: string, timeframe: BaseTimeframe): Promise<BarCoverage | null>;
  coverages(): Promise<readonly BarCoverage[]>;
  asset(symbolOrId: string): Promise<Asset | null>;
  assets(): Promise<readonly Asset[]>;
}
