/** The policies an order is matched under: chosen with the session, never literals in the matching. */
import type { Ratio } from '../units/fixed-point';

/** `open`: an order accepted at a bar's open fills there at once. `deferred`: it is told when the bar closes. */
export type Arrival = 'open' | 'deferred';
/**
 * Which path is taken where a bar allows two outcomes (fills.md section 4). `seeded` draws one a bar;
 * `worst_case` also lets price zigzag into a protective stop before its target.
 */
export type Intrabar = 'pessimistic' | 'optimistic' | 'nearest' | 'ohlc' | 'olhc' | 'seeded' | 'worst_case';
/** What a limit needs to fill: the price touched, passed, or passed by that many ticks. */
export type LimitRule =
  | { readonly rule: 'touch' }
  | { readonly rule: 'through' }
  | { readonly rule: 'ticks'; readonly ticks: number }
  /** A bar that only touches the limit fills it with this probability, drawn from the seed. */
  | { readonly rule: 'probability'; readonly probability: Ratio };
/** `alpaca`: market buys and buy stops have a highest price. */
export type Collar = 'alpaca' | 'none';

/** How a trailing stop's mark moves: along the path, or only at each bar's close. */
export type Trail = 'path' | 'bar_close';
/** When legs go live: once the parent is filled whole (Alpaca), or sized to each part that fills. */
export type Legs = 'parent_filled' | 'filled_part';

export interface FillConfiguration {
  readonly arrival: Arrival;
  readonly intrabar: Intrabar;
  readonly limit: LimitRule;
  readonly collar: Collar;
  readonly trail: Trail;
  readonly legs: Legs;
}

export type SlippageConfiguration =
  | { readonly model: 'none' }
  | { readonly model: 'range_fraction'; readonly fraction: Ratio }
  | { readonly model: 'basis_points'; readonly basisPoints: Ratio }
  | { readonly model: 'ticks'; readonly ticks: number }
  /** Half of the configured spread. */
  | { readonly model: 'half_spread'; readonly basisPoints: Ratio }
  /** price x impact x (quantity / volume)^2, the share capped (Zipline's VolumeShareSlippage). */
  | { readonly model: 'volume_share'; readonly impact: Ratio; readonly shareMax: Ratio }
  /** coefficient x range x sqrt(quantity / volume) (Almgren et al. 2005, the square-root law). */
  | { readonly model: 'square_root_impact'; readonly coefficient: Ratio };

export type VolumeConfiguration =
  | { readonly model: 'unlimited' }
  | { readonly model: 'participation'; readonly rate: Ratio; readonly scope: 'account' | 'session' };

export interface MatchingPolicies {
  readonly fill: FillConfiguration;
  readonly slippage: SlippageConfiguration;
  readonly volume: VolumeConfiguration;
}
