/** Equity over time: what the account was worth when, and what of it is profit. */
import { describe, expect, test } from 'vitest';
import { formatDecimal, money, quantity } from '../units/decimal';
import { DAY_MS } from '../units/time';
import { BEFORE_THE_CLOSE, flat, overnight } from './overnight.fixture';
import type { HistoryQuery } from './portfolio-history';
import { Market } from './scenario.fixture';

const QUERY: HistoryQuery = {
  timeframe: '1Min',
  from: BEFORE_THE_CLOSE,
  to: BEFORE_THE_CLOSE + 5 * DAY_MS,
  hours: 'regular',
  resets: 'no_reset',
};

function run(): Market {
  const market = new Market({
    cash: '10000',
    start: BEFORE_THE_CLOSE,
    end: BEFORE_THE_CLOSE + 5 * DAY_MS,
    tape: { ACME: overnight([flat(100), flat(110)], [flat(30), flat(31), flat(29)]) },
    actions: [
      {
        symbol: 'ACME',
        exDate: '2024-03-13',
        kind: 'split',
        newShares: quantity('4'),
        oldShares: quantity('1'),
      },
    ],
  });
  market.place('buy', 'market', { qty: '50' });
  market.minutes(2);
  market.do({ type: 'AdjustCash', account: 0, amount: money('1000') });
  market.minutes(3);
  return market;
}

function rows(market: Market, query: Partial<HistoryQuery>): string[] {
  const { points } = market.simulation.portfolioHistory(0, { ...QUERY, ...query });
  return points.map(({ label, equity, profitLoss, profitLossRatio }) =>
    [
      new Date(label).toISOString().slice(0, 16),
      ...[equity, profitLoss, profitLossRatio].map(formatDecimal),
    ].join(' '),
  );
}

describe('portfolio history', () => {
  test('by the minute, across a split and a deposit', () => {
    expect(rows(run(), {})).toEqual([
      '2024-03-12T19:58 10000 0 0',
      '2024-03-12T19:59 11500 500 0.05',
      '2024-03-13T13:30 12000 1000 0.1',
      '2024-03-13T13:31 12200 1200 0.12',
    ]);
  });

  test('counted anew from each previous close', () => {
    expect(rows(run(), { resets: 'per_day' }).slice(2)).toEqual([
      '2024-03-13T13:30 12000 500 0.043478261',
      '2024-03-13T13:31 12200 700 0.060869565',
    ]);
  });

  test('by the day, today as it stands', () => {
    expect(rows(run(), { timeframe: '1D' })).toEqual([
      '2024-03-13T00:00 11500 500 0.05',
      '2024-03-14T00:00 12200 1200 0.12',
    ]);
  });

  test('its base is the close before it, and deposits are told beside it', () => {
    const market = run();
    const { baseValue, baseValueAsof } = market.simulation.portfolioHistory(0, {
      ...QUERY,
      from: BEFORE_THE_CLOSE + DAY_MS / 2,
    });
    expect([formatDecimal(baseValue), baseValueAsof]).toEqual(['11500', '2024-03-12']);
    const { cashflow } = market.simulation.portfolioHistory(0, { ...QUERY, timeframe: '1D' });
    expect(cashflow.get('CSD')?.map(formatDecimal)).toEqual(['1000', '0']);
  });

  test('ends where the account stands now', () => {
    const market = run();
    const { points } = market.simulation.portfolioHistory(0, QUERY);
    expect(points.at(-1)?.equity).toBe(market.simulation.account(0)?.equity);
  });
});
