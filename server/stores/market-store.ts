/** All market data of a data directory: bars, quotes, trades and corporate actions, over one cache. */
import type { BarIntake } from '../sessions/bar-intake';
import type { BarLibrary } from '../sessions/bar-library';
import type { CorporateActionLibrary } from '../sessions/corporate-action-library';
import type { CorporateActionIntake, QuoteIntake, TradeIntake } from '../sessions/market-intake';
import type { QuoteLibrary } from '../sessions/quote-library';
import type { TradeLibrary } from '../sessions/trade-library';
import { barLibraryOn } from './bars/arrow-bar-library';
import { prismaCorporateActions } from './catalogue/prisma-corporate-actions';
import { quoteLibraryOn } from './series/arrow-quote-library';
import { tradeLibraryOn } from './series/arrow-trade-library';
import { openSeriesStore, type SeriesStoreOptions } from './series/series-store';

export interface MarketStore {
  readonly bars: BarLibrary & BarIntake;
  readonly quotes: QuoteLibrary & QuoteIntake;
  readonly trades: TradeLibrary & TradeIntake;
  readonly corporateActions: CorporateActionLibrary & CorporateActionIntake;
}

export function openMarketStore(options: SeriesStoreOptions): MarketStore {
  const series = openSeriesStore(options);
  return {
    bars: barLibraryOn(series),
    quotes: quoteLibraryOn(series),
    trades: tradeLibraryOn(series),
    corporateActions: prismaCorporateActions(options.catalogue),
  };
}
