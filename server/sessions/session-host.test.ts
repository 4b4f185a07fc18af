/** The host with the real engine: what is acknowledged is durable, in order, told once, and comes back after a loss. */
import { afterEach, describe, expect, test } from 'vitest';
import { Simulation } from '../engine/simulation/simulation';
import { formatDecimal } from '../engine/units/decimal';
import { memorySessionStore } from '../stores/sessions/memory-session-store';
import { buy, buyLimit, newRegistry, newSession, STEP, step, type RegistryWords } from './market.fixture';
import type { SessionEngine } from './session-engine';
import type { SessionHost } from './session-host';
import type { SessionRegistry } from './session-registry';
import { StoreError, type Commit, type SessionStore } from './session-store';

const BOT = { actor: 'key:bot' };
const registries: SessionRegistry[] = [];

afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close();
});

async function opened(words: Partial<RegistryWords> = {}): Promise<{
  registry: SessionRegistry;
  host: SessionHost;
  store: SessionStore;
}> {
  const store = words.store ?? memorySessionStore();
  const registry = newRegistry({ ...words, store });
  registries.push(registry);
  const created = await registry.create(newSession());
  if (!created.ok) throw new Error(`expected a session, found ${created.refusal.code}`);
  return { registry, host: created.host, store };
}

const stateOf = (host: SessionHost) =>
  host.read((simulation) => ({
    hash: simulation.runHash(),
    now: simulation.now,
    equity: simulation.account(0)?.equity,
    orders: simulation.orders(0).length,
    fills: simulation.fills(0).map((fill) => formatDecimal(fill.price)),
  }));

/** The store, with one method that can be told to fail. */
function brittle(store: SessionStore): SessionStore & { fail: ((commit: Commit) => Promise<void>) | null } {
  const wrapped = Object.assign(Object.create(store), {
    fail: null as ((commit: Commit) => Promise<void>) | null,
    append: async (commit: Commit): Promise<void> => {
      await wrapped.fail?.(commit);
      await store.append(commit);
    },
  });
  return wrapped;
}

describe('a command', () => {
  test('is answered with its events and its sequence, once it is in the store', async () => {
    const { host, store } = await opened();
    expect(host.sequence).toBe(1);
    const result = await host.execute(buy('10'), BOT);
    expect(result).toMatchObject({ ok: true, sequence: 2 });
    const [commit] = await store.commits(host.record.id, 1, 1);
    expect(commit).toMatchObject({ sequence: 2, actor: 'key:bot', command: { type: 'PlaceOrder' } });
    expect(commit?.events.map((event) => event.type)).toEqual(['OrderAccepted', 'OrderFilled']);
    expect(commit?.hash).toBe(stateOf(host).hash);
  });

  test('that is refused leaves no trace', async () => {
    const { host, store } = await opened();
    const before = stateOf(host);
    const result = await host.execute(buyLimit('100000', '100'), BOT);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'insufficient_buying_power' } });
    expect(stateOf(host)).toEqual(before);
    expect(await store.lastSequence(host.record.id)).toBe(1);
  });

  test('waits for those before it: a hundred at once are a hundred commits in order', async () => {
    const { host, store } = await opened();
    const results = await Promise.all(Array.from({ length: 100 }, () => host.execute(STEP, BOT)));
    expect(results.map((result) => result.ok && result.sequence)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 2),
    );
    expect(await store.commits(host.record.id, 0, 200)).toHaveLength(101);
  });

  test('is refused with session_busy when too many wait', async () => {
    const { host } = await opened({ settings: { commandsWaitingMax: 3 } });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => host.execute(STEP, BOT)));
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'fine'));
    expect(codes).toEqual(['fine', 'fine', 'fine', 'fine', 'session_busy', 'session_busy']);
    expect(host.sequence).toBe(5);
  });
});

describe('a command id', () => {
  const by = { actor: 'key:bot', commandId: 'retry-1' };

  test('sent twice is applied once, with the same answer, also at the same time', async () => {
    const { host } = await opened();
    const [first, second] = await Promise.all([host.execute(buy('10'), by), host.execute(buy('10'), by)]);
    expect(second).toEqual(first);
    expect(await host.execute(buy('10'), by)).toEqual(first);
    expect(stateOf(host).orders).toBe(1);
  });

  test('is found in the log after the session was put away', async () => {
    const store = memorySessionStore();
    const { registry, host } = await opened({ store });
    const first = await host.execute(buy('10'), by);
    await registry.close();
    const again = newRegistry({ store });
    registries.push(again);
    const back = await again.open(host.record.id);
    expect(await back?.execute(buy('10'), by)).toEqual(first);
    expect(back?.sequence).toBe(2);
  });

  test('with another command is refused, and the session goes on', async () => {
    const { host } = await opened();
    await host.execute(buy('10'), by);
    await expect(host.execute(buy('11'), by)).rejects.toMatchObject({ code: 'command_id_taken' });
    expect(await host.execute(buy('11'), BOT)).toMatchObject({ ok: true, sequence: 3 });
  });
});

