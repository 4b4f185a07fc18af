/** Real quotes decide at opens: price, marketability, freshness. */
import { expect, test } from 'vitest';
import { columnsOf } from '../market/bars';
import { createTape } from '../market/tape';
import { formatDecimal, money } from '../units/decimal';
import { MINUTE_MS } from '../units/time';
import { configurationOf, TEN_O_CLOCK, termsOf } from './scenario.fixture';
import { Simulation } from './simulation';

type QuoteRow = readonly [minute: number, bid: number, ask: number];

function filledAt(quotes: readonly QuoteRow[], side: 'buy' | 'sell', limit?: string): string | null {
  const bars = [0, 1, 2].map((minute) => ({
    time: TEN_O_CLOCK + minute * MINUTE_MS,
    ...{
      open: 100,
      high: 100,
      low: 100,
      close: 100,
      volume: 1_000,
      vwap: Number.NaN,
      tradeCount: Number.NaN,
    },
  }));
  const column = (field: 0 | 1 | 2): Float64Array => Float64Array.from(quotes, (row) => row[field]);
  const at = column(0).map((minute) => TEN_O_CLOCK + minute * MINUTE_MS);
  const tape = createTape('1Min', [
    { symbol: 'ACME', bars: columnsOf(bars), quotes: { at, bid: column(1), ask: column(2) } },
  ]);
  const slippage = { model: 'ticks', ticks: 7 } as const;
  const configuration = configurationOf({ tape: { ACME: [] }, configuration: { slippage } });
  const simulation = Simulation.start(configuration, tape);
  simulation.apply({ type: 'OpenAccount', cash: money('100000') });
  const place = (orderSide: 'buy' | 'sell', words: { limit?: string }): void => {
    const type = words.limit === undefined ? 'market' : 'limit';
    simulation.apply({
      type: 'PlaceOrder',
      account: 0,
      terms: termsOf(orderSide, type, { qty: '1', ...words }),
    });
  };
  if (side === 'sell') place('buy', {});
  simulation.apply({ type: 'AdvanceClock', target: { to: 'bars', bars: 2 } });
  const before = simulation.fills(0).length;
  place(side, limit === undefined ? {} : { limit });
  const fill = simulation.fills(0)[before];
  return fill === undefined ? null : formatDecimal(fill.price);
}

test('a buy pays the ask and a sell gets the bid, without slippage on top', () => {
  expect(filledAt([[2, 99.97, 100.04]], 'buy')).toBe('100.04');
  expect(filledAt([[2, 99.97, 100.04]], 'sell')).toBe('99.97');
});
test('a limit is marketable at the open by the quote, not by the print', () => {
  expect(filledAt([[2, 99.97, 100.04]], 'buy', '100.02')).toBeNull();
  expect(filledAt([[2, 99.97, 100.01]], 'buy', '100.02')).toBe('100.01');
});
test('a quote that is stale, crossed, one-sided or of later counts for nothing', () => {
  expect(filledAt([[0.9, 99.97, 100.04]], 'buy')).toBe('100.07');
  expect(filledAt([[2, 100.05, 100.04]], 'buy')).toBe('100.07');
  expect(filledAt([[2, Number.NaN, 100.04]], 'buy')).toBe('100.07');
  expect(filledAt([[2.5, 99.97, 100.04]], 'buy')).toBe('100.07');
  expect(filledAt([[1, 99.97, 100.04]], 'buy')).toBe('100.04');
});
