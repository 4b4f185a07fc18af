/** What the chart draws of fills and orders. */
import { expect, test } from 'vitest';
import type { FillRow, OrderRow } from '../client/trpc';
import { fillMarkers, orderLines } from './fill-markers';
import { timeframesOf, type ChartTimeframe } from './timeframes';

const OPEN = Date.parse('2024-03-12T13:30:00Z');

function timeframe(id: ChartTimeframe['id']): ChartTimeframe {
  const found = timeframesOf('1Min').find((offered) => offered.id === id);
  if (found === undefined) throw new Error(`expected the timeframe ${id}`);
  return found;
}

function fill(minute: number, change: Partial<FillRow> = {}): FillRow {
  const barTime = OPEN + minute * 60_000;
  return {
    id: `fill-${minute}`,
    orderId: 'order',
    symbol: 'ACME',
    side: 'buy',
    at: barTime,
    barTime,
    price: '100.5',
    quantity: '10',
    positionQuantity: '10',
    tags: [],
    ...change,
  };
}

const ORDER: OrderRow = {
  id: 'order',
  clientOrderId: 'mine',
  symbol: 'ACME',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  quantity: '12',
  notional: null,
  limitPrice: '99.5',
  stopPrice: null,
  trailPrice: null,
  trailPercent: null,
  orderClass: 'simple',
  filledQuantity: '0',
  averagePrice: null,
  reserved: '1194',
  status: 'new',
  isOpen: true,
  isTriggered: false,
  cancelReason: null,
  acceptedAt: OPEN,
  updatedAt: OPEN,
  expiresAt: null,
};

test('a fill inside a bar stands on the bar it happened in, not on the one that follows', () => {
  const inside = fill(3, { at: OPEN + 4 * 60_000 });
  const [marker] = fillMarkers([inside], timeframe('1Min'), 0);
  expect(marker).toMatchObject({ id: 'fill:fill-3', time: OPEN + 3 * 60_000, price: 100.5, text: 'B 10' });
});

test('larger bars gather the fills of their minutes, a day at New York’s midnight', () => {
  expect(fillMarkers([fill(7)], timeframe('5Min'), 0)[0]?.time).toBe(OPEN + 5 * 60_000);
  expect(fillMarkers([fill(7)], timeframe('1Day'), 0)[0]?.time).toBe(Date.parse('2024-03-12T04:00:00Z'));
});

test('fills from before the first bar are left out', () => {
  expect(fillMarkers([fill(1), fill(9)], timeframe('1Min'), OPEN + 5 * 60_000)).toHaveLength(1);
});

test('more than three hundred are summed, a bar and a side each', () => {
  const crowd = Array.from({ length: 400 }, (_, index) =>
    fill(index % 2, { side: index % 4 < 2 ? 'buy' : 'sell', price: String(100 + (index % 2)) }),
  );
  const markers = fillMarkers(crowd, timeframe('1Min'), 0);
  expect(markers.map(({ text }) => text)).toEqual(['100B 1,000', '100S 1,000', '100B 1,000', '100S 1,000']);
  expect(markers[2]?.price).toBe(101);
});

test('an open limit order is a line at its limit, named by its id', () => {
  expect(orderLines([ORDER])).toEqual([{ id: 'ord:order', side: 'buy', price: 99.5, title: 'BUY 12 LMT' }]);
});

test('a stop limit waits at its stop, and at its limit once triggered', () => {
  const stopLimit: OrderRow = { ...ORDER, type: 'stop_limit', stopPrice: '101' };
  expect(orderLines([stopLimit])[0]?.price).toBe(101);
  expect(orderLines([{ ...stopLimit, isTriggered: true }])[0]?.price).toBe(99.5);
});

test('what is no longer open, or waits for no price, has no line', () => {
  expect(
    orderLines([
      { ...ORDER, isOpen: false },
      { ...ORDER, type: 'market', limitPrice: null },
    ]),
  ).toEqual([]);
});
