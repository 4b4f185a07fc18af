/** What happens to orders besides the vectors: arrival, times in force, collars, amounts, holds, changes. */
import { describe, expect, test } from 'vitest';
import { formatDecimal, price, quantity, ratio } from '../units/decimal';
import { Market, PLAIN, TEN_O_CLOCK, type Ohlcv } from './scenario.fixture';

const FLAT: Ohlcv = [100, 100, 100, 100];
const alpacaCollar = { fill: { ...PLAIN.fill, collar: 'alpaca' } } as const;
const NINE_THIRTY = Date.parse('2024-03-12T13:30:00Z');

describe('arrival', () => {
  test('slippage at an open comes from the newest closed bars, not from the bar that opens', () => {
    const quiet: Ohlcv = [100, 101, 100, 100];
    const market = new Market({
      tape: { ACME: [quiet, quiet, [100, 200, 50, 100]] },
      configuration: { slippage: { model: 'range_fraction', fraction: ratio('0.1') } },
    });
    market.minutes(2);
    market.place('buy', 'market', { qty: '1' });
    expect(market.fills()).toEqual(['1 @ 100.1']);
  });

  test('an even count of bars takes the mean of the middle two', () => {
    const market = new Market({
      tape: { ACME: [[100, 101, 100, 100], [100, 103, 100, 100], FLAT] },
      configuration: { slippage: { model: 'range_fraction', fraction: ratio('0.1') } },
    });
    market.minutes(2);
    market.place('buy', 'market', { qty: '1' });
    expect(market.fills()).toEqual(['1 @ 100.2']);
  });

  test('without history it is 5 basis points, no cap, and the fill says so', () => {
    const market = new Market({
      tape: { ACME: [FLAT] },
      configuration: {
        slippage: { model: 'range_fraction', fraction: ratio('0.1') },
        volume: { model: 'participation', rate: ratio('0.1'), scope: 'account' },
      },
    });
    market.place('buy', 'market', { qty: '5000' });
    expect(market.fills()).toEqual(['5000 @ 100.05 no_history']);
  });

  test('what fills at the open counts against that bar, whose own volume rules at its close', () => {
    const tenth = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
    const market = new Market({
      tape: { ACME: [[100, 100, 100, 100, 1_000], [100, 100, 90, 95, 1_500], FLAT] },
      configuration: { volume: tenth },
    });
    market.minutes(1);
    market.place('buy', 'market', { qty: '100' });
    market.place('buy', 'limit', { qty: '100', limit: '95' });
    market.minutes(1);
    expect(market.blotter().filter((line) => line.includes('fill'))).toEqual([
      '#0 fill 100 @ 100',
      '#1 fill 50 @ 95',
    ]);
  });

  test('a resting order meets an open only as the clock leaves it: canceled before, it escapes', () => {
    const market = new Market({ tape: { ACME: [FLAT, [90, 90, 90, 90]] } });
    market.place('buy', 'limit', { qty: '1', limit: '95' });
    market.minutes(1);
    market.cancel(0);
    market.minutes(1);
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled requested']);
  });

  test('out of hours a market order waits for the regular open and is accepted until then', () => {
    const market = new Market({
      start: NINE_THIRTY - 120_000,
      tape: { ACME: [[90, 90, 90, 90], [91, 91, 91, 91], FLAT, FLAT] },
    });
    market.place('buy', 'market', { qty: '1' });
    const order = market.simulation.order(0);
    expect(order && market.simulation.statusOf(order)).toBe('accepted');
    market.advance({ to: 'open' });
    expect(market.fills()).toEqual([]);
    expect(order && market.simulation.statusOf(order)).toBe('new');
    market.minutes(1);
    expect(market.fills()).toEqual(['1 @ 100']);
  });
});

