/** Families of orders, margin and what comes overnight, against the published schemas and golden shapes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGate, type GateServer, type OpenedSession, type Reply } from '../runtime/gate.fixture';
import { conforms, ORDER_SHAPE, shape, withDates } from '../runtime/contract.fixture';

let server: GateServer;
beforeAll(async () => {
  server = await startGate();
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});

describe('trading on margin, in families, over nights', () => {
  let other: OpenedSession;
  const ask = (method: string, path: string, body?: unknown): Promise<Reply> =>
    server.call(method, path, { keys: other.keys, ...(body === undefined ? {} : { body }) });
  const send = (body: object): Promise<Reply> =>
    ask('POST', '/v2/orders', {
      symbol: 'ACME',
      side: 'buy',
      type: 'market',
      time_in_force: 'gtc',
      qty: '20',
      ...body,
    });
  const go = (body: object): Promise<Reply> =>
    server.call('POST', `/v1/sessions/${other.id}/time/advance`, { body });

  beforeAll(async () => {
    other = await server.open({
      config: {
        interest: { margin_rate: '0.0625' },
        volume: { model: 'unlimited' },
        fees: { model: 'alpaca' },
        account: { multiplier: '2', shorting_enabled: true },
        regulation: { wash_trades: 'reject' },
      },
    });
  });

  test('orders with legs, alone and inside their parent', async () => {
    const placed = await send({
      order_class: 'bracket',
      type: 'limit',
      limit_price: '100',
      take_profit: { limit_price: '120' },
      stop_loss: { stop_price: '90', limit_price: '89.5' },
    });
    conforms(placed, 'trading/Order');
    const leg = { type: 'string', status: 'string' };
    expect(shape(placed.json)).toMatchObject({ ...ORDER_SHAPE, legs: [leg, leg] });
    for (const query of ['status=open', 'status=open&nested=true']) {
      conforms(await ask('GET', `/v2/orders?${query}`), 'trading/Order', true);
    }
    const { id } = placed.json as { id: string };
    conforms(await ask('GET', `/v2/orders/${id}?nested=true`), 'trading/Order');
    expect((await ask('DELETE', `/v2/orders/${id}`)).status).toBe(204);
  });

  test('a trailing stop, a short position and its account', async () => {
    const trailing = await send({ type: 'trailing_stop', trail_price: '2' });
    conforms(trailing, 'trading/Order');
    expect(trailing.json).toMatchObject({ trail_price: '2', hwm: '111.69', stop_price: '113.69' });
    await ask('DELETE', '/v2/orders');
    conforms(await send({ symbol: 'BOLT', side: 'sell', time_in_force: 'day' }), 'trading/Order');
    await go({ bars: 1 });
    const positions = await ask('GET', '/v2/positions');
    conforms(positions, 'trading/Position', true);
    expect(positions.json).toMatchObject([{ symbol: 'BOLT', side: 'short', qty: '-20' }]);
    const account = await ask('GET', '/v2/account');
    conforms(account, 'trading/Account');
    expect(Object.keys(account.json as object)).toEqual(expect.arrayContaining(['sma', 'bod_dtbp']));
  });

  test('what came and went besides trades, in pages, by type and category', async () => {
    await send({ time_in_force: 'day' });
    await send({ symbol: 'BOLT', time_in_force: 'day' });
    await send({ symbol: 'BOLT', time_in_force: 'day', qty: '2500' });
    await go({ target_time: '2024-01-04T15:00:00Z' });
    const all = await ask('GET', '/v2/account/activities?category=non_trade_activity&direction=asc');
    conforms(all, 'trading/NonTradeActivities', true, withDates);
    const rows = all.json as { id: string; activity_type: string; activity_sub_type?: string }[];
    const kinds = rows.map(({ activity_type: type, activity_sub_type: sub = '' }) => `${type} ${sub}`.trim());
    expect(kinds.toSorted()).toEqual(['DIV CDIV', 'FEE REG', 'FEE TAF', 'INT']);
    const dividend = rows.find(({ activity_type: type }) => type === 'DIV');
    expect(dividend).toEqual({
      id: expect.stringMatching(/^20240104000000000::[0-9a-f-]{36}$/),
      account_id: expect.any(String),
      activity_type: 'DIV',
      activity_sub_type: 'CDIV',
      date: '2024-01-04',
      net_amount: '4.8',
      description: 'Cash dividend of 0.24 a share',
      symbol: 'ACME',
      qty: '20',
      per_share_amount: '0.24',
      status: 'executed',
      created_at: '2024-01-04T05:00:00Z',
      currency: 'USD',
    });
    const ids = async (query: string): Promise<string[]> =>
      ((await ask('GET', `/v2/account/activities${query}`)).json as { id: string }[]).map(({ id }) => id);
    expect(await ids('?activity_types=MISC&direction=asc')).toEqual(rows.map(({ id }) => id));
    expect(await ids('/DIV')).toEqual([dividend?.id]);
    expect(await ids('?activity_types=TRANS')).toEqual([]);
    expect(await ids('?date=2024-01-04&activity_types=FEE,DIV')).toHaveLength(3);
    const whole = await ids('');
    const paged: string[] = [];
    for (let token = ''; ; token = paged.at(-1) ?? '') {
      const page = await ids(`?page_size=3&page_token=${encodeURIComponent(token)}`);
      paged.push(...page);
      if (page.length < 3) break;
    }
    expect(paged).toEqual(whole);
  });

  test('how the account fared, by the minute and by the day', async () => {
    const minutes = await ask('GET', '/v2/account/portfolio/history?period=1D&timeframe=5Min');
    conforms(minutes, 'trading/PortfolioHistory');
    const day = minutes.json as { timestamp: number[]; equity: number[]; base_value: number };
    expect(day.timestamp).toHaveLength(6);
    expect(day.timestamp[0]).toBe(Date.parse('2024-01-04T14:30:00Z') / 1_000);
    const days = await ask('GET', '/v2/account/portfolio/history?period=1M&timeframe=1D');
    conforms(days, 'trading/PortfolioHistory');
    expect(days.json).toMatchObject({
      timestamp: ['2024-01-04', '2024-01-05'].map((date) => Date.parse(`${date}T00:00:00Z`) / 1_000),
      base_value: 100_000,
      timeframe: '1D',
      cashflow: { DIV: [0, 4.8] },
    });
    const { equity } = (await ask('GET', '/v2/account')).json as { equity: string };
    expect((days.json as { equity: number[] }).equity.at(-1)).toBe(Number(equity));
    expect(day.equity.at(-1)).toBe(Number(equity));
    for (const query of [
      'period=1M&start=2024-01-01&end=2024-01-04',
      'period=1Q',
      'timeframe=1Min&period=1A',
      'timeframe=2Min',
      'start=2024-01-04&end=2024-01-03',
      'intraday_reporting=continuous',
    ]) {
      const reply = await ask('GET', `/v2/account/portfolio/history?${query}`);
      expect([reply.status, query]).toEqual([422, query]);
    }
  });
});
