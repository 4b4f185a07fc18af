/** Port: splits, dividends and changes of symbols that are loaded. Implemented in server/stores. */
import type { Money, Price, Quantity } from '../engine/units/fixed-point';

interface ActionOfSymbol {
  readonly symbol: string;
  /** The first session that trades without the right, as New York's date. */
  readonly exDate: string;
  /** Raw close of the session before; null where the source does not tell. */
  readonly closeBefore: Price | null;
}

/** `newShares` for `oldShares`: 7 for 1, or 1 for 8 in a reverse split. */
export interface Split extends ActionOfSymbol {
  readonly type: 'split';
  readonly newShares: Quantity;
  readonly oldShares: Quantity;
}

export interface CashDividend extends ActionOfSymbol {
  readonly type: 'cash_dividend';
  readonly cashPerShare: Money;
}

export type CorporateAction = Split | CashDividend;

/** Up to and with `validTo` the security was traded as `ticker`. */
export interface SymbolChange {
  /** The symbol under which the data of this security is kept. */
  readonly security: string;
  /** New York's date; far in the future for the ticker of today. */
  readonly validTo: string;
  readonly ticker: string;
  /** The tape's letter of the listing exchange; null where the source does not tell. */
  readonly exchangeCode: string | null;
}

/**
 * Actions have no versions: an import may add to what is known or mend it. Who must see the same actions again,
 * as a session does, keeps what was read here.
 */
export interface CorporateActionLibrary {
  /** Actions with `from <= exDate <= to`, both New York's dates, by date, then symbol, then type. */
  corporateActions(symbols: readonly string[], from: string, to: string): Promise<readonly CorporateAction[]>;
  /** All periods of securities, or of tickers, among `symbols`, by security, then date. */
  symbolChanges(symbols: readonly string[]): Promise<readonly SymbolChange[]>;
}
