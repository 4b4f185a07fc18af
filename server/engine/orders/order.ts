/** An order: what was asked (terms), and what became of it. */
import type { Money, Price, Quantity, Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export const SIDES = ['buy', 'sell'] as const;
export type Side = (typeof SIDES)[number];
export const ORDER_TYPES = ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];
export const TIMES_IN_FORCE = ['day', 'gtc', 'ioc', 'fok', 'opg', 'cls'] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

export const ORDER_CLASSES = ['simple', 'bracket', 'oco', 'oto'] as const;
export type OrderClass = (typeof ORDER_CLASSES)[number];

/** What an order does to a position, as Alpaca words it. Settled when it is accepted. */
export type PositionIntent = 'buy_to_open' | 'buy_to_close' | 'sell_to_open' | 'sell_to_close';

/** Does it make a position smaller? Such an order holds shares; one that opens holds buying power. */
export function isClosing({ positionIntent }: { readonly positionIntent: PositionIntent }): boolean {
  return positionIntent === 'sell_to_close' || positionIntent === 'buy_to_close';
}

/** Position of an account in its session: 0 is the account that the session opened with. */
export type AccountOrdinal = number;
/** Position of an order in its session, in order of acceptance. Its public id is derived from it (ids.ts). */
export type OrderOrdinal = number;

/** What a trader asks for. Exactly one of `quantity` and `notional` is set. */
export interface OrderTerms {
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly quantity: Quantity | null;
  readonly notional: Money | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  /** Exactly one of the trails is set on a trailing stop. The percentage is of the high-water mark: 2 is 2 %. */
  readonly trailPrice: Price | null;
  readonly trailPercent: Ratio | null;
  readonly extendedHours: boolean;
  readonly orderClass: OrderClass;
  /** What a bracket, oco or oto order asks for besides itself; null on simple orders and on legs. */
  readonly takeProfit: TakeProfit | null;
  readonly stopLoss: StopLoss | null;
  /** As sent by the client; null when it sent none (ids.ts then derives one). */
  readonly clientOrderId: string | null;
}

export interface TakeProfit {
  readonly limitPrice: Price;
}

export interface StopLoss {
  readonly stopPrice: Price;
  readonly limitPrice: Price | null;
}

/** Why an order left the book without being filled whole. */
export type CancelReason =
  | 'requested'
  | 'immediate_or_cancel'
  | 'fill_or_kill'
  | 'insufficient_buying_power'
  | 'good_til_canceled_limit'
  | 'auction_over'
  | 'parent_ended'
  | 'sibling_filled'
  | 'group_canceled'
  | 'split'
  | 'margin_call';

/**
 * `held`: a leg that waits for its parent to fill. `open` until one of the final states. Alpaca's finer words
 * (accepted, new, ...) are derived, see status.ts.
 */
export type OrderState = 'held' | 'open' | 'filled' | 'canceled' | 'expired' | 'replaced';

/** Alpaca's status words that can occur here. */
export type OrderStatus =
  'accepted' | 'held' | 'new' | 'partially_filled' | 'filled' | 'canceled' | 'expired' | 'replaced';

/** One order as the engine knows it. Changed only by `record(event)`. */
export interface Order extends Omit<OrderTerms, 'takeProfit' | 'stopLoss'> {
  readonly ordinal: OrderOrdinal;
  readonly account: AccountOrdinal;
  readonly acceptedAt: EpochMs;
  readonly positionIntent: PositionIntent;
  /** The order that this one is a leg of; null on orders that stand for themselves. */
  readonly parent: OrderOrdinal | null;
  readonly legs: readonly OrderOrdinal[];
  readonly updatedAt: EpochMs;
  /** When the time in force ends it; null for ioc and fok. */
  readonly expiresAt: EpochMs | null;
  /** The price a market buy or buy stop may not exceed (fills.md, collar); null when there is none. */
  readonly capPrice: Price | null;
  /** Buying power held for what is still open of an opening order. */
  readonly reserved: Money;
  /** Shares held for what is still open of a closing order; a pair of exits holds them once. */
  readonly reservedQuantity: Quantity;
  readonly state: OrderState;
  readonly triggeredAt: EpochMs | null;
  /** High-water mark of a trailing stop at its trigger; until then it is read from the tape. */
  readonly highWaterMark: Price | null;
  readonly filledQuantity: Quantity;
  /** What the filled quantity cost or brought, in dollars. */
  readonly filledNotional: Money;
  readonly filledAt: EpochMs | null;
  readonly canceledAt: EpochMs | null;
  readonly cancelReason: CancelReason | null;
  readonly expiredAt: EpochMs | null;
  readonly replacedAt: EpochMs | null;
  readonly replacedBy: OrderOrdinal | null;
  readonly replaces: OrderOrdinal | null;
}

/** Position of a fill in its session. */
export type FillOrdinal = number;

/** What a fill says about how sure it is (fills.md, "Tags"). */
export const FILL_TAGS = [
  'ambiguous',
  'gap',
  'touch_only',
  'no_history',
  'auction_proxy',
  'zigzag_possible',
  'late_print_possible',
  'worst_case',
] as const;
export type FillTag = (typeof FILL_TAGS)[number];

export interface Fill {
  readonly ordinal: FillOrdinal;
  readonly order: OrderOrdinal;
  readonly account: AccountOrdinal;
  readonly symbol: string;
  readonly side: Side;
  /** When it was published: the bar's open for a fill at the open, else the bar's close. */
  readonly at: EpochMs;
  /** Start of the bar that it filled in. */
  readonly barTime: EpochMs;
  readonly price: Price;
  readonly quantity: Quantity;
  /** Still open on the order after this fill; 0 for an order by notional, whose rest is told in dollars. */
  readonly leavesQuantity: Quantity;
  /** True when the order is filled whole. */
  readonly isLast: boolean;
  /** Filled on the order so far, with this fill. */
  readonly cumQuantity: Quantity;
  /** Signed position in the symbol after this fill. */
  readonly positionQuantity: Quantity;
  readonly tags: readonly FillTag[];
}