describe('immediate or cancel, fill or kill', () => {
  const tenth = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
  const tape = { ACME: [[100, 100, 100, 100, 1_000], FLAT] as Ohlcv[] };

  test('ioc takes what the open gives and cancels the rest', () => {
    const market = new Market({ tape, configuration: { volume: tenth } });
    market.minutes(1);
    market.place('buy', 'market', { qty: '150', tif: 'ioc' });
    expect(market.blotter()).toEqual(['#0 new', '#0 fill 100 @ 100', '#0 canceled immediate_or_cancel']);
  });
  test('fok takes all of it or nothing', () => {
    const market = new Market({ tape, configuration: { volume: tenth } });
    market.minutes(1);
    market.place('buy', 'market', { qty: '150', tif: 'fok' });
    market.place('buy', 'market', { qty: '100', tif: 'fok' });
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled fill_or_kill', '#1 new', '#1 fill 100 @ 100']);
  });
  test('a limit that the open does not reach is over at once', () => {
    const market = new Market({ tape });
    market.place('buy', 'limit', { qty: '1', limit: '99', tif: 'ioc' });
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled immediate_or_cancel']);
  });
  test('sent inside a bar it waits for the next scheduled open, and no longer', () => {
    const market = new Market({ tape: { ACME: [FLAT, FLAT, null, FLAT] } });
    market.advance({ to: 'duration', durationMs: 30_000 });
    market.place('buy', 'market', { qty: '1', tif: 'ioc' });
    expect(market.fills()).toEqual([]);
    market.minutes(2);
    expect(market.fills()).toEqual(['1 @ 100']);
    market.advance({ to: 'time', time: TEN_O_CLOCK + 110_000 + 20_000 });
    market.place('buy', 'limit', { qty: '1', limit: '50', tif: 'ioc' });
    market.minutes(1);
    market.minutes(1);
    expect(market.blotter().at(-1)).toBe('#1 canceled immediate_or_cancel');
  });
  test('where no bar opens at the scheduled open it is canceled', () => {
    const market = new Market({ tape: { ACME: [FLAT, null, FLAT] } });
    market.minutes(1);
    market.place('buy', 'market', { qty: '1', tif: 'fok' });
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled fill_or_kill']);
  });
});

describe("Alpaca's collar", () => {
  test('a market buy reserves its reference price and 2.5 % (4 % under 50 dollars)', () => {
    const market = new Market({
      tape: { ACME: [FLAT, null], PENNY: [[10, 10, 10, 10], null] },
      configuration: alpacaCollar,
    });
    market.minutes(1);
    market.place('buy', 'market', { qty: '10' });
    market.place('buy', 'market', { qty: '10', symbol: 'PENNY' });
    // The quote made from 100 with one basis point on each side is 99.99 to 100.01; from 10, 9.99 to 10.01.
    expect(market.simulation.openOrders(0).map((order) => formatDecimal(order.reserved))).toEqual([
      '1025.1025',
      '104.104',
    ]);
  });
  test('beyond it the order rests, and fills at it when price comes back', () => {
    const market = new Market({
      tape: { ACME: [FLAT, null, [110, 112, 101, 105]] },
      configuration: alpacaCollar,
    });
    market.minutes(1);
    market.place('buy', 'market', { qty: '10' });
    market.minutes(2);
    expect(market.fills()).toEqual(['10 @ 102.51025']);
  });
  test('a buy stop that gaps over it does not fill there', () => {
    const market = new Market({
      tape: { ACME: [FLAT, [110, 112, 108, 109], [104, 104, 104, 104]] },
      configuration: alpacaCollar,
    });
    market.minutes(1);
    market.place('buy', 'stop', { qty: '1', stop: '101' });
    market.minutes(1);
    expect(market.blotter()).toEqual(['#0 new', '#0 triggered @ 110']);
    market.minutes(1);
    expect(market.fills()).toEqual([]);
  });
});

