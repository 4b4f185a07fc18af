/** Invented minutes for the crash test: some months of one symbol, each minute a little away from the last. */
import { tradingDaysBetween } from '../../server/engine/calendar/trading-day';
import { columnsOf, type Bar, type BarColumns } from '../../server/engine/market/bars';
import { MINUTE_MS } from '../../server/engine/units/time';

export const SYMBOL = 'CRSH';
/** Trading days, a clock change among them: more than the bot gets through. */
const DAYS = tradingDaysBetween('2024-03-05', '2024-05-31');

export function inventedBars(): BarColumns {
  const bars: Bar[] = [];
  let close = 100;
  for (const day of DAYS) {
    for (let time = day.open; time < day.close; time += MINUTE_MS) {
      const open = close;
      close = Math.round((open + Math.sin(bars.length / 7) / 5) * 100) / 100;
      const [high, low] = [Math.max(open, close) + 0.05, Math.min(open, close) - 0.05];
      const prices = { open, high: Math.round(high * 100) / 100, low: Math.round(low * 100) / 100, close };
      bars.push({ time, ...prices, volume: 5_000, vwap: NaN, tradeCount: NaN });
    }
  }
  return columnsOf(bars);
}

export function asCsv(bars: BarColumns): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let index = 0; index < bars.length; index += 1) {
    const time = new Date(bars.time[index] ?? 0).toISOString();
    const { open, high, low, close, volume } = bars;
    lines.push([time, open[index], high[index], low[index], close[index], volume[index]].join(','));
  }
  return `${lines.join('\n')}\n`;
}
