/** For tests of imports: shelves that take everything in and remember it, and files that come in pieces. */
import { Readable } from 'node:stream';
import type { BarBatch } from '../../sessions/bar-intake';
import type { CorporateAction, SymbolChange } from '../../sessions/corporate-action-library';
import type { MarketIntake, SeriesBatch } from '../../sessions/market-intake';
import type { QuoteColumns } from '../../sessions/quote-library';
import type { TradeColumns } from '../../sessions/trade-library';

/** What came last of each kind. */
interface Taken {
  bars?: BarBatch;
  quotes?: SeriesBatch<QuoteColumns>;
  trades?: SeriesBatch<TradeColumns>;
  actions?: readonly CorporateAction[];
  changes?: readonly SymbolChange[];
}

export function shelves(): MarketIntake & { readonly taken: Taken } {
  const taken: Taken = {};
  const all = (count: number) => ({ version: 1, added: count, replaced: 0, count });
  return {
    taken,
    bars: { put: async (batch) => all((taken.bars = batch).bars.length) },
    quotes: { put: async (batch) => all((taken.quotes = batch).columns.length) },
    trades: { put: async (batch) => all((taken.trades = batch).columns.length) },
    corporateActions: {
      putCorporateActions: async (actions) => all((taken.actions = actions).length),
      putSymbolChanges: async (changes) => all((taken.changes = changes).length),
    },
  };
}

/** Pieces of seven bytes: no line, and no number, may depend on where a file is cut. */
export function pieces(bytes: Uint8Array, size = 7): Readable {
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size));
  return Readable.from(chunks);
}
