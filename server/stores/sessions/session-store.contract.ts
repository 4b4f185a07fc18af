/** What every session store must do, whatever it is built on. Each implementation's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionStore } from '../../sessions/session-store';
import { sampleCommit, sampleRecord } from './sample-session.fixture';

export function sessionStoreContract(
  name: string,
  open: () => Promise<{ store: SessionStore; dispose: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of session stores`, () => {
    let store: SessionStore;
    let dispose: () => Promise<void>;

    beforeEach(async () => {
      ({ store, dispose } = await open());
    });
    afterEach(async () => {
      await store.close();
      await dispose();
    });

    async function withCommits(id: string, count: number): Promise<void> {
      await store.create(sampleRecord(id));
      for (let sequence = 1; sequence <= count; sequence += 1) await store.append(sampleCommit(id, sequence));
    }

    test('a record is read back as it was created, exact money included', async () => {
      await store.create(sampleRecord('one'));
      expect(await store.read('one')).toEqual(sampleRecord('one'));
      expect(await store.read('other')).toBeNull();
      await expect(store.create(sampleRecord('one'))).rejects.toMatchObject({ code: 'session_exists' });
    });

    test('name and end may change, nothing else', async () => {
      await store.create(sampleRecord('one'));
      const end = sampleRecord('one').configuration.endTime + 1;
      await store.update('one', { name: 'renamed' });
      const updated = await store.update('one', { endTime: end });
      const record = sampleRecord('one');
      const expected = {
        ...record,
        name: 'renamed',
        configuration: { ...record.configuration, endTime: end },
      };
      expect(updated).toEqual(expected);
      expect(await store.read('one')).toEqual(expected);
      await expect(store.update('none', { name: 'x' })).rejects.toMatchObject({ code: 'session_not_found' });
    });

    test('lists newest first, page by page, each session once', async () => {
      const at = (minute: number): string => `2024-06-01T12:0${minute}:00.000Z`;
      for (const [id, minute] of [
        ['a', 1],
        ['b', 3],
        ['c', 3],
        ['d', 2],
      ] as const) {
        await store.create(sampleRecord(id, at(minute)));
      }
      const first = await store.list({ limit: 3, pageToken: null });
      expect(first.sessions.map((record) => record.id)).toEqual(['c', 'b', 'd']);
      const second = await store.list({ limit: 3, pageToken: first.nextPageToken });
      expect(second.sessions.map((record) => record.id)).toEqual(['a']);
      expect(second.nextPageToken).toBeNull();
      await expect(store.list({ limit: 3, pageToken: 'not one of ours' })).rejects.toMatchObject({
        code: 'page_token_invalid',
      });
    });

    test('commits are read back exactly, from any sequence, at most as many as asked', async () => {
      await withCommits('one', 200);
      expect(await store.lastSequence('one')).toBe(200);
      expect(await store.commits('one', 0, 2)).toEqual([sampleCommit('one', 1), sampleCommit('one', 2)]);
      for (const after of [62, 63, 64, 65, 127, 128, 198]) {
        const page = await store.commits('one', after, 70);
        expect(page.map((commit) => commit.sequence)).toEqual(
          Array.from({ length: Math.min(70, 200 - after) }, (_, index) => after + index + 1),
        );
      }
      expect(await store.commits('one', 200, 10)).toEqual([]);
      expect(await store.commits('one', 10, 0)).toEqual([]);
    });

    test('a sequence that is taken, or leaves a gap, is refused and changes nothing', async () => {
      await withCommits('one', 2);
      for (const sequence of [1, 2, 4]) {
        await expect(store.append(sampleCommit('one', sequence))).rejects.toMatchObject({
          code: 'sequence_taken',
        });
      }
      expect(await store.lastSequence('one')).toBe(2);
      await store.append(sampleCommit('one', 3));
      expect((await store.commits('one', 0, 10)).map((commit) => commit.sequence)).toEqual([1, 2, 3]);
    });

    test('only one of two writers of the same sequence wins', async () => {
      await withCommits('one', 1);
      const outcomes = await Promise.allSettled(
        [2, 2].map((sequence) => store.append(sampleCommit('one', sequence))),
      );
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await store.lastSequence('one')).toBe(2);
    });

    test('sessions do not see each other', async () => {
      await withCommits('one', 3);
      await withCommits('two', 1);
      expect(await store.lastSequence('one')).toBe(3);
      expect((await store.commits('two', 0, 10)).map((commit) => commit.sessionId)).toEqual(['two']);
    });

    test('the newest snapshot is kept', async () => {
      await withCommits('one', 4);
      expect(await store.latestSnapshot('one')).toBeNull();
      for (const sequence of [1, 2, 4]) {
        await store.saveSnapshot('one', { sequence, state: { cash: `${sequence}` }, stateHash: 'ab' });
      }
      expect(await store.latestSnapshot('one')).toEqual({
        sequence: 4,
        state: { cash: '4' },
        stateHash: 'ab',
      });
    });

    test('what is released is taken up again', async () => {
      await withCommits('one', 2);
      await store.release('one');
      await store.append(sampleCommit('one', 3));
      await store.release('one');
      expect(await store.lastSequence('one')).toBe(3);
    });

    test('a deleted session is gone, its id is free, the others stay', async () => {
      await withCommits('one', 2);
      await withCommits('two', 2);
      await store.delete('one');
      await store.delete('one');
      expect(await store.read('one')).toBeNull();
      await expect(store.commits('one', 0, 1)).rejects.toMatchObject({ code: 'session_not_found' });
      await expect(store.append(sampleCommit('one', 3))).rejects.toMatchObject({ code: 'session_not_found' });
      await expect(store.latestSnapshot('one')).rejects.toMatchObject({ code: 'session_not_found' });
      await withCommits('one', 1);
      expect(await store.lastSequence('one')).toBe(1);
      expect(await store.lastSequence('two')).toBe(2);
    });

    test('an unknown session, or one with a path for a name, is not found', async () => {
      for (const id of ['none', '../one', '..', 'a/b', '']) {
        expect(await store.read(id)).toBeNull();
        await expect(store.lastSequence(id)).rejects.toMatchObject({ code: 'session_not_found' });
        await expect(store.append(sampleCommit(id, 1))).rejects.toMatchObject({ code: 'session_not_found' });
      }
    });
  });
}
