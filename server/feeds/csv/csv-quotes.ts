/** Rows of quotes by the minute: timestamp,bid_open,...,bid_close,bid_size,ask_open,...,ask_close,ask_size. */
import { QUOTE_SHAPE, type QuoteColumns } from '../../sessions/quote-library';
import { ColumnBuilder } from './column-builder';
import type { CsvFormat } from './csv-header';
import type { CsvRow } from './csv-row';
import { minuteStart } from './minute-start';

type Side = 'bid' | 'ask';
type QuoteColumn = 'timestamp' | `${Side}_${'open' | 'high' | 'low' | 'close' | 'size'}`;

export const QUOTE_FORMAT: CsvFormat<QuoteColumn> = {
  names: {
    timestamp: ['timestamp', 'time', 'date', 'datetime', 'date_time', 't'],
    bid_open: ['bid_open'],
    bid_high: ['bid_high'],
    bid_low: ['bid_low'],
    bid_close: ['bid_close', 'bid', 'bid_price'],
    bid_size: ['bid_size'],
    ask_open: ['ask_open'],
    ask_high: ['ask_high'],
    ask_low: ['ask_low'],
    ask_close: ['ask_close', 'ask', 'ask_price'],
    ask_size: ['ask_size'],
  },
  required: ['timestamp', 'bid_close', 'ask_close'],
  example:
    'timestamp,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size',
  rowWord: 'quote',
};

export class CsvQuotes {
  readonly builder = new ColumnBuilder<QuoteColumns>(QUOTE_SHAPE, true);
  oneSided = 0;
  crossed = 0;

  take(row: CsvRow<QuoteColumn>): void {
    const time = minuteStart(row);
    const [bid, ask] = [sideOf(row, 'bid'), sideOf(row, 'ask')];
    if (row.isFaulty) return;
    if (Number.isNaN(bid.close) !== Number.isNaN(ask.close)) this.oneSided++;
    if (bid.close > ask.close) this.crossed++;
    this.builder.add([
      time,
      ...[bid.close, ask.close, bid.size, ask.size],
      ...[bid.open, bid.high, bid.low, ask.open, ask.high, ask.low],
    ]);
  }
}

function sideOf(row: CsvRow<QuoteColumn>, side: Side) {
  const open = row.optionalPrice(`${side}_open`);
  const high = row.optionalPrice(`${side}_high`);
  const low = row.optionalPrice(`${side}_low`);
  const close = row.optionalPrice(`${side}_close`);
  const size = row.optionalAmount(`${side}_size`);
  // Comparisons with what is not known are false: only what is known can be wrong.
  if (high < low) row.fault(`${side}_high`, `at least the low, ${low}`, `${high}`);
  else if (open < low || open > high) row.fault(`${side}_open`, `a price from ${low} to ${high}`, `${open}`);
  else if (close < low || close > high)
    row.fault(`${side}_close`, `a price from ${low} to ${high}`, `${close}`);
  return { open, high, low, close, size };
}
