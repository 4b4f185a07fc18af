/** How the gate behaves over the wire: who is meant, spellings of paths, pages, retries, and the control plane's answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGate, type GateServer, type OpenedSession } from '../runtime/gate.fixture';

let server: GateServer;
beforeAll(async () => {
  server = await startGate();
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});

const advance = (session: OpenedSession, body: unknown = {}) =>
  server.call('POST', `/v1/sessions/${session.id}/time/advance`, { body });
const buy = { symbol: 'ACME', side: 'buy', type: 'market', time_in_force: 'day', qty: '1' };
const place = (session: OpenedSession, change: object = {}, headers: Record<string, string> = {}) =>
  server.call('POST', '/v2/orders', { ...session, headers, body: { ...buy, ...change } });

describe('which session is meant', () => {
  test('a key says it, in all three schemes', async () => {
    const { id, keys } = await server.open();
    const pair = `${keys.keyId}:${keys.secretKey}`;
    const schemes: Record<string, string>[] = [
      { 'apca-api-key-id': keys.keyId, 'APCA-API-SECRET-KEY': keys.secretKey },
      { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      { authorization: `Bearer ${pair}` },
    ];
    for (const headers of schemes) {
      expect((await server.call('GET', '/v2/account', { headers })).status).toBe(200);
      expect((await server.call('GET', `/v1/sessions/${id}`, { headers })).status).toBe(200);
      expect((await server.call('GET', `/sessions/${id}/v2/account`, { headers })).status).toBe(200);
    }
  });

  test('a workspace key names it by header or by prefix', async () => {
    const { id } = await server.open();
    const keys = server.workspace;
    expect((await server.call('GET', '/v2/account', { keys })).status).toBe(400);
    const named = await server.call('GET', '/v2/account', { keys, headers: { 'X-Session-Id': id } });
    expect(named.status).toBe(200);
    expect((await server.call('GET', `/sessions/${id}/v2/account`, { keys })).json).toEqual(named.json);
    expect((await server.call('GET', '/sessions/no-such-session/v2/account', { keys })).status).toBe(404);
    expect((await server.call('GET', '/v1/sessions', { keys })).status).toBe(200);
  });
});

describe('spellings of paths', () => {
  test('slashes and colons, raw and encoded, and never a redirect', async () => {
    const session = await server.open();
    const placed = await place(session, { client_order_id: 'mine' });
    expect(placed.json).toMatchObject({ client_order_id: 'mine' });
    for (const path of [
      '/v2/orders:by_client_order_id?client_order_id=mine',
      '/v2/orders%3Aby_client_order_id?client_order_id=mine',
      '/v2/orders%3aby_client_order_id/?client_order_id=mine',
    ]) {
      expect((await server.call('GET', path, session)).json).toMatchObject({ client_order_id: 'mine' });
    }
    for (const path of [
      '/v2/account',
      '/v2/account/',
      '/v2//account',
      '/v2/positions/acme',
      '/v2/positions/ACME/',
    ]) {
      expect((await server.call('GET', path, session)).status, path).toBe(200);
    }
    for (const path of ['/v2/positions/BTC/USD', '/v2/positions/BTC%2FUSD', '/v2/assets/BTC/USD']) {
      expect((await server.call('GET', path, session)).json, path).toMatchObject({ code: 40410000 });
    }
  });

  test('HEAD answers without a body, OPTIONS says what there is', async () => {
    const session = await server.open();
    const head = await server.call('HEAD', '/v2/clock', session);
    expect([head.status, head.text]).toEqual([200, '']);
    const options = await server.call('OPTIONS', '/v2/orders');
    expect(options.status).toBe(204);
    expect(options.headers.get('access-control-allow-origin')).toBe('*');
    expect(options.headers.get('allow')).toBe('GET, POST, DELETE, HEAD, OPTIONS');
    expect(
      (await server.call('OPTIONS', '/v1/sessions')).headers.get('access-control-allow-origin'),
    ).toBeNull();
    const gone = await server.call('DELETE', `/v2/orders/${await openOrder(session)}`, session);
    expect([gone.status, gone.text, gone.headers.get('content-type')]).toEqual([204, '', null]);
  });
});

async function openOrder(session: OpenedSession): Promise<string> {
  const reply = await place(session, { type: 'limit', limit_price: '50' });
  return (reply.json as { id: string }).id;
}

describe('orders', () => {
  test('a retry under the same idempotency key is applied once', async () => {
    const session = await server.open();
    const first = await place(session, {}, { 'Idempotency-Key': 'once' });
    const again = await place(session, {}, { 'Idempotency-Key': 'once' });
    expect(again.json).toEqual(first.json);
    expect((await server.call('GET', '/v2/orders?status=all', session)).json).toHaveLength(1);
    const other = await place(session, { qty: '2' }, { 'Idempotency-Key': 'once' });
    expect(other.status).toBe(422);
  });

  test('all filters of the list', async () => {
    const session = await server.open();
    const ids: string[] = [];
    for (const symbol of ['ACME', 'BOLT', 'ACME']) {
      const reply = await place(session, { symbol, type: 'limit', limit_price: '9', time_in_force: 'gtc' });
      ids.push((reply.json as { id: string }).id);
      await advance(session, { bars: 1 });
    }
    const [first = '', second = '', third = ''] = ids;
    await server.call('DELETE', `/v2/orders/${second}`, session);
    const list = async (query: string): Promise<string[]> => {
      const reply = await server.call('GET', `/v2/orders?${query}`, session);
      expect(reply.status, reply.text).toBe(200);
      return (reply.json as { id: string }[]).map((order) => order.id);
    };
    expect(await list('')).toEqual([third, first]);
    expect(await list('status=all&direction=asc')).toEqual([first, second, third]);
    expect(await list('status=closed')).toEqual([second]);
    expect(await list('status=all&limit=1')).toEqual([third]);
    expect(await list('status=all&symbols=BOLT')).toEqual([second]);
    expect(await list('status=all&symbols[]=BOLT&symbols[]=ACME')).toHaveLength(3);
    expect(await list('side=sell')).toEqual([]);
    expect(await list('asset_class=crypto')).toEqual([]);
    expect(await list('asset_class=us_equity&asset_class=crypto')).toHaveLength(2);
    expect(await list('status=all&nested=True')).toHaveLength(3);
    // Both exclusive; the plus of an offset may have been lost.
    expect(await list('status=all&after=2024-01-03T14:30:00Z&until=2024-01-03T14:32:00 00:00')).toEqual([
      second,
    ]);
    expect(await list(`status=all&before_order_id=${third}`)).toEqual([second, first]);
    expect(await list(`status=all&after_order_id=${first}`)).toEqual([third, second]);
    for (const query of [
      `before_order_id=${first}&after_order_id=${third}`,
      `before_order_id=${first}&after=2024-01-01`,
    ])
      expect((await server.call('GET', `/v2/orders?${query}`, session)).status).toBe(422);
  });

  test('a symbol may be an asset id, and a position is closed in parts', async () => {
    const session = await server.open();
    const asset = (await server.call('GET', '/v2/assets/ACME', session)).json as { id: string };
    expect((await place(session, { symbol: asset.id, qty: '10' })).json).toMatchObject({ symbol: 'ACME' });
    const half = await server.call('DELETE', '/v2/positions/ACME?percentage=50', session);
    expect(half.json).toMatchObject({ side: 'sell', qty: '5', status: 'filled' });
    const rest = await server.call('DELETE', `/v2/positions/${asset.id}`, session);
    expect(rest.json).toMatchObject({ qty: '5' });
    expect((await server.call('GET', '/v2/positions', session)).json).toEqual([]);
  });

  test('closing all without canceling tells which shares are held', async () => {
    const session = await server.open();
    await place(session, { qty: '10' });
    await place(session, { side: 'sell', qty: '10', type: 'limit', limit_price: '500' });
    const reply = await server.call('DELETE', '/v2/positions', session);
    expect(reply.status).toBe(207);
    expect(reply.json).toMatchObject([
      { symbol: 'ACME', status: 403, body: { code: 40310000, held_for_orders: '10', available: '0' } },
    ]);
  });

  test('activities in pages, by the id of the last row', async () => {
    const session = await server.open();
    for (let index = 0; index < 5; index++) {
      await place(session);
      await advance(session);
    }
    const page = async (query: string): Promise<{ id: string }[]> =>
      (await server.call('GET', `/v2/account/activities?${query}`, session)).json as { id: string }[];
    const all = await page('');
    expect(all).toHaveLength(5);
    const first = await page('page_size=2');
    const second = await page(`page_size=2&page_token=${first[1]?.id}`);
    const third = await page(`page_size=2&page_token=${second[1]?.id}`);
    expect([...first, ...second, ...third]).toEqual(all);
    expect(await page('direction=asc&activity_types=FILL')).toEqual(all.toReversed());
    expect(await page('category=non_trade_activity')).toEqual([]);
    expect(await page('date=2024-01-03')).toHaveLength(5);
    expect(await page('date=2024-01-04')).toEqual([]);
    expect(await page('after=2024-01-03T14:31:00Z')).toHaveLength(3);
  });
});

describe('market data', () => {
  type Bars = Record<string, { t: string; c: number }[]>;

  test('pages over several symbols join to the whole, in both directions', async () => {
    const session = await server.open();
    await advance(session, { bars: 7 });
    for (const sort of ['asc', 'desc']) {
      const path = `/v2/stocks/bars?symbols=BOLT,ACME&timeframe=1Min&start=2024-01-03&sort=${sort}`;
      const whole = (await server.call('GET', path, session)).json as { bars: Bars };
      expect(whole.bars.ACME).toHaveLength(7);
      const joined: Bars = {};
      let token: string | null = '';
      while (token !== null) {
        const reply = await server.call(
          'GET',
          `${path}&limit=3&page_token=${encodeURIComponent(token)}`,
          session,
        );
        const page = reply.json as { bars: Bars; next_page_token: string | null };
        for (const [symbol, bars] of Object.entries(page.bars))
          joined[symbol] = [...(joined[symbol] ?? []), ...bars];
        token = page.next_page_token;
      }
      expect(joined).toEqual(whole.bars);
    }
  });

  test('nothing is later than simulated now, whatever is asked for', async () => {
    const session = await server.open();
    const bars = async (): Promise<unknown[]> => {
      const path = '/v2/stocks/ACME/bars?timeframe=1Min&start=2024-01-03T14:30:00Z&end=2030-01-01';
      return ((await server.call('GET', path, session)).json as { bars: unknown[] }).bars;
    };
    expect(await bars()).toEqual([]);
    await advance(session, { duration: 'PT2M' });
    expect(await bars()).toHaveLength(2);
    const latest = await server.call('GET', '/v2/stocks/ACME/bars/latest?feed=iex', session);
    expect(latest.json).toMatchObject({ bar: { t: '2024-01-03T14:31:00Z' } });
  });

  test('symbols outside the session are absent', async () => {
    const session = await server.open();
    const several = await server.call('GET', '/v2/stocks/snapshots?symbols=ACME,CHIP', session);
    expect(Object.keys(several.json as object)).toEqual(['ACME']);
    expect((await server.call('GET', '/v2/stocks/CHIP/bars?timeframe=1Day', session)).json).toEqual({
      symbol: 'CHIP',
      bars: [],
      next_page_token: null,
    });
    expect((await server.call('GET', '/v2/stocks/CHIP/trades/latest', session)).status).toBe(404);
  });
});

describe('the control plane', () => {
  test('a session from its making to its end', async () => {
    const made = await server.call('POST', '/v1/sessions', {
      body: {
        name: 'one',
        symbols: ['acme'],
        startTime: '2024-01-03',
        endTime: '2024-01-03',
        initialCash: 5000,
      },
    });
    expect(made.status).toBe(201);
    const { id, api_key: key } = made.json as { id: string; api_key: { secret_key: string } };
    expect(made.json).toMatchObject({
      name: 'one',
      status: 'active',
      simulation_start: '2024-01-03T14:30:00Z',
      simulation_end: '2024-01-03T21:00:00Z',
      current_time: '2024-01-03T14:30:00Z',
      playback_state: 'paused',
      symbols: ['ACME'],
      initial_cash: '5000',
      equity: '5000',
      links: { ui: `${server.origin}/s/${id}`, trading: server.origin, data: server.origin },
    });
    const session = { id, keys: { keyId: '', secretKey: '' } };
    const renamed = await server.call('PATCH', `/v1/sessions/${id}`, { body: { name: 'two' } });
    expect(renamed.json).toMatchObject({ id, name: 'two' });
    expect(renamed.text).not.toContain(key.secret_key);
    expect((await advance(session)).json).toEqual({
      previous_time: '2024-01-03T14:30:00Z',
      current_time: '2024-01-03T14:31:00Z',
      new_time: '2024-01-03T14:31:00Z',
      simulation_end: '2024-01-03T21:00:00Z',
      is_completed: false,
      bars: 1,
      sequence: 2,
      events: [],
    });
    expect((await advance(session, { until: 'end' })).json).toMatchObject({ is_completed: true });
    const beyond = await advance(session, { bars: 5 });
    expect([beyond.status, beyond.json]).toMatchObject([200, { is_completed: true, bars: 0 }]);
    expect((await server.call('GET', `/v1/sessions/${id}`)).json).toMatchObject({
      status: 'completed',
      completed_at: expect.stringMatching(/Z$/),
    });
    expect((await server.call('DELETE', `/v1/sessions/${id}`)).status).toBe(204);
    expect((await server.call('GET', `/v1/sessions/${id}`)).status).toBe(404);
  });

  test('the list and the log in pages', async () => {
    const session = await server.open({ name: 'logged' });
    await place(session, { qty: '3' });
    await place(session, { type: 'limit', limit_price: '1' });
    await advance(session, { bars: 2 });
    const first = await server.call('GET', `/v1/sessions/${session.id}/events?limit=3`);
    expect(first.json).toMatchObject({
      next: 3,
      events: [
        {
          sequence: 1,
          actor: 'paddock',
          command: { type: 'open_account' },
          events: [{ type: 'account_opened' }],
        },
        { sequence: 2, actor: `key:${session.keys.keyId}`, simulated_at: '2024-01-03T14:30:00Z' },
        {
          sequence: 3,
          events: [{ type: 'order_accepted', order_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
        },
      ],
    });
    const second = await server.call('GET', `/v1/sessions/${session.id}/events?after=3`);
    expect(second.json).toMatchObject({ next: null, events: [{ sequence: 4, actor: 'local' }] });
    const end = await server.call('GET', `/v1/sessions/${session.id}/events?after=99`);
    expect(end.json).toEqual({ events: [], next: null });
    const page = await server.call('GET', '/v1/sessions?limit=1');
    expect(page.json).toMatchObject({ sessions: [{ id: session.id, name: 'logged' }] });
    expect((page.json as { next_page_token: string }).next_page_token).toEqual(expect.any(String));
  });

  test('the same session made twice trades to the same run hash and ids', async () => {
    const run = async (): Promise<unknown> => {
      const session = await server.open({ seed: 'twice' });
      const placed = await place(session, { qty: '7' });
      await advance(session, { until: 'close' });
      const { run_hash: hash } = (await server.call('GET', `/v1/sessions/${session.id}`)).json as {
        run_hash: string;
      };
      return [hash, placed.json];
    };
    expect(await run()).toEqual(await run());
  });
});
