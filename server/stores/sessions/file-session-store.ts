/** Sessions on disk: one folder a session with its record, its log and its snapshots. Survives `kill -9`. */
import { join } from 'node:path';
import {
  StoreError,
  type Commit,
  type SessionPage,
  type SessionRecord,
  type SessionStore,
  type StoredSnapshot,
} from '../../sessions/session-store';
import type { EpochMs } from '../../engine/units/time';
import { CommitLog } from './commit-log';
import {
  hasCode,
  isSafeId,
  logPath,
  makeFolder,
  readText,
  recordPath,
  removeFolder,
  sessionIds,
  writeWhole,
} from './session-folder';
import { recordFromText, recordToText } from './session-json';
import { pageOf } from './session-page';
import { newestSnapshot, writeSnapshot } from './snapshot-files';

/**
 * When a commit is flushed to the disk itself. In all three it is written before the answer, so that it outlives
 * the process; a power cut may take the last second with `interval`, and what the system held back with `never`.
 */
export type Fsync = 'always' | 'interval' | 'never';

export interface FileSessionStoreOptions {
  readonly directory: string;
  readonly fsync: Fsync;
  /** Log files open at the same time. */
  readonly openLogsMax?: number;
}

const FLUSH_INTERVAL_MS = 1_000;
const OPEN_LOGS_MAX = 512;

export async function openFileSessionStore(options: FileSessionStoreOptions): Promise<SessionStore> {
  const store = new FileSessionStore(options);
  await store.load();
  return store;
}

class FileSessionStore implements SessionStore {
  private readonly directory: string;
  private readonly isDurable: boolean;
  private readonly records = new Map<string, SessionRecord>();
  /** Records that could not be read: asked for, they say why; the rest of the store goes on. */
  private readonly damaged = new Map<string, Error>();
  /** Least recently used first. */
  private readonly logs = new Map<string, CommitLog>();
  private readonly opening = new Map<string, Promise<CommitLog>>();
  private readonly flushing: NodeJS.Timeout | null;

  constructor(private readonly options: FileSessionStoreOptions) {
    this.directory = options.directory;
    this.isDurable = options.fsync !== 'never';
    this.flushing =
      options.fsync === 'interval' ? setInterval(() => void this.flush(), FLUSH_INTERVAL_MS) : null;
    this.flushing?.unref();
  }

  async load(): Promise<void> {
    for (const id of await sessionIds(this.directory)) {
      try {
        const text = await readText(recordPath(this.directory, id));
        if (text !== null) this.records.set(id, recordFromText(text, id));
      } catch (error) {
        this.damaged.set(id, error as Error);
      }
    }
  }

  async create(record: SessionRecord): Promise<void> {
    if (!isSafeId(record.id))
      throw new Error(`expected a session id of letters, digits, _ and -, found "${record.id}"`);
    const isNew = await makeFolder(this.directory, record.id, recordToText(record), this.isDurable);
    if (!isNew) throw new StoreError('session_exists', `session ${record.id} exists`);
    this.records.set(record.id, record);
  }

  async read(id: string): Promise<SessionRecord | null> {
    const damage = this.damaged.get(id);
    if (damage !== undefined) throw damage;
    return this.records.get(id) ?? null;
  }

  async list(page: { readonly limit: number; readonly pageToken: string | null }): Promise<SessionPage> {
    return pageOf(this.records.values(), page);
  }

  async update(
    id: string,
    change: { readonly name?: string; readonly endTime?: EpochMs },
  ): Promise<SessionRecord> {
    const record = this.known(id);
    const { name = record.name, endTime = record.configuration.endTime } = change;
    const updated = { ...record, name, configuration: { ...record.configuration, endTime } };
    await writeWhole(recordPath(this.directory, id), recordToText(updated), this.isDurable);
    this.records.set(id, updated);
    return updated;
  }

  async delete(id: string): Promise<void> {
    if (!isSafeId(id)) return;
    this.records.delete(id);
    this.damaged.delete(id);
    this.forget(id);
    await removeFolder(this.directory, id);
  }

  /** Runs to its end without a pause when the log is open: between apply and append nobody else gets to read. */
  async append(commit: Commit): Promise<void> {
    const id = commit.sessionId;
    const log = this.logs.get(id) ?? (await this.log(id));
    try {
      log.append(commit);
      if (this.options.fsync === 'always') log.syncNow();
    } catch (error) {
      if (!log.isUsable) this.forget(id);
      throw error;
    }
    this.touch(id, log);
  }

  async commits(id: string, after: number, limit: number): Promise<readonly Commit[]> {
    return (await this.log(id)).read(after, limit);
  }

  async lastSequence(id: string): Promise<number> {
    return (await this.log(id)).lastSequence;
  }

  async saveSnapshot(id: string, snapshot: StoredSnapshot): Promise<void> {
    const log = await this.log(id);
    if (this.isDurable) await log.syncSoon();
    await writeSnapshot(join(this.directory, id), snapshot, this.isDurable);
  }

  async latestSnapshot(id: string): Promise<StoredSnapshot | null> {
    const { lastSequence } = await this.log(id);
    return newestSnapshot(join(this.directory, id), lastSequence);
  }

  async release(id: string): Promise<void> {
    const log = this.logs.get(id);
    if (this.isDurable) await log?.syncSoon();
    this.forget(id);
  }

  async close(): Promise<void> {
    if (this.flushing !== null) clearInterval(this.flushing);
    for (const id of [...this.logs.keys()]) await this.release(id);
  }

  private known(id: string): SessionRecord {
    const record = this.records.get(id);
    if (record === undefined) throw new StoreError('session_not_found', `there is no session ${id}`);
    return record;
  }

  private async log(id: string): Promise<CommitLog> {
    this.known(id);
    const open = this.logs.get(id);
    if (open !== undefined) return this.touch(id, open);
    const pending = this.opening.get(id) ?? this.openLog(id);
    this.opening.set(id, pending);
    try {
      return await pending;
    } finally {
      this.opening.delete(id);
    }
  }

  private async openLog(id: string): Promise<CommitLog> {
    try {
      return this.touch(id, await CommitLog.open(logPath(this.directory, id), id));
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      throw new StoreError('session_not_found', `there is no session ${id}`);
    }
  }

  /** Marks the log as used just now, and closes the one that was not for the longest time. */
  private touch(id: string, log: CommitLog): CommitLog {
    this.logs.delete(id);
    this.logs.set(id, log);
    if (this.logs.size > (this.options.openLogsMax ?? OPEN_LOGS_MAX)) {
      const [oldest] = this.logs.keys();
      if (oldest !== undefined) this.forget(oldest);
    }
    return log;
  }

  private forget(id: string): void {
    const log = this.logs.get(id);
    this.logs.delete(id);
    if (log === undefined) return;
    if (this.isDurable && log.isDirty && log.isUsable) void log.syncSoon();
    log.close();
  }

  private async flush(): Promise<void> {
    for (const log of [...this.logs.values()]) await log.syncSoon();
  }
}
