/** Splits, cash dividends and symbol changes of a session's symbols, each effective at 00:00 New York of its date. */
import { newYorkTime } from '../calendar/new-york';
import { multiplyDivide, type Price, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export type CorporateAction = { readonly symbol: string; readonly exDate: string } & (
  | { readonly kind: 'split'; readonly newShares: Quantity; readonly oldShares: Quantity }
  /** Dollars a share, as of the ex-date. */
  | { readonly kind: 'cash_dividend'; readonly cash: Price }
  | { readonly kind: 'symbol_change'; readonly to: string }
);

/** How many shares of now one share of then is: `newShares` for `oldShares`. */
export interface SplitFactor {
  readonly newShares: bigint;
  readonly oldShares: bigint;
}

export interface Split extends SplitFactor {
  readonly at: EpochMs;
}

export type DatedAction = CorporateAction & { readonly at: EpochMs };

/** On one date names change first, then shares multiply, then the new shares are paid on. */
const ORDER = { symbol_change: 0, split: 1, cash_dividend: 2 } as const;

/** With the instant each is effective at: ascending by it, then by symbol, then as `ORDER` says. */
export function datedActions(actions: readonly CorporateAction[]): readonly DatedAction[] {
  return actions
    .map((action) => ({ ...action, at: newYorkTime(action.exDate, 0) }))
    .sort((a, b) => a.at - b.at || compare(a.symbol, b.symbol) || ORDER[a.kind] - ORDER[b.kind]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The splits of one symbol, ascending. */
export function splitsOf(actions: readonly DatedAction[], symbol: string): readonly Split[] {
  return actions.flatMap((action) =>
    action.kind === 'split' && action.symbol === symbol
      ? [{ at: action.at, newShares: action.newShares, oldShares: action.oldShares }]
      : [],
  );
}

/** All splits effective in `from < at <= to` as one; null when there are none. */
export function splitFactor(splits: readonly Split[], from: EpochMs, to: EpochMs): SplitFactor | null {
  let factor: SplitFactor | null = null;
  for (const { at, newShares, oldShares } of splits) {
    if (at <= from || at > to) continue;
    factor =
      factor === null
        ? { newShares, oldShares }
        : { newShares: factor.newShares * newShares, oldShares: factor.oldShares * oldShares };
  }
  return factor;
}

/** A price of then in shares of now. */
export function splitPrice(price: Price, factor: SplitFactor | null): Price {
  if (factor === null) return price;
  return multiplyDivide(price, factor.oldShares, factor.newShares, 'half_up') as Price;
}

/** A quantity of then in shares of now; what nine decimals cannot hold is lost. */
export function splitQuantity(quantity: Quantity, factor: SplitFactor | null): Quantity {
  if (factor === null) return quantity;
  return multiplyDivide(quantity, factor.newShares, factor.oldShares, 'down') as Quantity;
}
