/** Bad input of every kind over a real server: a clear 4xx with Alpaca's code, nothing changed, the server up. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGate, type GateServer, type OpenedSession, type Reply } from '../runtime/gate.fixture';

let server: GateServer;
let session: OpenedSession;
let stranger: OpenedSession;

beforeAll(async () => {
  server = await startGate();
  session = await server.open();
  stranger = await server.open({ seed: 'another' });
});
afterAll(() => server.close());

const ORDER = { symbol: 'ACME', side: 'buy', type: 'market', time_in_force: 'day', qty: '1' };
const post = (path: string, body: unknown): Promise<Reply> =>
  server.call('POST', path, { keys: session.keys, body });
const get = (path: string): Promise<Reply> => server.call('GET', path, { keys: session.keys });

/** Everything that a refused request could have changed. */
async function state(): Promise<unknown> {
  const reply = await server.call('GET', `/v1/sessions/${session.id}/state`);
  expect(reply.status).toBe(200);
  return reply.json;
}

async function refused(
  work: () => Promise<Reply>,
  status: number,
  code: number,
  message?: RegExp,
): Promise<void> {
  const before = await state();
  const reply = await work();
  expect(reply.status, reply.text).toBe(status);
  expect(reply.json).toMatchObject({ code, message: expect.stringMatching(message ?? /./) });
  expect(await state()).toEqual(before);
  expect(server.faults).toEqual([]);
}

describe('orders', () => {
  const place = (body: unknown) => () => post('/v2/orders', body);

  test.each([
    ['{"symbol": "ACME",', /request body format is invalid/],
    ['', /format/],
    ['[]', /format/],
    ['"order"', /format/],
    ['null', /format/],
    ['{"symbol": "ACME", "qty": 01}', /format/],
    ['{"symbol": "ACME", "qty": NaN}', /format/],
  ])('malformed: %s', (body, message) => refused(place(body), 400, 40010000, message));

  test.each([
    [{ ...ORDER, qty: '-1' }, 422, 40010001, /qty must be > 0/],
    [{ ...ORDER, qty: -1 }, 422, 40010001, /qty must be > 0/],
    [{ ...ORDER, qty: '0' }, 422, 40010001, /qty must be > 0/],
    [{ ...ORDER, qty: `0.${'1'.repeat(300)}` }, 422, 40010001, /qty: expected a decimal/],
    [{ ...ORDER, qty: '1e5' }, 422, 40010001, /qty: expected a decimal/],
    [{ ...ORDER, qty: [1] }, 422, 40010001, /qty: expected a decimal/],
    [{ ...ORDER, qty: true }, 422, 40010001, /qty: expected a decimal/],
    [{ ...ORDER, qty: undefined }, 422, 40010001, /qty or notional is required/],
    [{ ...ORDER, notional: '5' }, 422, 40010001, /only one of qty or notional/],
    [{ ...ORDER, side: 'both' }, 422, 40010001, /invalid side/],
    [{ ...ORDER, symbol: 'NOPE' }, 422, 42210000, /asset "NOPE" not found/],
    [{ ...ORDER, symbol: 'CHIP' }, 422, 42210000, /asset "CHIP" not found/],
    [{ ...ORDER, symbol: { a: 1 } }, 422, 40010001, /symbol is required/],
    [{ ...ORDER, type: 'limit' }, 422, 40010001, /limit orders require a limit price/],
    [{ ...ORDER, type: 'limit', limit_price: '10.001' }, 422, 42210000, /sub-penny/],
    [{ ...ORDER, qty: '100000' }, 403, 40310000, /insufficient buying power/],
    [{ ...ORDER, client_order_id: 'x'.repeat(129) }, 422, 40010001, /no more than 128/],
    [{ ...ORDER, order_class: 'bracket' }, 422, 40010001, /bracket orders require take_profit/],
  ])('%j', (body, status, code, message) => refused(place(body), status, code, message));

  test('names of the prototype are harmless', async () => {
    const hostile =
      '{"__proto__": {"qty": "1", "side": "buy"}, "constructor": {"prototype": {"type": "market"}}}';
    await refused(place(hostile), 422, 40010001);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await refused(() => get('/v2/positions/__proto__'), 404, 40410000);
    await refused(() => get('/v2/assets/constructor'), 404, 40410000);
    await refused(() => get('/v2/orders?__proto__=1&limit=constructor'), 422, 40010001, /limit/);
  });

  test('a body of 10 MB, announced or not', async () => {
    const body = JSON.stringify({ ...ORDER, client_order_id: 'x'.repeat(10_000_000) });
    await refused(place(body), 413, 41310000, /larger than 1000000 bytes/);
    await refused(() => chunked(body), 413, 41310000);
  });

  test('ids and cancels of what is not there', async () => {
    const none = '00000000-0000-4000-8000-000000000000';
    await refused(() => get('/v2/orders/12'), 422, 40010001, /order_id is missing/);
    await refused(() => get(`/v2/orders/${none}`), 404, 40410000, /order not found for/);
    await refused(() => server.call('DELETE', `/v2/orders/${none}`, session), 404, 40410000);
    await refused(() => get('/v2/orders:by_client_order_id?client_order_id=none'), 404, 40410000);
    await refused(() => get('/v2/orders:by_client_order_id'), 422, 40010001, /client_order_id is required/);
    await refused(() => get('/v2/positions/ACME'), 404, 40410000, /position does not exist/);
    await refused(
      () => server.call('DELETE', '/v2/positions/ACME?qty=1&percentage=5', session),
      422,
      40010001,
    );
  });
});

