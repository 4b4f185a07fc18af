/** Port: takes bars in. What feeds bring is handed over in one piece and becomes visible in one moment. */
import type { BarColumns } from '../engine/market/bars';
import type { BaseTimeframe } from '../engine/market/timeframe';
import type { AssetClass } from './bar-library';

export interface BarBatch {
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  /** Ascending and unique by time. */
  readonly bars: BarColumns;
  /** Who brought them: `csv`, `demo`. */
  readonly feed: string;
  /** What they were read from: a file's name, a seed. */
  readonly source: string;
  /** Kept in the history of imports: what was noticed and how often. */
  readonly warnings: Readonly<Record<string, number>>;
  /** Of a symbol that is not known yet; `us_equity` unless told. Throws an AssetClassError when it is known as another. */
  readonly assetClass?: AssetClass;
  /** For a symbol that is not known yet; its name is the symbol unless told. */
  readonly name?: string;
  readonly exchange?: string;
  /** Invented bars. */
  readonly synthetic: boolean;
}

export interface IntakeResult {
  /** The version that holds the batch: unchanged when nothing in it was new. */
  readonly version: number;
  readonly added: number;
  /** Bars that were there with other values; the new ones win. */
  readonly replaced: number;
  /** Bars of the symbol and timeframe afterwards. */
  readonly count: number;
}

export interface BarIntake {
  put(batch: BarBatch): Promise<IntakeResult>;
}

/** A symbol cannot be a stock and a coin at once. Told apart by `code`. */
export class AssetClassError extends Error {
  override readonly name = 'AssetClassError';
  readonly code = 'asset_class_conflict';
  constructor(symbol: string, known: string, found: AssetClass) {
    super(`${symbol} is loaded as ${known}: expected that class, found ${found}`);
  }
}
