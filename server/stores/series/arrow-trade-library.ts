/** Trades from Arrow files, one a symbol and New York day: `trades/IBM/2013-10-07.v1.arrow`. */
import { newYorkDate, newYorkTime } from '../../engine/calendar/new-york';
import { addDays } from '../../engine/calendar/civil';
import type { EpochMs } from '../../engine/units/time';
import type { TradeIntake } from '../../sessions/market-intake';
import { TRADE_SHAPE, type TradeColumns, type TradeLibrary } from '../../sessions/trade-library';
import type { Period, SeriesKind } from './series-kind';
import type { SeriesStore } from './series-store';

const TRADES: SeriesKind<TradeColumns> = {
  folder: 'trades',
  shape: TRADE_SHAPE,
  columnNames: { bidSize: 'bid_size', askSize: 'ask_size' },
  description: {
    time: 'milliseconds since 1970-01-01T00:00:00Z; rows of one millisecond in the order of the tape',
    bid: 'best bid and ask known before the trade; NaN where not known',
    exchange: 'ASCII code of the letter of the exchange; 0 where not known',
    conditions: 'sale conditions, the number that the hexadecimal code of the source writes',
  },
  unique: false,
  periodAt: dayAt,
};

function dayAt(time: EpochMs): Period {
  const date = newYorkDate(time);
  return { name: date, end: newYorkTime(addDays(date, 1), 0) };
}

export function tradeLibraryOn(series: SeriesStore): TradeLibrary & TradeIntake {
  return {
    read: (symbol, version, from, to) => series.read(TRADES, symbol, version, from, to),
    coverage: (symbol) => series.coverage(TRADES.folder, symbol),
    put: (batch) => series.put(TRADES, { ...batch, synthetic: false }),
  };
}
