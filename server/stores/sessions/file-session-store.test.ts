/** The file store keeps the contract, and what is true of files alone: torn lines, damage, other writers. */
import { mkdtemp, readdir, readFile, rm, writeFile, appendFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionStore } from '../../sessions/session-store';
import { openFileSessionStore, type Fsync } from './file-session-store';
import { sampleCommit, sampleRecord } from './sample-session.fixture';
import { sessionStoreContract } from './session-store.contract';

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), 'paddock-sessions-'));

for (const fsync of ['always', 'interval', 'never'] as const) {
  sessionStoreContract(`the file store (fsync ${fsync})`, async () => {
    const directory = await temporary();
    const store = await openFileSessionStore({ directory, fsync, openLogsMax: 1 });
    return { store, dispose: () => rm(directory, { recursive: true }) };
  });
}

describe('the files of a session', () => {
  let directory: string;
  const stores: SessionStore[] = [];

  beforeEach(async () => {
    directory = await temporary();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await rm(directory, { recursive: true });
  });

  async function opened(fsync: Fsync = 'interval'): Promise<SessionStore> {
    const store = await openFileSessionStore({ directory, fsync });
    stores.push(store);
    return store;
  }

  async function withCommits(count: number): Promise<SessionStore> {
    const store = await opened();
    await store.create(sampleRecord('one'));
    for (let sequence = 1; sequence <= count; sequence += 1)
      await store.append(sampleCommit('one', sequence));
    return store;
  }

  const log = (): string => join(directory, 'one', 'log.jsonl');

  test('are a record, a log with one line a commit, and the newest two snapshots', async () => {
    const store = await withCommits(3);
    for (const sequence of [1, 2, 3])
      await store.saveSnapshot('one', { sequence, state: null, stateHash: '' });
    expect((await readdir(join(directory, 'one'))).sort()).toEqual([
      'log.jsonl',
      'session.json',
      'snapshot-2.json',
      'snapshot-3.json',
    ]);
    const lines = (await readFile(log(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([1, 2, 3]);
    expect(JSON.parse(lines[0] ?? '').command.terms).toMatchObject({
      quantity: '0.123456789',
      limitPrice: '185.25',
    });
  });

  test('are all there in the next process', async () => {
    await (await withCommits(3)).close();
    const store = await opened();
    expect(await store.read('one')).toEqual(sampleRecord('one'));
    expect((await store.list({ limit: 10, pageToken: null })).sessions).toHaveLength(1);
    expect(await store.lastSequence('one')).toBe(3);
    await store.append(sampleCommit('one', 4));
    expect(await store.commits('one', 2, 10)).toEqual([sampleCommit('one', 3), sampleCommit('one', 4)]);
  });

  test('a torn last line is cut, at whatever byte it tore', async () => {
    await (await withCommits(3)).close();
    const whole = await readFile(log());
    const third = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (const end of [third + 1, third + 40, whole.length - 1]) {
      await writeFile(log(), whole.subarray(0, end));
      const store = await opened();
      expect(await store.lastSequence('one')).toBe(2);
      await store.append(sampleCommit('one', 3));
      await store.close();
      expect(await readFile(log())).toEqual(whole);
    }
  });

  test('a damaged line in the middle is an error that names the line, and the lines before it are readable', async () => {
    await (await withCommits(5)).close();
    const lines = (await readFile(log(), 'utf8')).split('\n');
    lines[2] = (lines[2] ?? '').replace('"sequence":3', '"sequence":9');
    await writeFile(log(), lines.join('\n'));
    const store = await opened();
    expect(await store.commits('one', 0, 2)).toHaveLength(2);
    await expect(store.commits('one', 0, 5)).rejects.toMatchObject({
      code: 'log_damaged',
      message: expect.stringContaining('line 3 '),
    });
    lines[2] = '{"sequence":3,';
    await writeFile(log(), lines.join('\n'));
    await expect((await opened()).commits('one', 2, 1)).rejects.toThrow(/line 3 .*found "\{"sequence":3,"/);
  });

  test('a log that lost a line is refused when it is opened', async () => {
    await (await withCommits(5)).close();
    const lines = (await readFile(log(), 'utf8')).split('\n');
    lines.splice(1, 1);
    await writeFile(log(), lines.join('\n'));
    const store = await opened();
    await expect(store.lastSequence('one')).rejects.toMatchObject({ code: 'log_damaged' });
    await expect(store.append(sampleCommit('one', 5))).rejects.toMatchObject({ code: 'log_damaged' });
  });

  test('a second writer on the same files takes the sequence, and the first one then reads on from there', async () => {
    const first = await withCommits(2);
    const second = await opened();
    await second.append(sampleCommit('one', 3));
    await expect(first.append(sampleCommit('one', 3))).rejects.toMatchObject({ code: 'sequence_taken' });
    expect(await first.lastSequence('one')).toBe(3);
    await first.append(sampleCommit('one', 4));
    expect(await first.commits('one', 2, 5)).toHaveLength(2);
  });

  test('a damaged snapshot, or one beyond the end of the log, is passed over', async () => {
    const store = await withCommits(3);
    for (const sequence of [2, 3])
      await store.saveSnapshot('one', { sequence, state: sequence, stateHash: '' });
    await writeFile(join(directory, 'one', 'snapshot-3.json'), '{"sequence":3,"sta');
    expect(await store.latestSnapshot('one')).toMatchObject({ sequence: 2 });
    await writeFile(join(directory, 'one', 'snapshot-3.json'), '{"sequence":3,"state":3,"stateHash":""}');
    await writeFile(join(directory, 'one', 'snapshot-9.json'), '{"sequence":9,"state":9,"stateHash":""}');
    expect(await store.latestSnapshot('one')).toMatchObject({ sequence: 3 });
  });

  test('what a crash left of a creation or a removal is cleared away, and a damaged record spoils only itself', async () => {
    await (await withCommits(1)).close();
    for (const name of ['.trash-gone', '.creating-new', 'empty']) await mkdir(join(directory, name));
    await mkdir(join(directory, 'broken'));
    await writeFile(join(directory, 'broken', 'session.json'), '{"id":');
    const store = await opened();
    expect((await readdir(directory)).sort()).toEqual(['broken', 'empty', 'one']);
    expect((await store.list({ limit: 9, pageToken: null })).sessions.map((record) => record.id)).toEqual([
      'one',
    ]);
    await expect(store.read('broken')).rejects.toMatchObject({ code: 'log_damaged' });
    expect(await store.read('empty')).toBeNull();
  });

  test('a log of 100,000 commits opens and gives its tail in a moment', async () => {
    await (await withCommits(1)).close();
    const line = (await readFile(log(), 'utf8')).trimEnd();
    const block: string[] = [];
    for (let sequence = 2; sequence <= 100_000; sequence += 1) {
      block.push(line.replace('"sequence":1', `"sequence":${sequence}`));
    }
    await appendFile(log(), `${block.join('\n')}\n`);
    const store = await opened();
    const started = performance.now();
    expect(await store.lastSequence('one')).toBe(100_000);
    expect(await store.commits('one', 99_000, 2_000)).toHaveLength(1_000);
    // measured about 60 ms on a quiet machine; the limit leaves room for a busy one
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
