/** Ports: take quotes, trades and corporate actions in. A file is handed over in one piece and visible in one moment. */
import type { AssetClass } from './bar-library';
import type { BarIntake, IntakeResult } from './bar-intake';
import type { CorporateAction, SymbolChange } from './corporate-action-library';
import type { QuoteColumns } from './quote-library';
import type { TradeColumns } from './trade-library';

/** Who brought it, what it was read from, and what was noticed: kept in the history of imports. */
export interface IntakeOrigin {
  readonly feed: string;
  readonly source: string;
  readonly warnings: Readonly<Record<string, number>>;
}

export interface SeriesBatch<Columns> extends IntakeOrigin {
  readonly symbol: string;
  /** Of a symbol that is not known yet. Throws an AssetClassError when it is known as another. */
  readonly assetClass: AssetClass;
  readonly columns: Columns;
}

export interface QuoteIntake {
  /** Of a minute that is known already the new quote wins. */
  put(batch: SeriesBatch<QuoteColumns>): Promise<IntakeResult>;
}

export interface TradeIntake {
  /** Of a millisecond that is known already all trades give way to the new ones. */
  put(batch: SeriesBatch<TradeColumns>): Promise<IntakeResult>;
}

export interface TableResult {
  readonly added: number;
  /** Rows that were there with other values; the new ones win. */
  readonly replaced: number;
  /** Rows of the table afterwards. */
  readonly count: number;
}

export interface CorporateActionIntake {
  putCorporateActions(actions: readonly CorporateAction[], origin: IntakeOrigin): Promise<TableResult>;
  putSymbolChanges(changes: readonly SymbolChange[], origin: IntakeOrigin): Promise<TableResult>;
}

/** Everything that an import may bring. */
export interface MarketIntake {
  readonly bars: BarIntake;
  readonly quotes: QuoteIntake;
  readonly trades: TradeIntake;
  readonly corporateActions: CorporateActionIntake;
}
