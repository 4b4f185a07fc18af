/** The lock on a data directory: one living holder, stale locks taken over, readable by the owner alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DirectoryLockedError, lockDirectory, lockHolderOf } from './directory-lock';
import { processMark } from './process-mark';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'paddock-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function lockOf(pid: number, startedAt: string): void {
  writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid, startedAt, origin: null, token: 'old' }));
}

describe('the lock', () => {
  test('is held once, and names its holder', () => {
    const lock = lockDirectory(dataDir);
    expect(() => lockDirectory(dataDir)).toThrow(`in use by process ${process.pid}`);
    expect(lockHolderOf(dataDir)?.pid).toBe(process.pid);
    lock.release();
    expect(lockHolderOf(dataDir)).toBeNull();
    lockDirectory(dataDir).release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('tells where its server listens, to the owner only', () => {
    const lock = lockDirectory(dataDir);
    lock.announce('http://127.0.0.1:3000');
    const holder = lockHolderOf(dataDir);
    expect(holder?.origin).toBe('http://127.0.0.1:3000');
    expect(lock.isToken(holder?.token ?? '')).toBe(true);
    expect(lock.isToken('something else')).toBe(false);
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'lock')).mode & 0o777).toBe(0o600);
    lock.release();
  });

  test('of a process that is gone is taken over', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    lockOf(pid, 'then');
    const lock = lockDirectory(dataDir);
    expect(lockHolderOf(dataDir)?.pid).toBe(process.pid);
    lock.release();
  });

  test('of another process that had the same number is taken over', () => {
    lockOf(process.pid, 'another boot:1');
    lockDirectory(dataDir).release();
  });

  test('that nobody can read is taken over', () => {
    writeFileSync(join(dataDir, 'lock'), 'not a lock');
    lockDirectory(dataDir).release();
  });

  test('is not released by one who lost it', () => {
    const lock = lockDirectory(dataDir);
    lockOf(process.pid, processMark(process.pid) ?? '');
    lock.release();
    expect(readFileSync(join(dataDir, 'lock'), 'utf8')).toContain('old');
  });

  test('is refused with a code, whichever module made the error', () => {
    const lock = lockDirectory(dataDir);
    try {
      lockDirectory(dataDir);
      expect.unreachable();
    } catch (error) {
      expect((error as DirectoryLockedError).code).toBe('data_directory_locked');
    }
    lock.release();
  });
});
