/** What is loaded of one symbol and one kind of market data. */
import type { EpochMs } from '../engine/units/time';

export interface SeriesCoverage {
  readonly symbol: string;
  /** Grows by one whenever an import changed this series. */
  readonly version: number;
  readonly count: number;
  readonly firstTime: EpochMs;
  readonly lastTime: EpochMs;
}
