/** Quotes from Arrow files, one a symbol and year: `quotes/AAPL/2014.v1.arrow`. */
import type { QuoteIntake } from '../../sessions/market-intake';
import { QUOTE_SHAPE, type QuoteColumns, type QuoteLibrary } from '../../sessions/quote-library';
import { type SeriesKind, yearAt } from './series-kind';
import type { SeriesStore } from './series-store';

const QUOTES: SeriesKind<QuoteColumns> = {
  folder: 'quotes',
  shape: QUOTE_SHAPE,
  columnNames: {
    bidSize: 'bid_size',
    askSize: 'ask_size',
    bidOpen: 'bid_open',
    bidHigh: 'bid_high',
    bidLow: 'bid_low',
    askOpen: 'ask_open',
    askHigh: 'ask_high',
    askLow: 'ask_low',
  },
  description: {
    time: 'start of the minute, milliseconds since 1970-01-01T00:00:00Z',
    quotes:
      'bid, ask and their sizes as the minute ended; NaN where nobody quoted or the source does not tell',
  },
  unique: true,
  periodAt: yearAt,
};

export function quoteLibraryOn(series: SeriesStore): QuoteLibrary & QuoteIntake {
  return {
    read: (symbol, version, from, to) => series.read(QUOTES, symbol, version, from, to),
    coverage: (symbol) => series.coverage(QUOTES.folder, symbol),
    put: (batch) => series.put(QUOTES, { ...batch, synthetic: false }),
  };
}
