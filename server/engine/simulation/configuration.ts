/** What a simulation is made of besides its bars and its commands: fixed for life, stored with the session. */
import type { BaseTimeframe } from '../market/timeframe';
import type { Money, Ratio, Price } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export type Arrival = 'open' | 'deferred';
export type Intrabar = 'pessimistic' | 'optimistic' | 'nearest' | 'ohlc' | 'olhc';
/** `ticks` wants the price to go that many ticks beyond the limit. */
export type LimitRule =
  | { readonly rule: 'touch' }
  | { readonly rule: 'through' }
  | { readonly rule: 'ticks'; readonly ticks: number };
export type Collar = 'alpaca' | 'none';

export type SlippageConfiguration =
  | { readonly model: 'none' }
  | { readonly model: 'range_fraction'; readonly fraction: Ratio }
  | { readonly model: 'basis_points'; readonly basisPoints: Ratio }
  | { readonly model: 'ticks'; readonly ticks: number };

export type VolumeConfiguration =
  | { readonly model: 'unlimited' }
  | { readonly model: 'participation'; readonly rate: Ratio; readonly scope: 'account' | 'session' };

export interface Instrument {
  readonly symbol: string;
  readonly assetClass: 'us_equity';
  readonly tradable: boolean;
  readonly fractionable: boolean;
}

export interface SimulationConfiguration {
  readonly seed: string;
  /** Ascending by symbol. */
  readonly instruments: readonly Instrument[];
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly baseTimeframe: BaseTimeframe;
  readonly initialCash: Money;
  readonly hours: 'regular' | 'extended';
  readonly fill: {
    readonly arrival: Arrival;
    readonly intrabar: Intrabar;
    readonly limit: LimitRule;
    readonly collar: Collar;
  };
  readonly slippage: SlippageConfiguration;
  readonly volume: VolumeConfiguration;
  /** Half of the spread of the quote made from the last close, in basis points of it. */
  readonly quotes: { readonly halfSpreadBasisPoints: Ratio };
}

/** A made quote: the newest closed bar's close with the configured spread around it. */
export interface Quote {
  /** When that bar closed. */
  readonly at: EpochMs;
  readonly bid: Price;
  readonly ask: Price;
  readonly last: Price;
}