describe('amounts', () => {
  test('a notional order buys what it pays for, rounded down at nine decimals', () => {
    const market = new Market({ cash: '1000', tape: { ACME: [[300, 300, 300, 300]] } });
    market.place('buy', 'market', { notional: '100' });
    expect(market.fills()).toEqual(['0.333333333 @ 300']);
    expect(market.cash()).toBe('900.0000001');
    expect(formatDecimal(market.simulation.account(0)?.reserved ?? 1n)).toBe('0');
  });
  test('a fraction of a share trades like any other, as a day order only', () => {
    const market = new Market({ tape: { ACME: [FLAT, FLAT] } });
    expect(market.place('buy', 'limit', { qty: '0.5', limit: '101', tif: 'gtc' })?.code).toBe(
      'fractional_not_day',
    );
    market.place('buy', 'limit', { qty: '0.5', limit: '101' });
    expect(market.fills()).toEqual(['0.5 @ 100 gap']);
  });
  test('nothing and less than nothing cannot be ordered', () => {
    const market = new Market({ tape: { ACME: [FLAT] } });
    expect(market.place('buy', 'market', { qty: '0' })?.code).toBe('quantity_not_positive');
    expect(market.place('buy', 'market', { notional: '-5' })?.code).toBe('notional_not_positive');
    expect(market.place('buy', 'market', { notional: '0.5' })?.code).toBe('notional_too_small');
  });
  test('an order that cash cannot cover at its price is canceled, not filled on credit', () => {
    const market = new Market({ cash: '50', tape: { ACME: [FLAT] } });
    market.place('buy', 'market', { qty: '1' });
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled insufficient_buying_power']);
    expect(market.cash()).toBe('50');
  });
});

describe('holds', () => {
  test('shares in open sell orders cannot be sold twice', () => {
    const market = new Market({ tape: { ACME: [FLAT, FLAT] } });
    market.place('buy', 'market', { qty: '10' });
    expect(market.place('sell', 'limit', { qty: '7', limit: '110' })).toBeNull();
    expect(market.place('sell', 'limit', { qty: '4', limit: '120' })).toMatchObject({
      code: 'insufficient_quantity',
      requested: quantity('4'),
      available: quantity('3'),
      existing: quantity('10'),
      held: quantity('7'),
    });
    market.cancel(1);
    expect(market.place('sell', 'limit', { qty: '10', limit: '120' })).toBeNull();
  });
  test('a sale without a position is refused: accounts are long only', () => {
    const market = new Market({ tape: { ACME: [FLAT] } });
    expect(market.place('sell', 'market', { qty: '1' })?.code).toBe('shorting_not_allowed');
  });
});

describe('replacing', () => {
  const resting = (): Market => {
    const market = new Market({ cash: '1000', tape: { ACME: [FLAT, FLAT, FLAT] } });
    market.place('buy', 'limit', { qty: '8', limit: '90', id: 'mine' });
    return market;
  };
  const nothing = {
    quantity: null,
    limitPrice: null,
    stopPrice: null,
    trailOffset: null,
    timeInForce: null,
    clientOrderId: null,
  };

  test('gives a new order, with what the old one held counted as free', () => {
    const market = resting();
    expect(
      market.do({
        type: 'ReplaceOrder',
        account: 0,
        order: 0,
        changes: { ...nothing, quantity: quantity('11') },
      }),
    ).toBeNull();
    expect(market.blotter()).toEqual(['#0 new', '#0 replaced by #1']);
    expect(market.simulation.order(1)).toMatchObject({
      replaces: 0,
      quantity: quantity('11'),
      state: 'open',
    });
    expect(formatDecimal(market.simulation.account(0)?.reserved ?? 0n)).toBe('990');
  });
  test('a price at which it is marketable is offered the open that stands', () => {
    const market = resting();
    market.do({
      type: 'ReplaceOrder',
      account: 0,
      order: 0,
      changes: { ...nothing, limitPrice: price('110') },
    });
    expect(market.fills()).toEqual(['8 @ 100 gap']);
  });
  test('refuses what changes nothing, what is done, and what was already filled', () => {
    const market = resting();
    const replace = (
      order: number,
      changes: Partial<typeof nothing> & { quantity?: typeof nothing.quantity },
    ) => market.do({ type: 'ReplaceOrder', account: 0, order, changes: { ...nothing, ...changes } })?.code;
    expect(replace(0, {})).toBe('order_unchanged');
    market.cancel(0);
    expect(replace(0, {})).toBe('order_not_replaceable');
    expect(replace(7, {})).toBe('order_not_found');
  });
});

