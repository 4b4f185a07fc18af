/** Sessions that earlier versions stored: they open, say what they said then, and go on. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatDecimal, price } from '../engine/units/decimal';
import { openFileSessionStore } from '../stores/sessions/file-session-store';
import { buy, newRegistry, STEP } from './market.fixture';
import type { SessionRegistry } from './session-registry';

const KEPT = fileURLToPath(new URL('./histories', import.meta.url));
const BOT = { actor: 'key:bot' };

let directory: string;
let registry: SessionRegistry;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'paddock-kept-'));
  await cp(KEPT, directory, { recursive: true });
  registry = newRegistry({ store: await openFileSessionStore({ directory, fsync: 'never' }) });
});
afterEach(async () => {
  await registry.close();
  await rm(directory, { recursive: true });
});

test('a session from before there were families, margin and fees', async () => {
  const host = await registry.open('first-version');
  if (host === null) throw new Error('expected the kept session');
  expect(host.record.configuration).toMatchObject({
    fill: { collar: 'alpaca', trail: 'path', legs: 'parent_filled' },
    account: { multiplier: '1', shortingEnabled: false },
    fees: { model: 'none' },
    regulation: { rules: 'none', washTrades: 'allow' },
    instruments: [{ symbol: 'ACME', marginable: true, maintenanceRate: null }],
  });
  // What that version printed when it had made it.
  expect(
    host.read((simulation) => ({
      hash: simulation.runHash(),
      cash: formatDecimal(simulation.account(0)?.cash ?? 0n),
      orders: simulation.orders(0).map((order) => `${simulation.statusOf(order)} ${order.positionIntent}`),
    })),
  ).toEqual({
    hash: 'aac3c4811b9ce4a5da93babbffa06b7779a7bf6c35375f8b73dc6523972f5fd6',
    cash: '73715.25',
    orders: [
      'filled buy_to_open',
      'replaced buy_to_open',
      'filled sell_to_close',
      'filled buy_to_open',
      'canceled buy_to_open',
      'new buy_to_open',
    ],
  });
  await host.execute({ type: 'AdvanceClock', target: { to: 'open' } }, BOT);
  const bracket = {
    orderClass: 'bracket',
    takeProfit: { limitPrice: price('130') },
    stopLoss: { stopPrice: price('100'), limitPrice: null },
  } as const;
  expect(await host.execute(buy('1', bracket), BOT)).toMatchObject({ ok: true });
  await host.execute(STEP, BOT);
  const hash = host.read((simulation) => simulation.runHash());
  await registry.close();

  registry = newRegistry({ store: await openFileSessionStore({ directory, fsync: 'never' }) });
  const again = await registry.open('first-version');
  expect(again?.read((simulation) => simulation.runHash())).toBe(hash);
  expect(again?.read((simulation) => simulation.explain(5)?.sentence)).toMatch(/^Buy limit 95 not reached/);
});
