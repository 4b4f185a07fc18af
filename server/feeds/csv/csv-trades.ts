/** Rows of trades: timestamp,price,size,exchange,conditions,suspicious,bid,bid_size,ask,ask_size. */
import { TRADE_SHAPE, type TradeColumns } from '../../sessions/trade-library';
import { ColumnBuilder } from './column-builder';
import type { CsvFormat } from './csv-header';
import type { CsvRow } from './csv-row';

type TradeColumn =
  | 'timestamp'
  | 'price'
  | 'size'
  | 'exchange'
  | 'conditions'
  | 'suspicious'
  | 'bid'
  | 'bid_size'
  | 'ask'
  | 'ask_size';

export const TRADE_FORMAT: CsvFormat<TradeColumn> = {
  names: {
    timestamp: ['timestamp', 'time', 'datetime', 'date_time', 't'],
    price: ['price', 'p'],
    size: ['size', 's', 'quantity'],
    exchange: ['exchange', 'x'],
    conditions: ['conditions', 'c'],
    suspicious: ['suspicious'],
    bid: ['bid'],
    bid_size: ['bid_size'],
    ask: ['ask'],
    ask_size: ['ask_size'],
  },
  required: ['timestamp', 'price', 'size'],
  example: 'timestamp,price,size[,exchange,conditions,suspicious,bid,bid_size,ask,ask_size]',
  rowWord: 'trade',
};

const LETTER = /^[A-Za-z]$/;
const HEXADECIMAL = /^[0-9a-f]{1,8}$/i;

export class CsvTrades {
  readonly builder = new ColumnBuilder<TradeColumns>(TRADE_SHAPE, false);
  suspicious = 0;

  take(row: CsvRow<TradeColumn>): void {
    const time = row.time('timestamp');
    if (row.isDateOnly) row.fault('timestamp', 'a time of day');
    const price = row.amount('price');
    const size = row.amount('size');
    if (price === 0) row.fault('price', 'a price above 0');
    const exchange = exchangeOf(row);
    const conditions = conditionsOf(row);
    const suspicious = suspicionOf(row);
    const bid = row.optionalPrice('bid');
    const bidSize = row.optionalAmount('bid_size');
    const ask = row.optionalPrice('ask');
    const askSize = row.optionalAmount('ask_size');
    if (row.isFaulty) return;
    this.suspicious += suspicious;
    this.builder.add([time, price, size, bid, bidSize, ask, askSize, conditions, exchange, suspicious]);
  }
}

function exchangeOf(row: CsvRow<TradeColumn>): number {
  const text = row.text('exchange');
  if (text === '') return 0;
  if (LETTER.test(text)) return text.charCodeAt(0);
  row.fault('exchange', 'the letter of an exchange, as the tape has it, or nothing');
  return 0;
}

function conditionsOf(row: CsvRow<TradeColumn>): number {
  const text = row.text('conditions');
  if (text === '') return 0;
  if (HEXADECIMAL.test(text)) return Number.parseInt(text, 16);
  row.fault('conditions', 'a hexadecimal code of up to 8 digits, or nothing');
  return 0;
}

function suspicionOf(row: CsvRow<TradeColumn>): number {
  const text = row.text('suspicious');
  if (text === '0' || text === '') return 0;
  if (text !== '1') row.fault('suspicious', '0 or 1');
  return 1;
}
