/** Events happened. A session is its configuration and these, in order; everything else is a projection. */
import type {
  AccountOrdinal,
  CancelReason,
  Fill,
  FillOrdinal,
  OrderOrdinal,
  OrderTerms,
  PositionIntent,
} from '../orders/order';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export interface AccountOpened {
  readonly type: 'AccountOpened';
  readonly at: EpochMs;
  readonly account: AccountOrdinal;
  readonly cash: Money;
}

/** The order is in the book, its buying power reserved. */
export interface OrderAccepted {
  readonly type: 'OrderAccepted';
  readonly at: EpochMs;
  readonly account: AccountOrdinal;
  readonly order: OrderOrdinal;
  readonly terms: OrderTerms;
  readonly positionIntent: PositionIntent;
  /** Set on a leg. */
  readonly parent: OrderOrdinal | null;
  /** Legs follow their parent at once, in this order. */
  readonly legs: readonly OrderOrdinal[];
  /** A leg that waits for its parent to fill. */
  readonly isHeld: boolean;
  readonly reserved: Money;
  readonly reservedQuantity: Quantity;
  readonly capPrice: Price | null;
  readonly expiresAt: EpochMs | null;
}

/** A held leg went live: its parent filled. */
export interface OrderActivated {
  readonly type: 'OrderActivated';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
  readonly quantity: Quantity;
}

/** An exit was cut to what its sibling left, or grew with its parent's fills. */
export interface OrderResized {
  readonly type: 'OrderResized';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
  /** The new total, with what was filled already. */
  readonly quantity: Quantity;
}

/** A stop was reached: the order is a market or a limit order from here on. */
export interface OrderTriggered {
  readonly type: 'OrderTriggered';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
  /** Where on the bar's path. */
  readonly price: Price;
  /** Of a trailing stop: the best price before it came back. */
  readonly highWaterMark: Price | null;
}

export interface OrderFilled extends Omit<Fill, 'ordinal'> {
  readonly type: 'OrderFilled';
  /** Ordinal of the fill. */
  readonly fill: FillOrdinal;
}

export interface OrderCanceled {
  readonly type: 'OrderCanceled';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
  readonly reason: CancelReason;
}

export interface OrderExpired {
  readonly type: 'OrderExpired';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
}

/** `order` gave way to `by`, which carries on what was filled. */
export interface OrderReplaced {
  readonly type: 'OrderReplaced';
  readonly at: EpochMs;
  readonly order: OrderOrdinal;
  readonly by: OrderOrdinal;
  readonly terms: OrderTerms;
  readonly positionIntent: PositionIntent;
  readonly reserved: Money;
  readonly reservedQuantity: Quantity;
  readonly capPrice: Price | null;
  readonly expiresAt: EpochMs | null;
}

/** Positions and simple good-til-canceled limits of a symbol are in new shares from here on. */
export interface SplitApplied {
  readonly type: 'SplitApplied';
  readonly at: EpochMs;
  readonly symbol: string;
  readonly newShares: Quantity;
  readonly oldShares: Quantity;
}

/** Positions and open orders of a symbol go by another name from here on. */
export interface SymbolChanged {
  readonly type: 'SymbolChanged';
  readonly at: EpochMs;
  readonly symbol: string;
  readonly to: string;
}

/** Position of a cash posting in its session. */
export type PostingOrdinal = number;

/** Alpaca's words for activities that are not trades. */
export type CashActivity = 'FEE' | 'DIV' | 'INT' | 'CSD' | 'CSW' | 'JNLC';

/** Money came or went without a trade. */
export interface CashPosting {
  readonly ordinal: PostingOrdinal;
  readonly account: AccountOrdinal;
  readonly at: EpochMs;
  /** Of New York. */
  readonly date: string;
  readonly activityType: CashActivity;
  /** Negative when the account pays. */
  readonly amount: Money;
  readonly symbol: string | null;
  /** The position that a dividend was paid on, negative when short. */
  readonly quantity: Quantity | null;
  readonly perShareAmount: Price | null;
  readonly description: string;
}

export interface CashPosted extends Omit<CashPosting, 'ordinal'> {
  readonly type: 'CashPosted';
  /** Ordinal of the posting. */
  readonly posting: PostingOrdinal;
}

/** Equity was under maintenance margin when a session closed. */
export interface MarginCalled {
  readonly type: 'MarginCalled';
  readonly at: EpochMs;
  readonly account: AccountOrdinal;
  readonly equity: Money;
  readonly maintenanceMargin: Money;
  /** What is missing. */
  readonly deficiency: Money;
}

export interface ClockAdvanced {
  readonly type: 'ClockAdvanced';
  /** Where the clock stands now. */
  readonly at: EpochMs;
  readonly from: EpochMs;
  /** Base timeframes that it went forward. */
  readonly bars: number;
}

export type OrderEvent =
  | OrderAccepted
  | OrderActivated
  | OrderResized
  | OrderTriggered
  | OrderFilled
  | OrderCanceled
  | OrderExpired
  | OrderReplaced;
/** What happens to accounts and positions without an order. */
export type LedgerEvent = SplitApplied | SymbolChanged | CashPosted | MarginCalled;
export type SimulationEvent = AccountOpened | OrderEvent | LedgerEvent | ClockAdvanced;
