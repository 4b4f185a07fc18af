/** The policies an order is matched under: chosen with the session, never literals in the matching. */
import type { Ratio } from '../units/fixed-point';

/** `open`: an order accepted at a bar's open fills there at once. `deferred`: it is told when the bar closes. */
export type Arrival = 'open' | 'deferred';
/** Which path is taken where a bar allows two outcomes (fills.md section 4). */
export type Intrabar = 'pessimistic' | 'optimistic' | 'nearest' | 'ohlc' | 'olhc';
/** What a limit needs to fill: the price touched, passed, or passed by that many ticks. */
export type LimitRule =
  | { readonly rule: 'touch' }
  | { readonly rule: 'through' }
  | { readonly rule: 'ticks'; readonly ticks: number };
/** `alpaca`: market buys and buy stops have a highest price. */
export type Collar = 'alpaca' | 'none';

export interface FillConfiguration {
  readonly arrival: Arrival;
  readonly intrabar: Intrabar;
  readonly limit: LimitRule;
  readonly collar: Collar;
}

export type SlippageConfiguration =
  | { readonly model: 'none' }
  | { readonly model: 'range_fraction'; readonly fraction: Ratio }
  | { readonly model: 'basis_points'; readonly basisPoints: Ratio }
  | { readonly model: 'ticks'; readonly ticks: number };

export type VolumeConfiguration =
  | { readonly model: 'unlimited' }
  | { readonly model: 'participation'; readonly rate: Ratio; readonly scope: 'account' | 'session' };

export interface MatchingPolicies {
  readonly fill: FillConfiguration;
  readonly slippage: SlippageConfiguration;
  readonly volume: VolumeConfiguration;
}