/** Without a content length: the size is only known when it has come. */
function chunked(body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'apca-api-key-id': session.keys.keyId,
      'apca-api-secret-key': session.keys.secretKey,
    };
    const request = httpRequest(`${server.origin}/v2/orders`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: new Headers(), text, json: JSON.parse(text) });
      });
    });
    request.on('error', reject);
    for (let at = 0; at < body.length; at += 65_536) request.write(body.slice(at, at + 65_536));
    request.end();
  });
}

describe('queries and paths', () => {
  test.each([
    ['/v2/orders?limit=501', 422, 40010001, /limit: expected a whole number from 1 to 500/],
    ['/v2/orders?status=some', 422, 40010001, /status: expected one of/],
    ['/v2/orders?after=yesterday', 422, 40010001, /after: expected a date/],
    ['/v2/orders?until=2024-13-01T00:00:00Z', 422, 40010001, /until: expected a date/],
    ['/v2/account/activities?page_token=x', 422, 40010001, /page_token/],
    ['/v2/account/activities/NOPE', 422, 40010001, /invalid activity type/],
    ['/v2/calendar?start=2024-02-30', 400, 40010000, /start: expected a date/],
    ['/v2/stocks/bars?timeframe=1Min', 400, 40010000, /symbols is required/],
    ['/v2/stocks/bars?symbols=ACME', 400, 40010000, /timeframe is required/],
    ['/v2/stocks/bars?symbols=ACME&timeframe=7Day', 400, 40010000, /invalid timeframe: 7Day/],
    ['/v2/stocks/bars?symbols=acme!&timeframe=1Day', 400, 40010000, /invalid symbol: acme!/],
    [
      '/v2/stocks/bars?symbols=ACME&timeframe=1Day&adjustment=split',
      400,
      40010000,
      /only raw prices are served/,
    ],
    ['/v2/stocks/bars?symbols=ACME&timeframe=1Day&limit=0', 400, 40010000, /limit/],
    ['/v2/stocks/bars?symbols=ACME&timeframe=1Day&start=99999-01-01', 400, 40010000, /start/],
    ['/v2/stocks/bars?symbols=ACME&timeframe=1Day&page_token=AAAA', 400, 40010000, /page_token/],
    ['/v2/stocks/%E0%A4%A/bars?timeframe=1Day', 400, 40010000, /request path is not valid/],
    ['/v2/nothing', 404, 40410000, /endpoint not found\./],
    ['/v1/last/stocks/ACME', 404, 40410000, /endpoint not found\./],
  ])('%s', (path, status, code, message) => refused(() => get(path), status, code, message));

  test('a method that a path does not have', async () => {
    const reply = await server.call('PUT', '/v2/orders', session);
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toContain('DELETE');
  });
});

