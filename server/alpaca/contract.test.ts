/** Every answer against the published schemas, with the corrections that the real service asks for, and against golden shapes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startGate,
  type GateServer,
  type Keys,
  type OpenedSession,
  type Reply,
} from '../runtime/gate.fixture';
import { conforms, hasContract, ORDER_SHAPE, shape } from '../runtime/contract.fixture';

if (!hasContract)
  console.log('PADDOCK_CONTRACT names no OpenAPI files: answers are checked against golden shapes only');

let server: GateServer;
let session: OpenedSession;
let keys: Keys;
beforeAll(async () => {
  server = await startGate();
  session = await server.open();
  keys = session.keys;
});
afterAll(() => server.close());

const get = (path: string): Promise<Reply> => server.call('GET', path, { keys });
const advance = (bars: number): Promise<Reply> =>
  server.call('POST', `/v1/sessions/${session.id}/time/advance`, { body: { bars } });
const place = (body: Record<string, unknown>): Promise<Reply> =>
  server.call('POST', '/v2/orders', {
    keys,
    body: { symbol: 'ACME', side: 'buy', type: 'market', time_in_force: 'day', qty: '10', ...body },
  });

describe('trading', () => {
  test('an account', async () => {
    const reply = await get('/v2/account');
    expect(reply.status).toBe(200);
    conforms(reply, 'trading/Account');
    expect(reply.json).toMatchObject({
      status: 'ACTIVE',
      cash: '100000',
      equity: '100000',
      buying_power: '100000',
      regt_buying_power: '100000',
      daytrading_buying_power: '0',
      non_marginable_buying_power: '100000',
      multiplier: '1',
      shorting_enabled: false,
      short_market_value: '0',
      daytrade_count: 0,
      pattern_day_trader: false,
      bod_dtbp: 0,
      crypto_tier: 1,
      user_configurations: null,
      balance_asof: '2024-01-02',
    });
  });

  test('a clock, in New York time', async () => {
    const reply = await get('/v2/clock');
    conforms(reply, 'trading/legacy_clock');
    expect(reply.json).toEqual({
      timestamp: '2024-01-03T09:30:00-05:00',
      is_open: true,
      next_open: '2024-01-04T09:30:00-05:00',
      next_close: '2024-01-03T16:00:00-05:00',
    });
  });

  test('a calendar with half days and settlement', async () => {
    const reply = await get('/v2/calendar?start=2024-11-28&end=2024-11-29');
    conforms(reply, 'trading/legacy_public_calendar_resp');
    expect(reply.json).toEqual([
      {
        date: '2024-11-29',
        open: '09:30',
        close: '13:00',
        session_open: '0400',
        session_close: '1700',
        settlement_date: '2024-12-02',
      },
    ]);
  });

  test('assets, by symbol and by id', async () => {
    const all = await get('/v2/assets?status=active&asset_class=us_equity');
    conforms(all, 'trading/Assets', true);
    const [acme] = all.json as { id: string; symbol: string; maintenance_margin_requirement: number }[];
    expect(acme).toMatchObject({ symbol: 'ACME', maintenance_margin_requirement: 30 });
    const one = await get(`/v2/assets/${acme?.id}`);
    conforms(one, 'trading/Assets');
    expect(one.json).toEqual(acme);
    expect((await get('/v2/assets/CHIP')).status).toBe(404); // loaded, but not of this session
  });

  test('an order in all its states', async () => {
    const resting = await place({ type: 'limit', limit_price: '90.00', time_in_force: 'gtc' });
    expect(resting.status).toBe(200);
    conforms(resting, 'trading/Order');
    expect(shape(resting.json)).toEqual(ORDER_SHAPE);
    expect(resting.json).toMatchObject({ status: 'new', qty: '10', limit_price: '90', order_class: '' });
    const { id } = resting.json as { id: string };
    const changed = await server.call('PATCH', `/v2/orders/${id}`, { keys, body: { limit_price: 91 } });
    conforms(changed, 'trading/Order');
    expect(changed.json).toMatchObject({ replaces: id, limit_price: '91', status: 'new' });
    const filled = await place({ qty: 5 });
    conforms(filled, 'trading/Order');
    expect(filled.json).toMatchObject({ status: 'filled', filled_qty: '5', notional: null });
    const notional = await place({ qty: undefined, notional: '250.75' });
    conforms(notional, 'trading/Order');
    expect(notional.json).toMatchObject({ qty: null, notional: '250.75', status: 'filled' });
    const ioc = await place({ type: 'limit', limit_price: '1', time_in_force: 'ioc' });
    conforms(ioc, 'trading/Order');
    expect(ioc.json).toMatchObject({ status: 'canceled' });
    expect(Object.keys(ioc.json as object)).not.toContain('expires_at'); // never null
    const list = await get('/v2/orders?status=all&limit=500');
    conforms(list, 'trading/Order', true);
    expect((list.json as { status: string }[]).map((order) => order.status)).toEqual([
      'canceled',
      'filled',
      'filled',
      'new',
      'replaced',
    ]);
  });

  test('positions and fills', async () => {
    await advance(5);
    const positions = await get('/v2/positions');
    conforms(positions, 'trading/Position', true);
    const one = await get('/v2/positions/ACME');
    conforms(one, 'trading/Position');
    expect(one.json).toMatchObject({ symbol: 'ACME', side: 'long', asset_class: 'us_equity' });
    const fills = await get('/v2/account/activities/FILL');
    conforms(fills, 'trading/TradingActivities', true);
    expect(fills.json).toHaveLength(2);
    for (const { id } of fills.json as { id: string }[])
      expect(id).toMatch(/^20240103093000000::[0-9a-f-]{36}$/);
  });

  test('closing and canceling everything', async () => {
    const closed = await server.call('DELETE', '/v2/positions?cancel_orders=True', { keys });
    expect(closed.status).toBe(207);
    conforms(closed, 'trading/PositionClosedReponse', true);
    expect(closed.json).toMatchObject([
      { symbol: 'ACME', status: 200, body: { side: 'sell', type: 'market' } },
    ]);
    await place({ type: 'limit', limit_price: '90' });
    const canceled = await server.call('DELETE', '/v2/orders', { keys });
    expect(canceled.status).toBe(207);
    conforms(canceled, 'trading/CanceledOrderResponse', true);
    expect(canceled.json).toMatchObject([{ status: 200 }]);
    expect((await server.call('DELETE', '/v2/orders', { keys })).json).toEqual([]);
    expect((await server.call('DELETE', '/v2/positions', { keys })).json).toEqual([]);
  });
});

describe('market data', () => {
  test.each([
    ['/v2/stocks/bars?symbols=ACME,BOLT&timeframe=1Min', 'data/stock_bars_resp'],
    ['/v2/stocks/bars?symbols=NONE&timeframe=1Day', 'data/stock_bars_resp'],
    ['/v2/stocks/ACME/bars?timeframe=5Min&limit=2', 'data/stock_bars_resp_single'],
    ['/v2/stocks/bars/latest?symbols=ACME', 'data/stock_latest_bars_resp'],
    ['/v2/stocks/quotes/latest?symbols=ACME', 'data/stock_latest_quotes_resp'],
    ['/v2/stocks/trades/latest?symbols=ACME', 'data/stock_latest_trades_resp'],
    ['/v2/stocks/snapshots?symbols=ACME,BOLT', 'data/stock_snapshots_resp'],
    ['/v2/stocks/ACME/bars/latest', 'data/stock_latest_bars_resp_single'],
    ['/v2/stocks/ACME/quotes/latest', 'data/stock_latest_quotes_resp_single'],
    ['/v2/stocks/ACME/trades/latest', 'data/stock_latest_trades_resp_single'],
    ['/v2/stocks/ACME/snapshot', 'data/stock_snapshots_resp_single'],
  ])('%s', async (path, schema) => {
    const reply = await get(path);
    expect(reply.status, reply.text).toBe(200);
    conforms(reply, schema);
  });

  test('a snapshot holds the five things, in camelCase', async () => {
    const reply = await get('/v2/stocks/ACME/snapshot');
    expect(Object.keys(reply.json as object).sort()).toEqual(
      ['dailyBar', 'latestQuote', 'latestTrade', 'minuteBar', 'prevDailyBar', 'symbol'].sort(),
    );
    expect(reply.json).toMatchObject({
      minuteBar: { t: '2024-01-03T14:34:00Z' },
      dailyBar: { t: '2024-01-03T05:00:00Z' },
      prevDailyBar: { t: '2024-01-02T05:00:00Z' },
    });
  });
});

test('refusals have an integer code and a message, and every answer a request id', async () => {
  for (const path of ['/v2/account', '/v2/nothing', '/v2/orders/none', '/v2/stocks/bars']) {
    const reply = await get(path);
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    if (reply.status === 200) continue;
    expect(reply.json).toEqual({ code: expect.any(Number), message: expect.any(String) });
  }
  expect(server.faults).toEqual([]);
});