describe('when the store fails', () => {
  test('nobody is told of the command, who waits hears session_unavailable, and the session comes back without it', async () => {
    const store = brittle(memorySessionStore());
    const { registry, host } = await opened({ store });
    await host.execute(buy('10'), BOT);
    const before = stateOf(host);
    const heard: number[] = [];
    const following = (async () => {
      for await (const commit of host.follow(0, new AbortController().signal)) heard.push(commit.sequence);
    })();
    store.fail = async () => Promise.reject(new Error('no space left on device'));
    const outcomes = await Promise.allSettled([host.execute(buy('1'), BOT), host.execute(STEP, BOT)]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'session_unavailable' } });
    }
    expect(outcomes[0]).toMatchObject({
      reason: { message: expect.stringContaining('no space left on device') },
    });
    await following;
    expect(heard).toEqual([1, 2]);
    expect(() => stateOf(host)).toThrow(/no space left/);
    await expect(host.execute(STEP, BOT)).rejects.toMatchObject({ code: 'session_unavailable' });

    store.fail = null;
    const back = await registry.open(host.record.id);
    expect(back).not.toBe(host);
    expect(back && stateOf(back)).toEqual(before);
    expect(await back?.execute(buy('1'), BOT)).toMatchObject({ ok: true, sequence: 3 });
  });

  test('because another writer was faster, its commit is taken in and ours follows', async () => {
    const store = brittle(memorySessionStore());
    const { host } = await opened({ store });
    const twin = newRegistry({ store });
    registries.push(twin);
    const other = await twin.open(host.record.id);
    await other?.execute(buy('10'), { actor: 'other', commandId: 'theirs' });
    const stop = new AbortController();
    const heard: string[] = [];
    const following = (async () => {
      for await (const commit of host.follow(0, stop.signal)) {
        heard.push(`${commit.sequence} ${commit.actor}`);
        if (commit.sequence === 3) stop.abort();
      }
    })();
    expect(await host.execute(buy('5'), BOT)).toMatchObject({ ok: true, sequence: 3 });
    expect(stateOf(host).orders).toBe(2);
    await following;
    expect(heard).toEqual(['1 paddock', '2 other', '3 key:bot']);
    expect(await host.execute(buy('10'), { actor: 'retry', commandId: 'theirs' })).toMatchObject({
      sequence: 2,
    });
  });

  test('because others are faster time and again, the host gives up', async () => {
    const store = brittle(memorySessionStore());
    const { host } = await opened({ store });
    store.fail = async () => Promise.reject(new StoreError('sequence_taken', 'taken'));
    await expect(host.execute(STEP, BOT)).rejects.toMatchObject({ code: 'session_unavailable' });
  });
});

test('a broken invariant stops that session only, and it comes back as it was before', async () => {
  let isBroken = false;
  const engine: SessionEngine = {
    start: (configuration, tape) => breaking(Simulation.start(configuration, tape)),
    restore: (configuration, tape, state) => breaking(Simulation.restore(configuration, tape, state)),
  };
  const breaking = (simulation: Simulation): Simulation => {
    const apply = simulation.apply.bind(simulation);
    simulation.apply = (command) => {
      if (isBroken) throw new Error('expected cash not to be negative, found -1');
      return apply(command);
    };
    return simulation;
  };
  const { registry, host } = await opened({ engine });
  const other = await registry.create(newSession({ name: 'other' }));
  await host.execute(buy('10'), BOT);
  const before = stateOf(host);
  isBroken = true;
  await expect(host.execute(STEP, BOT)).rejects.toMatchObject({
    code: 'session_unavailable',
    message: expect.stringContaining('expected cash not to be negative'),
  });
  isBroken = false;
  expect(other.ok && (await other.host.execute(STEP, BOT)).ok).toBe(true);
  const back = await registry.open(host.record.id);
  expect(back && stateOf(back)).toEqual(before);
});

