/** Refusals are values: a closed list, each with the numbers that explain it. The gates word them. */
import type { AccountOrdinal, OrderOrdinal, OrderState, PositionIntent, Side } from '../orders/order';
import type { TermsRejection } from '../orders/terms';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export type Rejection =
  | TermsRejection
  // what the session knows
  | { readonly code: 'account_not_found'; readonly account: AccountOrdinal }
  | { readonly code: 'asset_not_found'; readonly symbol: string }
  | { readonly code: 'asset_not_tradable'; readonly symbol: string }
  | { readonly code: 'asset_not_fractionable'; readonly symbol: string }
  | { readonly code: 'client_order_id_taken'; readonly clientOrderId: string }
  | {
      readonly code: 'insufficient_buying_power';
      readonly required: Money;
      readonly available: Money;
      readonly reservedBy: readonly OrderOrdinal[];
    }
  | {
      readonly code: 'insufficient_quantity';
      readonly symbol: string;
      readonly requested: Quantity;
      readonly available: Quantity;
      readonly existing: Quantity;
      readonly held: Quantity;
    }
  /** The account may not sell short: configured so, a cash account, or too little equity. */
  | { readonly code: 'shorting_not_allowed'; readonly symbol: string }
  | { readonly code: 'asset_not_shortable'; readonly symbol: string }
  | { readonly code: 'fractional_short'; readonly symbol: string }
  /** An order to open one way while one to open the other way is there. */
  | {
      readonly code: 'opposite_open_order';
      readonly symbol: string;
      readonly side: Side;
      readonly existingOrder: OrderOrdinal;
    }
  /** The entry of a bracket or oto would close a position: its exits would have nothing to exit. */
  | { readonly code: 'entry_closes_position'; readonly symbol: string; readonly existing: Quantity }
  | {
      readonly code: 'stop_price_direction';
      readonly side: Side;
      readonly stopPrice: Price;
      readonly marketPrice: Price;
    }
  | {
      readonly code: 'exit_price_direction';
      readonly field: 'take_profit.limit_price' | 'stop_loss.stop_price';
      /** What it must be at least (`above`) or at most. */
      readonly bound: Price;
      readonly isAbove: boolean;
      readonly basePrice: Price;
    }
  /** The client takes the order to do something else than it would. */
  | {
      readonly code: 'position_intent_mismatch';
      readonly inferred: PositionIntent;
      readonly specified: PositionIntent;
    }
  | { readonly code: 'exit_without_position'; readonly symbol: string }
  | { readonly code: 'wash_trade'; readonly existingOrder: OrderOrdinal; readonly isLimit: boolean }
  | { readonly code: 'auction_window'; readonly timeInForce: 'opg' | 'cls' }
  /** It would be the fourth day trade in five sessions (`dayTrades` so far). */
  | { readonly code: 'pattern_day_trading'; readonly symbol: string; readonly dayTrades: number }
  // deposit, withdraw
  | { readonly code: 'cash_adjustment_zero' }
  | { readonly code: 'insufficient_withdrawable_cash'; readonly required: Money; readonly available: Money }
  // cancel, replace, close
  | { readonly code: 'order_not_found'; readonly order: OrderOrdinal }
  | { readonly code: 'order_not_cancelable'; readonly state: OrderState }
  | { readonly code: 'order_not_replaceable'; readonly status: string }
  | { readonly code: 'fractional_not_replaceable' }
  | { readonly code: 'leg_quantity_fixed' }
  | { readonly code: 'order_unchanged' }
  | { readonly code: 'replace_quantity_not_whole' }
  | { readonly code: 'replace_quantity_not_above_filled'; readonly filled: Quantity }
  | { readonly code: 'position_not_found'; readonly symbol: string }
  // the clock
  | { readonly code: 'clock_backwards'; readonly now: EpochMs; readonly target: EpochMs }
  | { readonly code: 'advance_not_positive' };

export type RejectionCode = Rejection['code'];
