/** What the chart draws of orders: a marker a fill, a line an open order. Pure. */
import { formatPrice, formatQuantity } from '../ui/decimal';
import type { FillRow, OrderRow } from '../client/trpc';
import { barStart, type ChartTimeframe } from './timeframes';

/** More single markers than this cannot be told apart; then each bar tells its sum. */
const SINGLE_MARKERS_MAX = 300;

export interface FillMarker {
  readonly id: string;
  /** Start of the bar that it stands on, epoch milliseconds. */
  readonly time: number;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly text: string;
}

export interface OrderLine {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly title: string;
}

function single(fill: FillRow, time: number): FillMarker {
  const { side, quantity, id } = fill;
  const text = `${side === 'buy' ? 'B' : 'S'} ${formatQuantity(quantity)}`;
  return { id: `fill:${id}`, time, side, price: Number(fill.price), text };
}

/** "3B 120": how many, which side, how much; a mixed bar gets one of each. */
function summed(time: number, side: FillRow['side'], fills: readonly FillRow[]): FillMarker {
  const total = fills.reduce((sum, fill) => sum + Number(fill.quantity), 0);
  const value = fills.reduce((sum, fill) => sum + Number(fill.quantity) * Number(fill.price), 0);
  const text = `${fills.length}${side === 'buy' ? 'B' : 'S'} ${formatQuantity(String(Number(total.toFixed(9))))}`;
  return { id: `fill:${fills[0]?.id ?? ''}`, time, side, price: total === 0 ? 0 : value / total, text };
}

/** Markers of the fills from `from` on, ascending by time. */
export function fillMarkers(
  fills: readonly FillRow[],
  timeframe: ChartTimeframe,
  from: number,
): FillMarker[] {
  const placed = fills
    .map((fill) => ({ fill, time: barStart(timeframe, fill.barTime) }))
    .filter(({ time }) => time >= from)
    .sort((a, b) => a.time - b.time);
  if (placed.length <= SINGLE_MARKERS_MAX) return placed.map(({ fill, time }) => single(fill, time));
  const bars = new Map<number, typeof placed>();
  for (const one of placed) bars.set(one.time, [...(bars.get(one.time) ?? []), one]);
  return [...bars].flatMap(([time, inBar]) =>
    (['buy', 'sell'] as const).flatMap((side) => {
      const ofSide = inBar.map(({ fill }) => fill).filter((fill) => fill.side === side);
      return ofSide.length === 0 ? [] : [summed(time, side, ofSide)];
    }),
  );
}

const WORDS: Record<OrderRow['type'], string> = {
  market: 'MKT',
  limit: 'LMT',
  stop: 'STP',
  stop_limit: 'STP LMT',
  trailing_stop: 'TRAIL',
};

function amount({ quantity, notional }: OrderRow): string {
  return quantity === null ? `$${formatPrice(notional ?? '0')}` : formatQuantity(quantity);
}

/** Lines of the open orders that wait for a price; a stop limit shows its stop until it is reached. */
export function orderLines(orders: readonly OrderRow[]): OrderLine[] {
  return orders.flatMap((order) => {
    const waitsForStop = order.stopPrice !== null && !order.isTriggered;
    const price = waitsForStop ? order.stopPrice : order.limitPrice;
    if (!order.isOpen || price === null) return [];
    const title = `${order.side.toUpperCase()} ${amount(order)} ${WORDS[order.type]}`;
    return [{ id: `ord:${order.id}`, side: order.side, price: Number(price), title }];
  });
}