describe('snapshots', () => {
  test('are kept every so many commits, and a session loads from the newest and the tail', async () => {
    const store = memorySessionStore();
    const { host } = await opened({ store, settings: { snapshotEvery: 10 } });
    for (let count = 0; count < 12; count += 1) {
      await host.execute(count % 3 === 0 ? buy('1') : STEP, BOT);
    }
    expect((await store.latestSnapshot(host.record.id))?.sequence).toBe(10);
    const registry = newRegistry({ store });
    registries.push(registry);
    const twin = await registry.open(host.record.id);
    expect(twin && stateOf(twin)).toEqual(stateOf(host));
    expect(twin?.sequence).toBe(13);
  });

  test('that do not fit are passed over: the log has everything', async () => {
    const store = memorySessionStore();
    const { registry, host } = await opened({ store });
    await host.execute(buy('10'), BOT);
    const before = stateOf(host);
    await registry.close();
    await store.saveSnapshot(host.record.id, { sequence: 2, state: { version: 'other' }, stateHash: '' });
    const again = newRegistry({ store });
    registries.push(again);
    const back = await again.open(host.record.id);
    expect(back && stateOf(back)).toEqual(before);
  });

  test('a log whose fold gives another hash is damaged, not played on', async () => {
    const store = memorySessionStore();
    const { host } = await opened({ store });
    await host.execute(buy('10'), BOT);
    const [commit] = await store.commits(host.record.id, 1, 1);
    if (commit === undefined) throw new Error('expected a commit');
    await store.append({ ...commit, sequence: 3, commandId: 'x', events: [], hash: 'f'.repeat(64) });
    const again = newRegistry({ store });
    registries.push(again);
    await expect(again.open(host.record.id)).rejects.toMatchObject({ code: 'log_damaged' });
  });
});

describe('a follower', () => {
  async function take(source: AsyncIterable<Commit>, count: number): Promise<number[]> {
    const sequences: number[] = [];
    for await (const commit of source) {
      sequences.push(commit.sequence);
      if (sequences.length === count) break;
    }
    return sequences;
  }

  test('reads from the store, then live, each commit once and in order, wherever it starts', async () => {
    const { host } = await opened();
    for (let count = 0; count < 20; count += 1) await host.execute(STEP, BOT);
    const followers = [0, 5, 21, 30].map((after) =>
      take(host.follow(after, new AbortController().signal), 41 - after),
    );
    await Promise.all(Array.from({ length: 20 }, () => host.execute(STEP, BOT)));
    const upTo41 = Array.from({ length: 41 }, (_, index) => index + 1);
    expect(await Promise.all(followers)).toEqual([0, 5, 21, 30].map((after) => upTo41.slice(after)));
  });

  test('that joins while commits come misses none and gets none twice', async () => {
    const { host } = await opened();
    const writing = (async () => {
      for (let count = 0; count < 600; count += 1) await host.execute(STEP, BOT);
    })();
    const seen: number[][] = [];
    for (let round = 0; round < 20; round += 1) {
      seen.push(await take(host.follow(0, new AbortController().signal), 20 + round * 20));
    }
    await writing;
    for (const sequences of seen) expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });

  test('that does not read is told so, after what its buffer held', async () => {
    const { host } = await opened({ settings: { followerBufferMax: 5 } });
    const source = host.follow(host.sequence, new AbortController().signal);
    const first = source.next();
    for (let count = 0; count < 20; count += 1) await host.execute(STEP, BOT);
    expect((await first).value?.sequence).toBe(2);
    const rest: number[] = [];
    const reading = (async () => {
      for await (const commit of source) rest.push(commit.sequence);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'follower_too_slow' });
    expect(rest).toEqual([3, 4, 5, 6, 7]);
    expect(host.isIdle).toBe(true);
  });

  test('ends when it aborts, when the session is deleted and when too many follow', async () => {
    const { registry, host } = await opened({ settings: { followersMax: 1 } });
    const stop = new AbortController();
    const aborted = take(host.follow(0, stop.signal), 99);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(take(host.follow(1, new AbortController().signal), 9)).rejects.toMatchObject({
      code: 'session_busy',
    });
    stop.abort();
    expect(await aborted).toEqual([1]);
    const deleted = take(host.follow(0, new AbortController().signal), 99);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await registry.delete(host.record.id);
    expect(await deleted).toEqual([1]);
  });
});

test('the clock may run to the end, and the moment of completion is kept', async () => {
  const store = memorySessionStore();
  let wall = Date.UTC(2024, 5, 1);
  const { registry, host } = await opened({ store, now: () => new Date(wall) });
  await host.execute(step(10), BOT);
  expect(host.completedAt).toBeNull();
  wall += 1_000;
  await host.execute({ type: 'AdvanceClock', target: { to: 'end' } }, BOT);
  wall += 1_000;
  await host.execute({ type: 'AdvanceClock', target: { to: 'end' } }, BOT);
  expect(host.completedAt).toBe('2024-06-01T00:00:01.000Z');
  await registry.close();
  const again = newRegistry({ store });
  registries.push(again);
  expect((await again.open(host.record.id))?.completedAt).toBe('2024-06-01T00:00:01.000Z');
});