describe('ending', () => {
  test('gtc ends at 16:15 New York, 90 days on', () => {
    const market = new Market({ tape: { ACME: [] }, end: TEN_O_CLOCK + 100 * 86_400_000 });
    market.place('buy', 'limit', { qty: '1', limit: '10', tif: 'gtc' });
    market.advance({ to: 'end' });
    const canceled = market.events.find((event) => event.type === 'OrderCanceled');
    expect(new Date(canceled?.at ?? 0).toISOString()).toBe('2024-06-10T20:15:00.000Z');
  });
  test('a client order id serves once, even after the order is gone', () => {
    const market = new Market({ tape: { ACME: [] } });
    market.place('buy', 'limit', { qty: '1', limit: '10', id: 'once' });
    market.cancel(0);
    expect(market.place('buy', 'limit', { qty: '1', limit: '10', id: 'once' })?.code).toBe(
      'client_order_id_taken',
    );
  });
});

describe('the clock', () => {
  const market = (start: string, tape: (Ohlcv | null)[] = []): Market =>
    new Market({ tape: { ACME: tape }, start: Date.parse(start), end: Date.parse('2024-03-20T20:00:00Z') });
  const now = (of: Market): string => new Date(of.simulation.now).toISOString().slice(0, 16);

  test('a step goes one minute on, gaps included, and past the close to the next open', () => {
    const of = market('2024-03-12T19:58:00Z');
    const seen: string[] = [];
    for (let i = 0; i < 4; i++) {
      of.minutes(1);
      seen.push(now(of));
    }
    expect(seen).toEqual(['2024-03-12T19:59', '2024-03-12T20:00', '2024-03-13T13:30', '2024-03-13T13:31']);
  });
  test('stops at the next event: at the close of the bar that filled', () => {
    const of = market('2024-03-12T14:00:00Z', [FLAT, FLAT, [100, 100, 95, 96], FLAT]);
    of.place('buy', 'limit', { qty: '1', limit: '95' });
    of.advance({ to: 'next_event' });
    expect(now(of)).toBe('2024-03-12T14:03');
    expect(of.fills()).toEqual(['1 @ 95 touch_only']);
  });
  test('does not go backwards, and stays at the end', () => {
    const of = market('2024-03-12T14:00:00Z');
    expect(of.do({ type: 'AdvanceClock', target: { to: 'time', time: 0 } })?.code).toBe('clock_backwards');
    of.advance({ to: 'end' });
    of.minutes(1);
    expect(now(of)).toBe('2024-03-20T20:00');
    expect(of.simulation.isCompleted).toBe(true);
  });
});

test('equity, last equity and profit are told as of the newest closed bar', () => {
  const market = new Market({ cash: '1000', tape: { ACME: [FLAT, [101, 112, 101, 110], FLAT] } });
  market.place('buy', 'market', { qty: '5' });
  market.minutes(2);
  const account = market.simulation.account(0);
  expect(formatDecimal(account?.equity ?? 0n)).toBe('1050');
  expect(formatDecimal(account?.lastEquity ?? 0n)).toBe('1000');
  expect(formatDecimal(account?.unrealizedProfit ?? 0n)).toBe('50');
  market.place('sell', 'market', { qty: '2' });
  expect(formatDecimal(market.simulation.position(0, 'ACME')?.costBasis ?? 0n)).toBe('300');
  expect(formatDecimal(market.simulation.account(0)?.realizedProfit ?? 1n)).toBe('0');
});

test('intraday profit counts what of the position came today, at its cost, whatever was sold since', () => {
  const market = new Market({ tape: { ACME: [FLAT, [110, 110, 110, 110], FLAT] } });
  const intraday = (): [string, string] => {
    const { quantity: shares, cost } = market.simulation.position(0, 'ACME')?.intraday ?? {
      quantity: 0n,
      cost: 0n,
    };
    return [formatDecimal(shares), formatDecimal(cost)];
  };
  market.place('buy', 'market', { qty: '10' });
  market.minutes(1);
  market.place('sell', 'market', { qty: '9' });
  expect(intraday()).toEqual(['1', '100']);
  expect(formatDecimal(market.simulation.position(0, 'ACME')?.costBasis ?? 0n)).toBe('100');
});
