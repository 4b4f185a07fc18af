/** The browser's own door, over a real session: what it answers, refuses, and tells live. */
import { isTrackedEnvelope } from '@trpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newYorkTime } from '../engine/calendar/new-york';
import { DAY, memoryLibrary, newRegistry, newSession, someDays } from '../sessions/market.fixture';
import type { SessionRegistry } from '../sessions/session-registry';
import { memorySessionStore } from '../stores/sessions/memory-session-store';
import { resumeFrom, type FeedMessage } from './feed-router';
import { createCaller } from './router';

const library = memoryLibrary({ ACME: someDays(), BOLT: someDays(40) });
let registry: SessionRegistry;
let sessionId: string;
let caller: ReturnType<typeof createCaller>;

beforeEach(async () => {
  registry = newRegistry({ store: memorySessionStore(), bars: library });
  const created = await registry.create(newSession());
  if (!created.ok) throw new Error(`expected a session, found ${created.refusal.code}`);
  sessionId = created.host.record.id;
  caller = createCaller({ registry, bars: library, demoSessionId: () => Promise.resolve(sessionId) });
});
afterEach(() => registry.close());

const order = (change: object = {}) => ({
  symbol: 'ACME',
  side: 'buy',
  type: 'market',
  time_in_force: 'day',
  qty: '10',
  client_order_id: 'mine-1',
  ...change,
});
const advance = (bars: number) => caller.clock.advance({ sessionId, target: { to: 'bars', bars } });

test('a step moves the clock one bar and says where the market stands', async () => {
  const before = await caller.clock.get({ sessionId });
  const after = await advance(1);
  expect(after.now - before.now).toBe(60_000);
  expect(after).toMatchObject({ phase: 'open', isCompleted: false, sequence: before.sequence + 1 });
});

test('run to close stands at the close', async () => {
  const { now, phase } = await caller.clock.advance({ sessionId, target: { to: 'close' } });
  expect(now).toBe(newYorkTime(DAY, 960));
  expect(phase).toBe('post');
});

test('a market buy fills, and cash, position and fill agree to the cent', async () => {
  await advance(5);
  const placed = await caller.orders.place({ sessionId, order: order() });
  expect(placed).toMatchObject({ status: 'filled', filledQuantity: '10', clientOrderId: 'mine-1' });
  const [fill] = await caller.fills.list({ sessionId });
  const [position] = await caller.positions.list({ sessionId });
  const account = await caller.account.get({ sessionId });
  expect(position).toMatchObject({ symbol: 'ACME', quantity: '10', averageEntryPrice: fill?.price });
  expect(Number(account.cash)).toBeCloseTo(100_000 - 10 * Number(fill?.price), 9);
});

test('the same order sent again is placed once', async () => {
  await advance(5);
  const first = await caller.orders.place({ sessionId, order: order() });
  const again = await caller.orders.place({ sessionId, order: order() });
  expect(again.id).toBe(first.id);
  expect(await caller.orders.list({ sessionId })).toHaveLength(1);
});

test('an open limit order is listed, canceled once, and then refused in words', async () => {
  await advance(1);
  const limit = order({ type: 'limit', limit_price: '50' });
  const { id } = await caller.orders.place({ sessionId, order: limit });
  expect(await caller.orders.list({ sessionId, status: 'open' })).toMatchObject([{ id, limitPrice: '50' }]);
  expect((await caller.orders.cancel({ sessionId, orderId: id })).status).toBe('canceled');
  await expect(caller.orders.cancel({ sessionId, orderId: id })).rejects.toMatchObject({
    code: 'UNPROCESSABLE_CONTENT',
    message: 'Only an open order can be canceled; this one is canceled.',
  });
});

describe('what is refused changes nothing', () => {
  test('more than the account can pay', async () => {
    await advance(1);
    const dear = caller.orders.place({ sessionId, order: order({ qty: '100000' }) });
    await expect(dear).rejects.toMatchObject({ message: /^Not enough buying power: this needs \$\d/ });
    expect(await caller.orders.list({ sessionId })).toEqual([]);
  });

  test('a body that is not an order, a session that is not there, a symbol of another session', async () => {
    const bad = caller.orders.place({ sessionId, order: order({ qty: 'ten' }) });
    await expect(bad).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(caller.clock.get({ sessionId: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const foreign = caller.bars.window({ sessionId, symbol: 'BOLT', timeframe: '1Min' });
    await expect(foreign).rejects.toMatchObject({ message: 'Expected one of ACME, found BOLT.' });
  });

  test('going zero bars, or a timeframe that there is not', async () => {
    await expect(advance(0)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const odd = caller.bars.window({ sessionId, symbol: 'ACME', timeframe: '7Years' });
    await expect(odd).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('bars', () => {
  test('the window ends at now, whatever is asked, and goes back before the session', async () => {
    const { now } = await advance(3);
    const page = await caller.bars.window({
      sessionId,
      symbol: 'ACME',
      timeframe: '1Min',
      before: now * 2,
      limit: 10,
    });
    const times = page.bars.time.map(Number);
    expect(times).toHaveLength(10);
    expect(times.at(-1)).toBe(now - 60_000);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(page.hasOlder).toBe(true);
  });

  test('older pages follow without overlap until the first bar', async () => {
    await advance(3);
    const newest = await caller.bars.window({ sessionId, symbol: 'ACME', timeframe: '1Day', limit: 2 });
    const before = newest.bars.time[0] ?? 0;
    const older = await caller.bars.window({
      sessionId,
      symbol: 'ACME',
      timeframe: '1Day',
      before,
      limit: 10,
    });
    expect(older.bars.time.every((time) => Number(time) < before)).toBe(true);
    expect(older).toMatchObject({ hasOlder: false });
    expect(older.bars.time.length + 2).toBe(4);
  });

  test('the bar in progress is made of closed minutes only', async () => {
    await advance(3);
    const { bars } = await caller.bars.tail({
      sessionId,
      symbol: 'ACME',
      timeframe: '5Min',
      from: newYorkTime(DAY, 570),
    });
    expect(bars.volume).toEqual([3_000]);
  });
});

describe('the feed', () => {
  test('tells each commit from where the reader stands, then those to come', async () => {
    await advance(1);
    const { sequence } = await caller.clock.get({ sessionId });
    const told: number[] = [];
    const messages = await caller.feed.follow({ sessionId, after: 0, lastEventId: String(sequence - 1) });
    for await (const sent of messages) {
      if (!isTrackedEnvelope<FeedMessage>(sent)) throw new Error('expected a message with an id');
      const [id, message] = sent;
      expect(id).toBe(String(message.sequence));
      expect(message.eventTypes).toContain('ClockAdvanced');
      told.push(message.sequence);
      if (told.length === 1) void advance(1);
      else break;
    }
    expect(told).toEqual([sequence, sequence + 1]);
  });

  test('a reader far behind, or ahead of the log, is brought to the newest commit', () => {
    expect(resumeFrom(7, 10)).toBe(7);
    expect(resumeFrom(10, 1_000)).toBe(999);
    expect(resumeFrom(12, 10)).toBe(9);
    expect(resumeFrom(3, 0)).toBe(0);
  });
});
