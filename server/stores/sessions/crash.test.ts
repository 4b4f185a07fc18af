/** `kill -9` at random moments: whatever the file store acknowledged is there afterwards. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openFileSessionStore } from './file-session-store';
import { sampleCommit } from './sample-session.fixture';

const WRITER = fileURLToPath(new URL('./crash-writer.fixture.ts', import.meta.url));

/** Lets a writer run for a moment after its first commit, kills it, and gives the last acknowledged sequence. */
function writeUntilKilled(directory: string, fsync: string, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, directory, fsync]);
    let output = '';
    let problem = '';
    let isArmed = false;
    writer.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    writer.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!isArmed) setTimeout(() => writer.kill('SIGKILL'), afterMs);
      isArmed = true;
    });
    writer.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`expected the writer to be killed, found: ${problem}`));
      else resolve(Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1)));
    });
  });
}

for (const fsync of ['always', 'interval', 'never'] as const) {
  test(`every acknowledged commit survives kill -9 (fsync ${fsync})`, { timeout: 60_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'paddock-crash-'));
    let acknowledged = 0;
    for (let round = 0; round < 4; round += 1) {
      const killed = await writeUntilKilled(directory, fsync, Math.random() * 60);
      expect(killed).toBeGreaterThan(acknowledged);
      acknowledged = killed;
      const store = await openFileSessionStore({ directory, fsync: 'never' });
      const last = await store.lastSequence('one');
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      const commits = await store.commits('one', 0, last);
      expect(commits).toHaveLength(last);
      expect(commits.at(-1)).toEqual(sampleCommit('one', last));
      expect((await store.latestSnapshot('one'))?.sequence ?? 0).toBeLessThanOrEqual(last);
      await store.close();
    }
    await rm(directory, { recursive: true });
  });
}
