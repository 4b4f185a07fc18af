/** Sessions in memory, for tests and sessions that nobody keeps. Values go through JSON, as on disk. */
import {
  StoreError,
  type Commit,
  type SessionPage,
  type SessionRecord,
  type SessionStore,
  type StoredSnapshot,
} from '../../sessions/session-store';
import {
  commitFromLine,
  commitToLine,
  recordFromText,
  recordToText,
  snapshotFromText,
  snapshotToText,
} from './session-json';
import { pageOf } from './session-page';

interface Kept {
  record: string;
  readonly log: string[];
  snapshot: string | null;
}

export function memorySessionStore(): SessionStore {
  return new MemorySessionStore();
}

class MemorySessionStore implements SessionStore {
  private readonly sessions = new Map<string, Kept>();

  async create(record: SessionRecord): Promise<void> {
    if (this.sessions.has(record.id)) throw new StoreError('session_exists', `session ${record.id} exists`);
    this.sessions.set(record.id, { record: recordToText(record), log: [], snapshot: null });
  }

  async read(id: string): Promise<SessionRecord | null> {
    const kept = this.sessions.get(id);
    return kept === undefined ? null : recordFromText(kept.record, id);
  }

  async list(page: { readonly limit: number; readonly pageToken: string | null }): Promise<SessionPage> {
    return pageOf(
      [...this.sessions].map(([id, kept]) => recordFromText(kept.record, id)),
      page,
    );
  }

  async update(
    id: string,
    change: { readonly name?: string; readonly endTime?: number },
  ): Promise<SessionRecord> {
    const kept = this.known(id);
    const record = recordFromText(kept.record, id);
    const { name = record.name, endTime = record.configuration.endTime } = change;
    const updated = { ...record, name, configuration: { ...record.configuration, endTime } };
    kept.record = recordToText(updated);
    return updated;
  }

  async delete(id: string): Promise<void> {
    this.sessions.delete(id);
  }

  async append(commit: Commit): Promise<void> {
    const { log } = this.known(commit.sessionId);
    if (commit.sequence !== log.length + 1) {
      const found = `expected commit ${log.length + 1} of session ${commit.sessionId}, found ${commit.sequence}`;
      throw new StoreError('sequence_taken', found);
    }
    log.push(commitToLine(commit));
  }

  async commits(id: string, after: number, limit: number): Promise<readonly Commit[]> {
    const lines = this.known(id).log.slice(after, after + limit);
    return lines.map((line, index) => commitFromLine(line, id, after + index + 1));
  }

  async lastSequence(id: string): Promise<number> {
    return this.known(id).log.length;
  }

  async saveSnapshot(id: string, snapshot: StoredSnapshot): Promise<void> {
    this.known(id).snapshot = snapshotToText(snapshot);
  }

  async latestSnapshot(id: string): Promise<StoredSnapshot | null> {
    const { snapshot } = this.known(id);
    return snapshot === null ? null : snapshotFromText(snapshot);
  }

  async release(): Promise<void> {}

  async close(): Promise<void> {}

  private known(id: string): Kept {
    const kept = this.sessions.get(id);
    if (kept === undefined) throw new StoreError('session_not_found', `there is no session ${id}`);
    return kept;
  }
}
