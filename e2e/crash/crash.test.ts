/** `kill -9` of the real server, twenty times at random moments under load: nothing acknowledged is ever lost. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTape } from '../../server/engine/market/tape';
import { Simulation } from '../../server/engine/simulation/simulation';
import { formatDecimal } from '../../server/engine/units/decimal';
import { openFileSessionStore } from '../../server/stores/sessions/file-session-store';
import { CrashBot } from './crash-bot';
import { CrashServer, freePort, importCsv } from './crash-server';
import { asCsv, inventedBars, SYMBOL } from './invented-bars';

const KILLS = 20;
const LIVE_MIN_MS = 100;
const LIVE_MAX_MS = 1_200;
const PAGE = 1_000;

interface WireEvent {
  readonly type: string;
  readonly order_id?: string;
  readonly bars?: number;
}
interface WireCommit {
  readonly sequence: number;
  readonly hash: string;
  readonly events: readonly WireEvent[];
}

let dataDir: string;
let server: CrashServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'paddock-kill-'));
  const file = join(dataDir, `${SYMBOL}.csv`);
  await writeFile(file, asCsv(inventedBars()));
  await importCsv(file, SYMBOL, dataDir);
  server = new CrashServer(await freePort(), dataDir);
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function newSession(): Promise<{ id: string; keyId: string; secretKey: string }> {
  const answer = await fetch(`${server.origin}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'crash',
      symbols: [SYMBOL],
      start_time: '2024-03-08',
      end_time: '2024-05-31',
      initial_cash: '10000000',
    }),
  });
  const body = await answer.json();
  expect([answer.status, body]).toEqual([201, expect.objectContaining({ status: 'active' })]);
  return { id: body.id, keyId: body.api_key.key_id, secretKey: body.api_key.secret_key };
}

async function logOf(bot: CrashBot, id: string): Promise<WireCommit[]> {
  const log: WireCommit[] = [];
  for (let next: unknown = 0; next !== null;) {
    const { body } = await bot.get(`/v1/sessions/${id}/events?after=${String(next)}&limit=${PAGE}`);
    log.push(...(body['events'] as WireCommit[]));
    next = body['next'];
  }
  return log;
}

function missing(wanted: Iterable<string>, found: readonly string[]): string[] {
  const there = new Set(found);
  return [...wanted].filter((id) => !there.has(id));
}

const within = (value: number, maximum: number): boolean => value >= 0 && value <= maximum;

/** Every acknowledged order, cancel and step is in the log, in a session that stands where its log ends. */
async function expectNothingLost(bot: CrashBot, id: string): Promise<void> {
  const log = await logOf(bot, id);
  const { body: session } = await bot.get(`/v1/sessions/${id}`);
  expect(log.map((commit) => commit.sequence)).toEqual(log.map((_, index) => index + 1));
  expect(session).toMatchObject({ sequence: log.length, run_hash: log.at(-1)?.hash });

  const events = log.flatMap((commit) => commit.events);
  const idsOf = (type: string): string[] =>
    events.flatMap((event) => (event.type === type && event.order_id !== undefined ? [event.order_id] : []));
  const { orders, canceled, bars, currentTime } = bot.acknowledged;
  expect(missing(orders.values(), idsOf('order_accepted'))).toEqual([]);
  expect(missing(canceled, idsOf('order_canceled'))).toEqual([]);
  const moved = events.reduce(
    (sum, event) => sum + (event.type === 'clock_advanced' ? Number(event.bars) : 0),
    0,
  );
  // One request may have become durable whose answer nobody got; once it is sent again, all is exact.
  const unanswered = bot.isWaiting ? 1 : 0;
  expect(within(moved - bars, unanswered)).toBe(true);
  expect(within(idsOf('order_accepted').length - orders.size, unanswered)).toBe(true);
  expect(String(session['current_time']) >= currentTime).toBe(true);
  for (const [clientOrderId, orderId] of [...orders].slice(-5)) {
    const { body } = await bot.get(`/v2/orders:by_client_order_id?client_order_id=${clientOrderId}`);
    expect(body['id']).toBe(orderId);
  }
}

/** The log as it lies on the disk, folded in this process over the same bars. */
async function foldLog(id: string): Promise<Simulation> {
  const store = await openFileSessionStore({ directory: join(dataDir, 'sessions'), fsync: 'never' });
  const record = await store.read(id);
  if (record === null) throw new Error(`expected session ${id} on disk`);
  const simulation = Simulation.start(
    record.configuration,
    createTape('1Min', [{ symbol: SYMBOL, bars: inventedBars() }]),
  );
  for (const commit of await store.commits(id, 0, await store.lastSequence(id)))
    simulation.fold(commit.events);
  await store.close();
  return simulation;
}

test(`${KILLS} kills under load lose nothing, and the bot goes on`, { timeout: 900_000 }, async () => {
  await server.start();
  const session = await newSession();
  const bot = new CrashBot(server.origin, session, SYMBOL);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const living = bot.live(() => false);
    await new Promise((resolve) =>
      setTimeout(resolve, LIVE_MIN_MS + Math.random() * (LIVE_MAX_MS - LIVE_MIN_MS)),
    );
    await server.kill();
    await living;
    await server.start();
    await expectNothingLost(bot, session.id);
  }
  let more = 50;
  const before = bot.acknowledged.bars;
  await bot.live(() => (more -= 1) < 0);
  expect(bot.acknowledged.bars).toBeGreaterThan(before);
  await expectNothingLost(bot, session.id);

  const { body: account } = await bot.get('/v2/account');
  const { body: position } = await bot.get(`/v2/positions/${SYMBOL}`);
  const { body: live } = await bot.get(`/v1/sessions/${session.id}`);
  await server.stop();
  const folded = await foldLog(session.id);
  const ledger = folded.account(0);
  expect(folded.runHash()).toBe(live['run_hash']);
  expect(folded.now).toBe(Date.parse(String(live['current_time'])));
  expect(Number(account['cash'])).toBe(Number(formatDecimal(ledger?.cash ?? 0n)));
  expect(Number(account['equity'])).toBe(Number(formatDecimal(ledger?.equity ?? 0n)));
  expect(Number(position['qty'])).toBe(Number(formatDecimal(folded.position(0, SYMBOL)?.quantity ?? 0n)));
  const told = `${live['sequence'] as number} commits, ${bot.acknowledged.orders.size} orders, ${bot.acknowledged.bars} bars`;
  console.info(`${KILLS} kills: ${told}, all there`);
});
