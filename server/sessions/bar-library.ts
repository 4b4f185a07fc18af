/** Port: the bars and assets that sessions run on. Implemented in server/stores. */
import type { BarColumns } from '../engine/market/bars';
import type { BaseTimeframe } from '../engine/market/timeframe';
import type { EpochMs } from '../engine/units/time';

export interface Asset {
  /** UUID, the same on every machine for the same symbol and class. */
  readonly id: string;
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: 'us_equity';
  readonly exchange: string;
  readonly tradable: boolean;
  readonly fractionable: boolean;
  readonly marginable: boolean;
  readonly shortable: boolean;
  readonly easyToBorrow: boolean;
  /** Invented by the demo generator. */
  readonly synthetic: boolean;
}

/** What is loaded of one symbol and timeframe. */
export interface BarCoverage {
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  /** Grows by one whenever an import changed these bars. */
  readonly version: number;
  readonly count: number;
  readonly firstTime: EpochMs;
  readonly lastTime: EpochMs;
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
