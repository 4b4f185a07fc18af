/** What a simulation is made of besides its bars and its commands: fixed for life, stored with the session. */
import type { FeeConfiguration } from '../account/fee-model';
import type { MarginTerms } from '../account/margin';
import type { BaseTimeframe } from '../market/timeframe';
import type { MatchingPolicies } from '../orders/policies';
import type { Money, Ratio, Price } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export interface Instrument extends MarginTerms {
  readonly symbol: string;
  readonly assetClass: 'us_equity';
  readonly tradable: boolean;
  readonly fractionable: boolean;
  readonly shortable: boolean;
  readonly easyToBorrow: boolean;
}

/** `1` is a cash account; `2` lends overnight, `4` within a day, where equity and the rules of the date allow. */
export type Multiplier = '1' | '2' | '4';

export interface AccountConfiguration {
  readonly multiplier: Multiplier;
  readonly shortingEnabled: boolean;
}

/** Yearly rates, over 360 days: on money that is owed, and on the value of shares sold short. */
export interface InterestConfiguration {
  readonly marginRate: Ratio;
  readonly borrowRate: Ratio;
}

export interface SimulationConfiguration extends MatchingPolicies {
  readonly seed: string;
  /** Ascending by symbol. */
  readonly instruments: readonly Instrument[];
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly baseTimeframe: BaseTimeframe;
  readonly initialCash: Money;
  readonly hours: 'regular' | 'extended';
  readonly account: AccountConfiguration;
  readonly fees: FeeConfiguration;
  /** Absent: loans cost nothing. */
  readonly interest?: InterestConfiguration;
  readonly regulation: {
    /** `dated`: pattern-day-trader rules as they were on the simulated date. */
    readonly rules: 'dated' | 'none';
    /** `allow` lets an account trade with itself. */
    readonly washTrades: 'reject' | 'allow';
  };
  /** Half of the spread of the quote made from the last close, in basis points of it. */
  readonly quotes: { readonly halfSpreadBasisPoints: Ratio };
}

/** A real quote where one is fresh, else one made from the newest closed bar's close and the configured spread. */
export interface Quote {
  /** When it was known: the quote's own time, or when that bar closed. */
  readonly at: EpochMs;
  readonly bid: Price;
  readonly ask: Price;
  readonly last: Price;
}