describe('who may ask', () => {
  const NOT_AUTHORIZED = { code: 40110000, message: 'request is not authorized' };

  test.each([
    ['nothing', {}],
    ['half a pair', { 'APCA-API-KEY-ID': 'key-0' }],
    ['a wrong secret', { 'APCA-API-KEY-ID': 'key-0', 'APCA-API-SECRET-KEY': 'wrong' }],
    ['broken Basic', { authorization: 'Basic %%%' }],
    ['an unknown scheme', { authorization: 'Digest abc' }],
    ['a bearer that is no pair', { authorization: 'Bearer abc' }],
  ])('%s is not authorised', async (_what, headers) => {
    const reply = await server.call('GET', '/v2/account', { headers });
    expect(reply.status).toBe(401);
    expect(reply.json).toEqual(NOT_AUTHORIZED);
    expect(reply.headers.get('content-type')).toContain('application/json');
  });

  test('a session that is not yours is one that does not exist', async () => {
    const notFound = { code: 40410000, message: 'session not found' };
    const asStranger = { keys: session.keys };
    for (const path of [
      `/v1/sessions/${stranger.id}`,
      `/v1/sessions/${stranger.id}/state`,
      `/v1/sessions/no-such-session`,
      `/v1/sessions/..%2f..%2fetc`,
      `/sessions/${stranger.id}/v2/account`,
    ]) {
      const reply = await server.call('GET', path, asStranger);
      expect(reply.status, path).toBe(404);
      if (!path.includes('..')) expect(reply.json).toEqual(notFound);
    }
    const headers = { 'X-Session-Id': stranger.id };
    expect((await server.call('GET', '/v2/account', { ...asStranger, headers })).json).toEqual(notFound);
    const advance = await server.call('POST', `/v1/sessions/${stranger.id}/time/advance`, asStranger);
    expect(advance.json).toEqual(notFound);
    const deletion = await server.call('DELETE', `/v1/sessions/${stranger.id}`, asStranger);
    expect(deletion.json).toEqual(notFound);
  });

  test('the key of a session is not one of the workspace', async () => {
    expect((await get('/v1/sessions')).status).toBe(403);
    expect((await post('/v1/sessions', {})).status).toBe(403);
  });

  test('the control plane without a key is for the local user only', async () => {
    const from = async (headers: Record<string, string>): Promise<number> =>
      (await server.call('GET', '/v1/sessions', { headers })).status;
    expect(await from({})).toBe(200);
    expect(await from({ origin: server.origin })).toBe(200);
    expect(await from({ origin: 'https://elsewhere.example' })).toBe(401);
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await from({ 'APCA-API-KEY-ID': 'key-0', 'APCA-API-SECRET-KEY': 'wrong' })).toBe(401);
    expect(await rebound()).toBe(401);
  });

  /** A page of another name that points to loopback: fetch does not let a Host be set. */
  function rebound(): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { host: 'elsewhere.example' };
      httpRequest(`${server.origin}/v1/sessions`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
});

describe('the control plane', () => {
  const advance = (body: unknown) => () =>
    server.call('POST', `/v1/sessions/${session.id}/time/advance`, { body });

  test.each([
    [{ bars: -1 }, /bars: expected a whole number/],
    [{ bars: 1, duration: 5 }, /only one of/],
    [{ target_time: '2023-01-01T00:00:00Z' }, /The clock only goes forward/],
    [{ until: 'never' }, /until: expected one of/],
    [{ play: true }, /play is not supported here/],
  ])('advance by %j', (body, message) => refused(advance(body), 422, 40010001, message));

  test.each([
    [{ symbols: ['NOPE'] }, /there are no bars of NOPE; loaded are ACME, BOLT, CHIP/],
    [{ start_time: '2025-01-03', end_time: '2025-01-04' }, /has no bars between/],
    [{ start_time: '1850-01-03' }, /years 2000 to 2027/],
    [{ end_time: '2024-01-02' }, /expected end_time after start_time/],
    [{ initial_cash: '0' }, /initial_cash/],
    [{ initial_cash: 'lots' }, /initial_cash: expected a decimal/],
    [{ surprise: 1 }, /surprise is not supported here/],
    [{ config: { latency_ms: 5 } }, /config.latency_ms: expected 0/],
  ])('a session with %j', (change, message) =>
    refused(
      () =>
        server.call('POST', '/v1/sessions', {
          body: { symbols: ['ACME'], start_time: '2024-01-03', end_time: '2024-01-04', ...change },
        }),
      422,
      expect.any(Number) as number,
      message,
    ),
  );

  test('an unknown method, a live stream and a past state are refused in words', async () => {
    expect((await server.call('PUT', `/v1/sessions/${session.id}`)).status).toBe(405);
    const headers = { accept: 'text/event-stream' };
    expect((await server.call('GET', `/v1/sessions/${session.id}/events`, { headers })).status).toBe(406);
    const past = await server.call('GET', `/v1/sessions/${session.id}/state?at=5`);
    expect(past.json).toMatchObject({ message: expect.stringContaining('at is not supported') });
  });
});
