/** Every refusal of an order with its status, code, words and fields, over a real server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bot, bracket } from '../runtime/bot.fixture';
import { startGate, type GateServer } from '../runtime/gate.fixture';

let server: GateServer;
beforeAll(async () => {
  server = await startGate();
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});

describe('refusals', () => {
  test('own orders on the other side', async () => {
    const bot = await Bot.open(server);
    await bot.place({ qty: '50' });
    const { id } = await bot.place({ type: 'limit', limit_price: '111.00' });
    const wash = (kind: string) => ({
      code: 40310000,
      message: 'potential wash trade detected. use complex orders',
      existing_order_id: id,
      reject_reason: `opposite side ${kind} order exists`,
    });
    expect(await bot.refused({ side: 'sell' })).toEqual([403, wash('market/stop')]);
    expect(await bot.refused({ side: 'sell', type: 'limit', limit_price: '111.00' })).toEqual([
      403,
      wash('limit'),
    ]);
    await bot.place({ side: 'sell', type: 'limit', limit_price: '111.01', qty: '1' });
  });

  test('quantities that are held', async () => {
    const bot = await Bot.open(server);
    await bot.place({});
    await bot.place({ side: 'sell', type: 'limit', limit_price: '150', qty: '4' });
    expect(await bot.refused({ side: 'sell', type: 'limit', limit_price: '150', qty: '7' })).toEqual([
      403,
      {
        code: 40310000,
        message: 'insufficient qty available for order (requested: 7, available: 6)',
        available: '6',
        existing_qty: '10',
        held_for_orders: '4',
        symbol: 'ACME',
      },
    ]);
  });

  const exits = (limit: string, stop: string) => ({
    take_profit: { limit_price: limit },
    stop_loss: { stop_price: stop },
  });

  test.each<[object, number, number, RegExp, object]>([
    [{ ...bracket, ...exits('111.30', '110') }, 422, 42210000, /^take_profit.limit_price must be >= base_price \+ 0.01$/, { base_price: '111.3' }],
    [{ ...bracket, ...exits('112', '111.30') }, 422, 42210000, /^stop_loss.stop_price must be <= base_price - 0.01$/, { base_price: '111.3' }],
    [{ ...bracket, ...exits('110', '111') }, 422, 42210000, /^take_profit.limit_price must be > stop_loss.stop_price$/, {}],
    [{ ...bracket, ...exits('112.001', '111') }, 422, 42210000, /^invalid take_profit.limit_price 112.001. sub-penny/, {}],
    [{ ...bracket, time_in_force: 'ioc' }, 422, 42210000, /^bracket orders must be DAY or GTC orders$/, {}],
    [{ ...bracket, qty: '1.5' }, 422, 42210000, /^fractional orders must be simple orders$/, {}],
    [{ ...bracket, extended_hours: true }, 422, 42210000, /^extended hours order must be DAY or GTC limit orders$/, {}],
    [{ order_class: 'oco', type: 'limit', side: 'sell', ...exits('115', '110') }, 422, 42210000, /^oco orders must be exit orders$/, {}],
    [{ order_class: 'oco', side: 'sell', ...exits('115', '110') }, 422, 40010001, /^oco orders must be limit orders$/, {}],
    [{ ...exits('115', '110') }, 422, 40010001, /^take_profit and stop_loss are for bracket, oco and oto orders$/, {}],
    [{ type: 'trailing_stop' }, 422, 40010001, /^trailing stop orders must specify one of trail_price or trail_percent$/, {}],
    [{ type: 'trailing_stop', trail_price: 1, trail_percent: 1 }, 422, 40010001, /must specify one of/, {}],
    [{ trail_price: 1 }, 422, 40010001, /^market orders do not take a trail$/, {}],
    [{ type: 'stop', stop_price: '111' }, 422, 42210000, /^stop price must be greater than current price$/, { stop_price: '111', market_price: '111.69' }],
    [{ time_in_force: 'opg' }, 403, 40310000, /^opg orders must be submitted after 7:00pm and before 9:28am$/, {}],
    [{ extended_hours: true }, 422, 42210000, /^extended hours order must be DAY or GTC limit orders$/, {}],
    [{ side: 'sell', qty: '0.5' }, 422, 42210000, /^fractional orders cannot be sold short$/, {}],
    [{ qty: '5000' }, 403, 40310000, /^insufficient buying power$/, { buying_power: '200000', cost_basis: /^\d/ }],
    [{ position_intent: 'sell_to_close' }, 422, 42210000, /^position intent mismatch, inferred: buy_to_open, specified: sell_to_close$/, {}],
  ])('%j', async (body, status, code, message, extra) => {
    const bot = await Bot.open(server);
    const reply = await bot.send(body);
    expect(reply.status, reply.text).toBe(status);
    const json = reply.json as Record<string, unknown>;
    expect(json).toMatchObject({ code, message: expect.stringMatching(message) });
    for (const [name, value] of Object.entries(extra)) {
      expect(json[name]).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
    }
    expect(await bot.read('/v2/orders?status=all')).toEqual([]);
  }); // prettier-ignore

  test('what an account may not do', async () => {
    const cash = await Bot.open(server, { account: { multiplier: '1' } });
    expect(await cash.refused({ side: 'sell' })).toEqual([
      403,
      { code: 40310000, message: 'account is not allowed to short' },
    ]);
    const bot = await Bot.open(server);
    await bot.place({ type: 'limit', limit_price: '100' });
    expect(await bot.refused({ side: 'sell', type: 'limit', limit_price: '120' })).toEqual([
      403,
      { code: 40310000, message: 'cannot open a short sell while a long buy order is open' },
    ]);
  });

  test('the fourth day trade', async () => {
    const bot = await Bot.open(server, {}, { initial_cash: '20000' });
    for (let round = 0; round < 3; round++) {
      await bot.place({ qty: '1' });
      await bot.place({ qty: '1', side: 'sell' });
    }
    expect(await bot.read('/v2/account')).toMatchObject({ daytrade_count: 3, pattern_day_trader: false });
    await bot.place({ qty: '1' });
    expect(await bot.refused({ qty: '1', side: 'sell' })).toEqual([
      403,
      { code: 40310100, message: 'trade denied due to pattern day trading protection' },
    ]);
  });
});
