/** Commands ask. Every door (REST, browser, strategies) sends these and nothing else. */
import type { AccountOrdinal, OrderOrdinal, OrderTerms, PositionIntent, TimeInForce } from '../orders/order';
import type { Money, Price, Quantity, Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export interface OpenAccount {
  readonly type: 'OpenAccount';
  readonly cash: Money;
}

/** A deposit, or a withdrawal when negative. */
export interface AdjustCash {
  readonly type: 'AdjustCash';
  readonly account: AccountOrdinal;
  readonly amount: Money;
}

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly account: AccountOrdinal;
  readonly terms: OrderTerms;
  /** What the client takes it to do to the position; refused when it would do something else. */
  readonly positionIntent?: PositionIntent | null;
}

/** What a replacement changes; null leaves it as it was. */
export interface OrderChanges {
  readonly quantity: Quantity | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  /** New price or percentage of a trailing stop, whichever it has. */
  readonly trailOffset: Price | null;
  readonly timeInForce: TimeInForce | null;
  readonly clientOrderId: string | null;
}

export interface ReplaceOrder {
  readonly type: 'ReplaceOrder';
  readonly account: AccountOrdinal;
  readonly order: OrderOrdinal;
  readonly changes: OrderChanges;
}

export interface CancelOrder {
  readonly type: 'CancelOrder';
  readonly account: AccountOrdinal;
  readonly order: OrderOrdinal;
}

/** Closes a position with a market day order: all of it, a quantity, or a part (0 < portion <= 1). */
export interface ClosePosition {
  readonly type: 'ClosePosition';
  readonly account: AccountOrdinal;
  readonly symbol: string;
  readonly amount: { readonly quantity: Quantity } | { readonly portion: Ratio } | 'all';
}

/** How far the clock goes. `bars` counts base timeframes, gaps included. */
export type AdvanceTarget =
  | { readonly to: 'bars'; readonly bars: number }
  | { readonly to: 'duration'; readonly durationMs: number }
  | { readonly to: 'time'; readonly time: EpochMs }
  | { readonly to: 'next_event' }
  | { readonly to: 'open' }
  | { readonly to: 'close' }
  | { readonly to: 'end' };

export interface AdvanceClock {
  readonly type: 'AdvanceClock';
  readonly target: AdvanceTarget;
}

export type Command =
  OpenAccount | AdjustCash | PlaceOrder | ReplaceOrder | CancelOrder | ClosePosition | AdvanceClock;
