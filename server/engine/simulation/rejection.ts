/** Refusals are values: a closed list, each with the numbers that explain it. The gates word them. */
import type { AccountOrdinal, OrderOrdinal, OrderState, OrderType, Side, TimeInForce } from '../orders/order';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export type Rejection =
  // what the order itself says
  | { readonly code: 'quantity_or_notional_required' }
  | { readonly code: 'quantity_and_notional' }
  | { readonly code: 'quantity_not_positive' }
  | { readonly code: 'notional_too_small'; readonly minimum: Money }
  | { readonly code: 'notional_increment'; readonly notional: Money }
  | { readonly code: 'limit_price_required'; readonly orderType: OrderType }
  | { readonly code: 'stop_price_required'; readonly orderType: OrderType }
  | {
      readonly code: 'price_not_allowed';
      readonly field: 'limit_price' | 'stop_price';
      readonly orderType: OrderType;
    }
  | { readonly code: 'price_not_positive'; readonly field: 'limit_price' | 'stop_price' }
  | {
      readonly code: 'price_increment';
      readonly field: 'limit_price' | 'stop_price';
      readonly price: Price;
      readonly increment: Price;
    }
  | { readonly code: 'fractional_not_day' }
  | {
      readonly code: 'time_in_force_not_allowed';
      readonly orderType: OrderType;
      readonly timeInForce: TimeInForce;
    }
  | { readonly code: 'client_order_id_too_long'; readonly length: number; readonly maximum: number }
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
  | { readonly code: 'shorting_not_allowed'; readonly symbol: string }
  | {
      readonly code: 'stop_price_direction';
      readonly side: Side;
      readonly stopPrice: Price;
      readonly marketPrice: Price;
    }
  // cancel, replace, close
  | { readonly code: 'order_not_found'; readonly order: OrderOrdinal }
  | { readonly code: 'order_not_cancelable'; readonly state: OrderState }
  | { readonly code: 'order_not_replaceable'; readonly status: string }
  | { readonly code: 'order_unchanged' }
  | { readonly code: 'replace_quantity_not_whole' }
  | { readonly code: 'replace_quantity_not_above_filled'; readonly filled: Quantity }
  | { readonly code: 'position_not_found'; readonly symbol: string }
  // the clock
  | { readonly code: 'clock_backwards'; readonly now: EpochMs; readonly target: EpochMs }
  | { readonly code: 'advance_not_positive' };

export type RejectionCode = Rejection['code'];
