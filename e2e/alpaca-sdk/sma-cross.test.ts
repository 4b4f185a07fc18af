/** Alpaca's own SDKs, unmodified, trade real days against a real server: their books and Paddock's agree to the cent. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Alpaca } from '@alpacahq/alpaca-trade-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { CrashServer, freePort, importCsv } from '../crash/crash-server';
import type { Broker, Connection } from './broker';
import { brokerV3 } from './broker-v3';
import { brokerV4 } from './broker-v4';
import { billionths, cents } from './own-ledger';
import { SmaBot } from './sma-bot';

const CASH = '100000';
/** The bot compares its books with the account's this often, in simulated minutes. */
const COMPARE_EVERY = 30;
const WARM_UP_MINUTES = 60;

const folder = process.env.PADDOCK_TEST_DATA;
const realFile = join(folder ?? '', 'stocks', 'minute', 'AAPL.csv.gz');
const hasRealData = folder !== undefined && existsSync(realFile);
if (!hasRealData) console.log('PADDOCK_TEST_DATA has no AAPL minutes: the bots trade demo data only');

interface Period {
  readonly symbol: string;
  readonly start: string;
  readonly end: string;
  /** The last minutes before it traded, for the averages. */
  readonly warmUpFrom: string;
}

/** Three trading days; the first is the first one after the clocks changed. */
const REAL: Period = {
  symbol: 'AAPL',
  start: '2024-03-11',
  end: '2024-03-13',
  warmUpFrom: '2024-03-08T20:00:00Z',
};
const DEMO: Omit<Period, 'symbol'> = {
  start: '2024-11-04',
  end: '2024-11-06',
  warmUpFrom: '2024-11-01T19:00:00Z',
};

let dataDir: string;
let server: CrashServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'paddock-sdk-'));
  if (hasRealData) await importCsv(realFile, 'AAPL', dataDir);
  server = new CrashServer(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const newSession = z.object({
  id: z.string(),
  api_key: z.object({ key_id: z.string(), secret_key: z.string() }),
});
const session = z.object({ run_hash: z.string(), status: z.string(), equity: z.string() });
const advanced = z.object({ is_completed: z.boolean() });

async function control(path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${server.origin}/v1/sessions${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function openSession(period: Period): Promise<Connection & { readonly id: string }> {
  const made = newSession.parse(
    await control('', {
      symbols: [period.symbol],
      start_time: period.start,
      end_time: period.end,
      initial_cash: CASH,
    }),
  );
  const { key_id: keyId, secret_key: secretKey } = made.api_key;
  return { origin: server.origin, id: made.id, keyId, secretKey };
}

/** The bot books its fills; what regulators take comes off overnight, as activities of its own. */
async function cashOf(bot: SmaBot, broker: Broker): Promise<bigint> {
  const fees = await broker.fees();
  return fees.reduce((cash, amount) => cash + billionths(amount), bot.ledger.cash);
}

async function compareBooks(bot: SmaBot, broker: Broker, symbol: string): Promise<void> {
  const account = await broker.account();
  expect(cents(await cashOf(bot, broker))).toBe(cents(billionths(account.cash)));
  const held = await broker.position(symbol);
  expect(bot.ledger.quantity).toBe(billionths(held ?? '0'));
}

/** Lives through the whole period, and resolves to the run hash. */
async function live(connect: (connection: Connection) => Broker, period: Period): Promise<string> {
  const connection = await openSession(period);
  const broker = connect(connection);
  const bot = new SmaBot(broker, period.symbol, billionths(CASH));
  expect(await bot.warmUp(new Date(period.warmUpFrom))).toBeGreaterThanOrEqual(WARM_UP_MINUTES);
  let isCompleted = false;
  for (let minute = 0; !isCompleted; minute++) {
    await bot.minute();
    if (minute % COMPARE_EVERY === 0) await compareBooks(bot, broker, period.symbol);
    ({ is_completed: isCompleted } = advanced.parse(
      await control(`/${connection.id}/time/advance`, { bars: 1 }),
    ));
  }
  await bot.keepBooks();
  await compareBooks(bot, broker, period.symbol);
  const account = await broker.account();
  const worth =
    (bot.ledger.quantity * billionths(String(await broker.latestClose(period.symbol)))) / 1_000_000_000n;
  expect(await broker.fees()).toEqual([]);
  expect(cents((await cashOf(bot, broker)) + worth)).toBe(cents(billionths(account.equity)));
  expect(bot.fillsOf.market).toBeGreaterThan(0);
  expect(bot.fillsOf.limit).toBeGreaterThan(0);
  expect(bot.fillsOf.stop).toBeGreaterThan(0);
  const end = session.parse(await control(`/${connection.id}`));
  expect(end).toMatchObject({ status: 'completed', equity: account.equity });
  console.log(
    `${broker.name} on ${period.symbol}: ${bot.ledger.fills} fills ${JSON.stringify(bot.fillsOf)}, ` +
      `equity ${account.equity}, run ${end.run_hash.slice(0, 12)}`,
  );
  return end.run_hash;
}

/** Both SDKs, each twice: the same decisions, so the same run. */
async function sameRun(period: Period): Promise<void> {
  const hashes = [
    await live(brokerV4, period),
    await live(brokerV3, period),
    await live(brokerV4, period),
    await live(brokerV3, period),
  ];
  expect(new Set(hashes).size).toBe(1);
}

describe('an SMA-cross bot', () => {
  if (hasRealData) test('trades three real days of AAPL', () => sameRun(REAL));

  test('trades three days of demo data', async () => {
    const list = z.object({ sessions: z.array(z.object({ symbols: z.array(z.string()) })) });
    const { sessions } = list.parse(await control(''));
    const symbol = sessions.find((one) => !one.symbols.includes('AAPL'))?.symbols[0];
    if (symbol === undefined) throw new Error('expected the demo session');
    await sameRun({ ...DEMO, symbol });
  });
});

test('the facade of 4.x, which has no base URL, is redirected by its own fetchApi', async () => {
  const list = z.object({ sessions: z.array(z.object({ symbols: z.array(z.string()) })) });
  const [demo] = list.parse(await control('')).sessions;
  const connection = await openSession({ ...DEMO, symbol: demo?.symbols[0] ?? '' });
  const alpaca = new Alpaca({
    keyId: connection.keyId,
    secret: connection.secretKey,
    rateLimit: false,
    fetchApi: (input, init) => {
      const { pathname, search } = new URL(input);
      return fetch(`${connection.origin}${pathname}${search}`, init);
    },
  });
  expect((await alpaca.trading.account.getAccount()).cash).toBe(CASH);
  const symbol = demo?.symbols[0] ?? '';
  await alpaca.trading.orders.limit({ symbol, side: 'buy', qty: 1, limitPrice: 1, clientOrderId: 'facade' });
  const found = await alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'facade' });
  expect(found).toMatchObject({ clientOrderId: 'facade', limitPrice: '1', status: 'new' });
  await alpaca.trading.orders.deleteOrderByOrderID({ orderId: found.id ?? '' });
  const missing = alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'none' });
  await expect(missing).rejects.toMatchObject({
    message: expect.stringContaining('order not found for none'),
  });
});
