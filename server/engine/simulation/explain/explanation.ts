/** Why an order did not fill, or how it did: codes, spans of bars with the same answer, and the nearest miss. */
import type { FillTag, OrderOrdinal, Side } from '../../orders/order';
import type { Price, Quantity } from '../../units/fixed-point';
import type { EpochMs } from '../../units/time';

/** fills.md section 6. */
export type ExplanationCode =
  | 'FILLED'
  | 'PRICE_NOT_REACHED'
  | 'STOP_NOT_TRIGGERED'
  | 'SUBMITTED_MID_BAR'
  | 'SESSION_CLOSED'
  | 'EXTENDED_HOURS_NOT_ALLOWED'
  | 'NO_TRADES'
  | 'VOLUME_BUDGET_USED'
  | 'COLLAR'
  | 'ONLY_OTHER_PATH'
  | 'AWAITING_AUCTION'
  | 'AWAITING_BAR'
  | 'HELD_BY_PARENT'
  | 'SIBLING_FILLED'
  | 'TIME_IN_FORCE_EXPIRED'
  | 'INSUFFICIENT_BUYING_POWER'
  | 'CANCELED'
  | 'REPLACED';

/** Why a span has no bars: nobody traded, or nothing of the whole session is loaded. */
export type NoTradesCause = 'no_trades' | 'not_loaded';

/** How near the market came. */
export interface NearestMiss {
  readonly time: EpochMs;
  /** What the market did. */
  readonly price: Price;
  /** What the order wanted. */
  readonly wanted: Price;
  /** How far apart they stayed; 0 where a touch was not enough. */
  readonly distance: Price;
}

/** Bars in a row with one answer. */
export interface ExplanationSpan {
  readonly code: ExplanationCode;
  /** Start of the first bar (or of the time without bars) and end of the last one. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Base bars, or minutes that have none. */
  readonly bars: number;
  /** Minutes without a bar in between, which do not change the answer. */
  readonly missing: number;
  readonly nearest: NearestMiss | null;
  readonly cause: NoTradesCause | null;
}

export interface ExplainedFill {
  readonly at: EpochMs;
  readonly barTime: EpochMs;
  readonly price: Price;
  readonly quantity: Quantity;
  readonly tags: readonly FillTag[];
}

export interface Explanation {
  readonly order: OrderOrdinal;
  readonly side: Side;
  readonly symbol: string;
  /** The answer in one word: how it ended, or what keeps it now. */
  readonly code: ExplanationCode;
  /** The answer in one sentence with its numbers. */
  readonly sentence: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly spans: readonly ExplanationSpan[];
  readonly fills: readonly ExplainedFill[];
  readonly nearest: NearestMiss | null;
  /** What a reader should know besides: an unprotected position, a possible zigzag. */
  readonly warnings: readonly string[];
}
