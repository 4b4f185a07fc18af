/** Session records, commits and snapshots as lines of JSON, and back: the one form in which they are stored. */
import { fromJson, toJson } from '../../engine/simulation/codec';
import { completedRecord } from '../../sessions/earlier-record';
import {
  StoreError,
  type Commit,
  type SessionRecord,
  type StoredSnapshot,
} from '../../sessions/session-store';

export function recordToText(record: SessionRecord): string {
  return JSON.stringify(toJson(record));
}

export function recordFromText(text: string, id: string): SessionRecord {
  const record = parsed(text, `the record of session ${id}`);
  if (record.id !== id)
    throw damaged(`expected the record of session ${id}, found that of ${String(record.id)}`);
  return completedRecord(fromJson<SessionRecord>(record));
}

/** One line, without the line break. `sequence` comes first, so that a person can read along. */
export function commitToLine(commit: Commit): string {
  const { sequence, commandId, actor, simulatedAt, recordedAt, hash } = commit;
  const command = toJson(commit.command);
  const events = toJson(commit.events);
  return JSON.stringify({ sequence, commandId, actor, simulatedAt, recordedAt, hash, command, events });
}

/** The commit on a line. Line n of a log holds commit n: anything else is damage, named by its line. */
export function commitFromLine(text: string, sessionId: string, line: number): Commit {
  const where = `line ${line} of the log of session ${sessionId}`;
  const commit = parsed(text, where);
  if (commit.sequence !== line)
    throw damaged(`expected commit ${line} in ${where}, found ${String(commit.sequence)}`);
  if (!Array.isArray(commit.events) || typeof commit.command !== 'object') {
    throw damaged(`expected a command and its events in ${where}`);
  }
  return fromJson<Commit>({ sessionId, ...commit });
}

export function snapshotToText(snapshot: StoredSnapshot): string {
  return JSON.stringify(snapshot);
}

/** Null when the text is no snapshot: it is only a shortcut, the log can do without it. */
export function snapshotFromText(text: string): StoredSnapshot | null {
  try {
    const { sequence, stateHash, state } = parsed(text, 'a snapshot');
    if (typeof sequence !== 'number' || typeof stateHash !== 'string') return null;
    return { sequence, stateHash, state };
  } catch {
    return null;
  }
}

function parsed(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(`expected JSON in ${where}, found "${text.slice(0, 80)}"`);
  }
  if (typeof value !== 'object' || value === null) throw damaged(`expected an object in ${where}`);
  return value as Record<string, unknown>;
}

function damaged(message: string): StoreError {
  return new StoreError('log_damaged', message);
}
