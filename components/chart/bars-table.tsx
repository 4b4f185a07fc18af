'use client';
/** The chart as a table, for whoever cannot see or read a canvas: the newest bars, newest first. */
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/region';
import type { ChartBar } from './bar-series';
import { barTime, changeText, priceText } from './legend';
import type { ChartTimeframe } from './timeframes';

const ROWS_MAX = 300;
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const price = (id: 'open' | 'high' | 'low' | 'close', head: string): Column<ChartBar> => ({
  id,
  head,
  isNumber: true,
  cell: (bar) => priceText(bar[id]),
});

interface Props {
  readonly symbol: string;
  readonly timeframe: ChartTimeframe;
  readonly bars: readonly ChartBar[];
}

export function BarsTable({ symbol, timeframe, bars }: Props) {
  const columns: readonly Column<ChartBar>[] = [
    { id: 'time', head: 'Time (ET)', cell: (bar) => barTime(bar, timeframe) },
    price('open', 'Open'),
    price('high', 'High'),
    price('low', 'Low'),
    price('close', 'Close'),
    { id: 'change', head: 'Change', isNumber: true, isExtra: true, cell: changeText },
    { id: 'volume', head: 'Volume', isNumber: true, cell: (bar) => WHOLE.format(bar.volume) },
  ];
  if (bars.length === 0) return <Empty>No bars of {symbol} up to now.</Empty>;
  return (
    <DataTable
      caption={`${symbol}, bars of ${timeframe.words}, newest first`}
      columns={columns}
      rows={bars.slice(-ROWS_MAX).reverse()}
      keyOf={(bar) => String(bar.time)}
    />
  );
}
