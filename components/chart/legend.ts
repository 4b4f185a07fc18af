/** The line above the candles: open, high, low, close, volume of one bar. Written straight to the page, once a mouse move. */
import { formatClock, formatDate } from '../clock/new-york';
import { formatPercent, formatPrice, withSign } from '../ui/decimal';
import type { ChartBar } from './bar-series';
import type { ChartTimeframe } from './timeframes';

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

export function barTime(bar: ChartBar, timeframe: ChartTimeframe): string {
  return timeframe.lengthMs === null ? formatDate(bar.time) : formatClock(bar.time).slice(4, 20);
}

export function priceText(value: number): string {
  return formatPrice(value.toFixed(4));
}

function volumeText(value: number): string {
  return COMPACT.format(value);
}

/** Change over the bar in percent, with its sign. */
export function changeText({ open, close }: ChartBar): string {
  const percent = (open === 0 ? 0 : ((close - open) / open) * 100).toFixed(2);
  return `${withSign(percent, formatPercent(percent))} %`;
}

export function writeLegend(
  element: HTMLElement,
  bar: ChartBar | undefined,
  timeframe: ChartTimeframe,
): void {
  const write = (field: string, text: string): void => {
    const cell = element.querySelector<HTMLElement>(`[data-field="${field}"]`);
    if (cell !== null) cell.textContent = text;
  };
  element.dataset['direction'] = bar !== undefined && bar.close < bar.open ? 'down' : 'up';
  write('time', bar === undefined ? '' : barTime(bar, timeframe));
  write('open', bar === undefined ? '–' : priceText(bar.open));
  write('high', bar === undefined ? '–' : priceText(bar.high));
  write('low', bar === undefined ? '–' : priceText(bar.low));
  write('close', bar === undefined ? '–' : priceText(bar.close));
  write('volume', bar === undefined ? '–' : volumeText(bar.volume));
  write('change', bar === undefined ? '' : changeText(bar));
}
