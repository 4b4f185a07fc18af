/** The exclusive lock on a data directory: a file that names its holder and, once it listens, where to reach it. */
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processMark } from './process-mark';

/** Only the owner may read the file: its token opens the server's internal doors. */
const OWNER_ONLY = 0o600;
const ATTEMPTS_MAX = 10;

const lockHolder = z.object({
  pid: z.number().int().positive(),
  /** When that process started (see processMark). */
  startedAt: z.string(),
  /** `http://127.0.0.1:3000` when the holder is a server that listens, else null. */
  origin: z.string().nullable(),
  token: z.string(),
});
export type LockHolder = z.infer<typeof lockHolder>;

/** Another process works on the data directory. Told apart by `code`, never by `instanceof`. */
export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';
  readonly code = 'data_directory_locked';
  constructor(
    dataDir: string,
    readonly holder: LockHolder,
  ) {
    super(
      `the data directory ${dataDir} is in use by process ${holder.pid}` +
        (holder.origin === null ? '' : ` (a server at ${holder.origin})`),
    );
  }
}

export interface DirectoryLock {
  /** Writes down where this process listens, so that command-line tools go through it. */
  announce(origin: string): void;
  /** True for the token in the lock file: the caller is the owner of the data directory. Constant time. */
  isToken(candidate: string): boolean;
  release(): void;
}

/** Takes the lock or throws a DirectoryLockedError. The lock of a process that is gone is taken over. */
export function lockDirectory(dataDir: string): DirectoryLock {
  mkdirSync(dataDir, { recursive: true });
  const file = lockFile(dataDir);
  const token = randomBytes(32).toString('hex');
  const mine: LockHolder = {
    pid: process.pid,
    startedAt: processMark(process.pid) ?? 'unknown',
    origin: null,
    token,
  };
  take(dataDir, mine);
  return {
    announce: (origin) => {
      const draft = writeDraft(dataDir, { ...mine, origin });
      renameSync(draft, file);
    },
    isToken: (candidate) => {
      const [given, kept] = [Buffer.from(candidate), Buffer.from(token)];
      return given.length === kept.length && timingSafeEqual(given, kept);
    },
    release: () => {
      if (readHolder(file)?.token === token) rmSync(file, { force: true });
    },
  };
}

/** Who works on the data directory now; null when nobody does. */
export function lockHolderOf(dataDir: string): LockHolder | null {
  const holder = readHolder(lockFile(dataDir));
  return holder !== null && isLiving(holder) ? holder : null;
}

function take(dataDir: string, mine: LockHolder): void {
  const file = lockFile(dataDir);
  const draft = writeDraft(dataDir, mine);
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (linked(draft, file)) return;
      const holder = readHolder(file);
      if (holder !== null && isLiving(holder)) throw new DirectoryLockedError(dataDir, holder);
      removeStale(file, holder);
    }
    throw new Error(`could not take the lock ${file} in ${ATTEMPTS_MAX} attempts`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link appears with its whole content or not at all, and fails when the name is taken. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves a stale lock aside and looks at what was moved: when another process was quicker and it is that
 * one's fresh lock, it is put back.
 */
function removeStale(file: string, stale: LockHolder | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== null && moved.token !== stale?.token) linked(aside, file);
  unlinkSync(aside);
}

function isLiving(holder: LockHolder): boolean {
  return processMark(holder.pid) === holder.startedAt;
}

function readHolder(file: string): LockHolder | null {
  try {
    return lockHolder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // absent, or written by something else: nobody that could be asked
  }
}

function writeDraft(dataDir: string, holder: LockHolder): string {
  const draft = join(dataDir, `lock.${randomUUID()}`);
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: OWNER_ONLY });
  return draft;
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'lock');
}
