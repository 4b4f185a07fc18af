/** Rows of bars: timestamp,open,high,low,close,volume[,vwap,trades]. */
import { newYorkMidnight, newYorkTime } from '../../engine/calendar/new-york';
import type { BarColumns } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import { DAY_MS } from '../../engine/units/time';
import { type AssetClass, BAR_SHAPE } from '../../sessions/bar-library';
import { ColumnBuilder } from './column-builder';
import { quoted } from './csv-fault';
import type { CsvFormat } from './csv-header';
import type { CsvRow } from './csv-row';
import { minuteStart } from './minute-start';

type BarColumn = 'timestamp' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'vwap' | 'trades' | 'symbol';

export const BAR_FORMAT: CsvFormat<BarColumn> = {
  names: {
    timestamp: ['timestamp', 'time', 'date', 'datetime', 'date_time', 't'],
    open: ['open', 'o'],
    high: ['high', 'h'],
    low: ['low', 'l'],
    close: ['close', 'c', 'last'],
    volume: ['volume', 'vol', 'v'],
    vwap: ['vwap', 'vw', 'average', 'volume_weighted'],
    trades: ['trades', 'trade_count', 'tradecount', 'transactions', 'count', 'n'],
    symbol: ['symbol', 'ticker', 's'],
  },
  required: ['timestamp', 'open', 'high', 'low', 'close', 'volume'],
  example: 'timestamp,open,high,low,close,volume[,vwap,trades]',
  rowWord: 'bar',
};

export class CsvBars {
  readonly builder = new ColumnBuilder<BarColumns>(BAR_SHAPE, true);
  vwapsOutside = 0;

  constructor(
    private readonly symbol: string,
    private readonly timeframe: BaseTimeframe,
    private readonly assetClass: AssetClass,
  ) {}

  take(row: CsvRow<BarColumn>): void {
    const time = this.timeOf(row);
    const open = row.amount('open');
    const high = row.amount('high');
    const low = row.amount('low');
    const close = row.amount('close');
    const volume = row.amount('volume');
    const vwap = row.optionalPrice('vwap');
    const trades = row.optionalAmount('trades');
    if (row.has('symbol')) checkSymbol(row, this.symbol);
    if (row.isFaulty || !isSound(row, open, high, low, close)) return;
    // Trades that do not update high and low still count in a tape's vwap: noticed, not refused.
    if (vwap < low || vwap > high) this.vwapsOutside++;
    this.builder.add([time, open, high, low, close, volume, vwap, trades]);
  }

  private timeOf(row: CsvRow<BarColumn>): number {
    if (this.timeframe === '1Min') return minuteStart(row);
    const time = row.time('timestamp');
    return this.assetClass === 'crypto' ? Math.floor(time / DAY_MS) * DAY_MS : sessionStart(time);
  }
}

/** A column that names the symbol must name the one that is imported. */
function checkSymbol(row: CsvRow<BarColumn>, symbol: string): void {
  if (row.text('symbol').trim().toUpperCase() !== symbol) row.fault('symbol', quoted(symbol));
}

function isSound(row: CsvRow<BarColumn>, open: number, high: number, low: number, close: number): boolean {
  if (!(low > 0)) row.fault('low', 'a price above 0', `${low}`);
  else if (high < low) row.fault('high', `at least the low, ${low}`, `${high}`);
  else if (open < low || open > high) row.fault('open', `a price from ${low} to ${high}`, `${open}`);
  else if (close < low || close > high) row.fault('close', `a price from ${low} to ${high}`, `${close}`);
  return !row.isFaulty;
}

/**
 * A daily bar is stamped midnight New York of its session. A date alone, and midnight UTC, which is never
 * midnight in New York, name the session's date; any other time belongs to New York's date at that time.
 */
function sessionStart(time: number): number {
  if (Number.isNaN(time)) return NaN;
  if (time % DAY_MS !== 0) return newYorkMidnight(time);
  return newYorkTime(new Date(time).toISOString().slice(0, 10), 0);
}
