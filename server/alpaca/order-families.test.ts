/** Whole stories of orders over a real server, as a bot lives them: brackets, pairs of exits, trails, short sales, explanations. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bot, bracket, type WireOrder } from '../runtime/bot.fixture';
import { startGate, type GateServer } from '../runtime/gate.fixture';

let server: GateServer;
beforeAll(async () => {
  server = await startGate();
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});

describe('a bracket', () => {
  test('from its making to its exit', async () => {
    const bot = await Bot.open(server);
    const placed = await bot.place(bracket);
    expect(placed).toMatchObject({ status: 'new', order_class: 'bracket', position_intent: 'buy_to_open' });
    expect(placed.legs).toMatchObject([
      { type: 'limit', side: 'sell', limit_price: '112.4', status: 'held', position_intent: 'sell_to_close' },
      { type: 'stop', side: 'sell', stop_price: '110.5', status: 'held', order_class: 'bracket', legs: null },
    ]);
    await bot.minutes(1);
    expect(await bot.statuses(placed.id)).toEqual(['filled', 'new', 'new']);
    expect(await bot.read('/v2/positions/ACME')).toMatchObject({
      qty: '10',
      qty_available: '0',
      side: 'long',
    });
    await bot.minutes(25);
    expect(await bot.statuses(placed.id)).toEqual(['filled', 'filled', 'canceled']);
    expect(await bot.read('/v2/positions')).toEqual([]);
    expect(await bot.read('/v2/account')).toMatchObject({ cash: '100011', equity: '100011' });
    const stop = placed.legs?.[1]?.id ?? '';
    expect(await bot.explain(stop)).toMatchObject({ code: 'SIBLING_FILLED', status: 'canceled' });
  });

  test('nested lists hold legs inside, others all members', async () => {
    const bot = await Bot.open(server);
    const { id, legs } = await bot.place(bracket);
    const ids = async (query: string): Promise<unknown[]> =>
      (await bot.read<WireOrder[]>(`/v2/orders?${query}`)).map((order) => order.id);
    const [profit, loss] = (legs ?? []).map((leg) => leg.id);
    expect(await ids('status=open')).toEqual([loss, profit, id]);
    expect(await ids('status=open&nested=true')).toEqual([id]);
    expect(await ids('status=closed')).toEqual([]);
    expect((await bot.order(id)).legs).toBeNull();
    expect((await bot.order(id, '?nested=true')).legs).toHaveLength(2);
    await bot.minutes(1);
    // The entry is done, so that it is not among the open ones: its legs stand for themselves.
    expect(await ids('status=open&nested=true')).toEqual([loss, profit]);
    expect(await ids('status=all&nested=true')).toEqual([id]);
  });

  test('a leg is replaced, and the bracket goes on with the new one', async () => {
    const bot = await Bot.open(server);
    const placed = await bot.place(bracket);
    const profit = placed.legs?.[0]?.id ?? '';
    expect((await bot.call('PATCH', `/v2/orders/${profit}`, { limit_price: '112.30' })).json).toEqual({
      code: 42210000,
      message: 'cannot replace order in held status',
    });
    await bot.minutes(1);
    const changed = await bot.call('PATCH', `/v2/orders/${profit}`, { limit_price: '112.30' });
    expect(changed.json).toMatchObject({
      status: 'new',
      replaces: profit,
      limit_price: '112.3',
      order_class: 'bracket',
    });
    const { id } = changed.json as WireOrder;
    expect(await bot.order(profit)).toMatchObject({ status: 'replaced', replaced_by: id });
    expect((await bot.order(placed.id, '?nested=true')).legs).toMatchObject([{ id }, { type: 'stop' }]);
    await bot.minutes(12);
    expect(await bot.statuses(placed.id)).toEqual(['filled', 'filled', 'canceled']);
  });

  test('one cancel takes all members along', async () => {
    const bot = await Bot.open(server);
    const { id, legs } = await bot.place(bracket);
    expect((await bot.call('DELETE', `/v2/orders/${legs?.[1]?.id}`)).status).toBe(204);
    expect(await bot.statuses(id)).toEqual(['canceled', 'canceled', 'canceled']);
    await bot.place(bracket);
    const all = await bot.call('DELETE', '/v2/orders');
    expect((all.json as { status: number }[]).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

test('an oco: one exit fills, the other is canceled', async () => {
  const bot = await Bot.open(server);
  await bot.place({});
  const placed = await bot.place({
    side: 'sell',
    type: 'limit',
    order_class: 'oco',
    take_profit: { limit_price: '115' },
    stop_loss: { stop_price: '111.25', limit_price: '111.20' },
  });
  expect(placed).toMatchObject({ status: 'new', limit_price: '115', order_class: 'oco' });
  expect(placed.legs).toMatchObject([
    { type: 'stop_limit', stop_price: '111.25', limit_price: '111.2', status: 'new' },
  ]);
  expect(await bot.read('/v2/positions/ACME')).toMatchObject({ qty_available: '0' });
  const higher = await bot.call('PATCH', `/v2/orders/${placed.id}`, { limit_price: '116' });
  expect(higher.json).toMatchObject({ limit_price: '116', legs: [{ type: 'stop_limit', status: 'new' }] });
  const nearer = await bot.call('PATCH', `/v2/orders/${placed.legs?.[0]?.id}`, { stop_price: '111.30' });
  expect(nearer.json).toMatchObject({ stop_price: '111.3', limit_price: '111.2' });
  expect((await bot.call('PATCH', `/v2/orders/${placed.id}`, { limit_price: '117' })).status).toBe(422);
  expect(await bot.read('/v2/positions/ACME')).toMatchObject({ qty_available: '0' });
  await bot.minutes(1);
  const { id } = higher.json as WireOrder;
  expect(await bot.statuses(id)).toEqual(['canceled', 'filled']);
  expect(await bot.read('/v2/positions')).toEqual([]);
});

test('an oto opens and then protects', async () => {
  const bot = await Bot.open(server);
  const placed = await bot.place({ order_class: 'oto', stop_loss: { stop_price: '111.00' } });
  expect(placed).toMatchObject({ status: 'filled', filled_avg_price: '111.7' });
  expect(placed.legs).toMatchObject([{ type: 'stop', stop_price: '111', status: 'new' }]);
});

test('a trailing stop follows closed bars and nothing later', async () => {
  const bot = await Bot.open(server);
  await bot.place({});
  const trail = { side: 'sell', type: 'trailing_stop', time_in_force: 'gtc' };
  const placed = await bot.place({ ...trail, qty: '4', trail_percent: 2 });
  // The mark is the last trade before the day: the open of the running bar is not known yet.
  expect(placed).toMatchObject({
    trail_percent: '2',
    trail_price: null,
    hwm: '111.69',
    stop_price: '109.45',
  });
  await bot.minutes(1);
  expect(await bot.order(placed.id)).toMatchObject({ hwm: '112.2', stop_price: '109.95', status: 'new' });
  const changed = await bot.call('PATCH', `/v2/orders/${placed.id}`, { trail: '1.5' });
  expect(changed.json).toMatchObject({ trail_percent: '1.5', replaces: placed.id });
  const tight = await bot.place({ ...trail, qty: '6', trail_price: '0.90' });
  await bot.minutes(2);
  expect(await bot.order(tight.id)).toMatchObject({ status: 'filled', filled_qty: '6' });
  expect(await bot.explain(tight.id)).toMatchObject({ code: 'FILLED' });
});

test('a short sale, its position, and its cover', async () => {
  const bot = await Bot.open(server);
  const sold = await bot.place({ side: 'sell', position_intent: 'sell_to_open' });
  expect(sold).toMatchObject({
    status: 'filled',
    position_intent: 'sell_to_open',
    filled_avg_price: '111.7',
  });
  await bot.minutes(10);
  expect(await bot.read('/v2/positions/ACME')).toMatchObject({
    qty: '-10',
    qty_available: '-10',
    side: 'short',
    avg_entry_price: '111.7',
    cost_basis: '-1117',
    market_value: '-1117.9',
    unrealized_pl: '-0.9',
    unrealized_plpc: '-0.00080573',
  });
  expect(await bot.read('/v2/account')).toMatchObject({
    cash: '101117',
    equity: '99999.1',
    long_market_value: '0',
    short_market_value: '-1117.9',
    position_market_value: '1117.9',
    initial_margin: '558.95',
    maintenance_margin: '335.37',
    multiplier: '2',
    shorting_enabled: true,
  });
  expect(await bot.refused({ position_intent: 'buy_to_open' })).toEqual([
    422,
    { code: 42210000, message: 'position intent mismatch, inferred: buy_to_close, specified: buy_to_open' },
  ]);
  const covered = await bot.place({ position_intent: 'buy_to_close' });
  expect(covered).toMatchObject({ status: 'filled', position_intent: 'buy_to_close' });
  expect(await bot.read('/v2/positions')).toEqual([]);
  const fills = await bot.read<{ side: string }[]>('/v2/account/activities/FILL?direction=asc');
  expect(fills.map(({ side }) => side)).toEqual(['sell_short', 'buy']);
});

describe('why an order did not fill', () => {
  test('its nearest miss, in words, in numbers, bar by bar', async () => {
    const bot = await Bot.open(server);
    const { id } = await bot.place({ type: 'limit', limit_price: '111.00', client_order_id: 'too low' });
    await bot.minutes(30);
    const explained = await bot.explain(id);
    expect(explained).toMatchObject({
      order_id: id,
      status: 'new',
      code: 'PRICE_NOT_REACHED',
      sentence: 'Buy limit 111 not reached: lowest 111.2 at 2024-01-03 09:30, missed by 0.2.',
      from: '2024-01-03T14:30:00Z',
      to: '2024-01-03T15:00:00Z',
      nearest: { time: '2024-01-03T14:30:00Z', price: '111.2', wanted: '111', distance: '0.2' },
      fills: [],
      warnings: [],
      next_from: null,
    });
    expect(explained.spans).toMatchObject([{ code: 'PRICE_NOT_REACHED', bars: 30, cause: null }]);
    expect(await bot.explain('too%20low')).toEqual(explained);
    const later = await bot.explain(id, '?from=2024-01-03T14:40:00Z&to=2024-01-03T14:45:00Z');
    expect(later.nearest).toMatchObject({ price: '111.3' });
    for (const query of ['?from=soon', '?from=2024-01-04&to=2024-01-03T15:00:00Z', '?limit=1001']) {
      const path = `/v1/sessions/${bot.session.id}/orders/${id}/explain${query}`;
      expect((await bot.call('GET', path)).status).toBe(422);
    }
    const none = await bot.call('GET', `/v1/sessions/${bot.session.id}/orders/none/explain`);
    expect([none.status, none.json]).toEqual([404, { code: 40410000, message: 'order not found for none' }]);
  });

  test('the spans that are left are asked for from where they begin', async () => {
    const bot = await Bot.open(server, {}, { start_time: '2024-01-03T21:00:00Z' });
    const { id } = await bot.place({ type: 'limit', limit_price: '111.00', time_in_force: 'gtc' });
    await bot.call('POST', `/v1/sessions/${bot.session.id}/time/advance`, { until: 'close' });
    const whole = await bot.explain(id);
    const spans = whole.spans as { code: string; from: string }[];
    expect(spans.map(({ code }) => code)).toEqual(['SESSION_CLOSED', 'PRICE_NOT_REACHED']);
    const first = await bot.explain(id, '?limit=1');
    expect(first).toMatchObject({ spans: [spans[0]], next_from: spans[1]?.from });
    expect((await bot.explain(id, `?from=${String(first.next_from)}`)).spans).toEqual([spans[1]]);
  });
});

test('extended hours and auctions', async () => {
  const bot = await Bot.open(server, { hours: 'extended' }, { start_time: '2024-01-03T13:00:00Z' });
  const early = await bot.place({ type: 'limit', limit_price: '100', extended_hours: true });
  expect(early).toMatchObject({ status: 'new', extended_hours: true, expires_at: '2024-01-04T01:00:00Z' });
  const regular = await bot.place({ type: 'limit', limit_price: '100' });
  expect(regular).toMatchObject({ status: 'accepted', expires_at: '2024-01-03T21:00:00Z' });
  const opening = await bot.place({ time_in_force: 'opg' });
  const closing = await bot.place({ time_in_force: 'cls' });
  expect([opening.status, closing.status]).toEqual(['accepted', 'accepted']);
  await bot.minutes(91);
  expect(await bot.order(opening.id)).toMatchObject({ status: 'filled', filled_avg_price: '111.7' });
  expect(await bot.explain(opening.id)).toMatchObject({ fills: [{ tags: ['auction_proxy'] }] });
});
