/** Port: where sessions and their logs are kept. Implemented in server/stores, one contract suite for all. */
import type { CorporateAction } from '../engine/market/corporate-actions';
import type { Command } from '../engine/simulation/command';
import type { SimulationConfiguration } from '../engine/simulation/configuration';
import type { SimulationEvent } from '../engine/simulation/event';
import type { EpochMs } from '../engine/units/time';

/** What is known of a session besides its log. Only `name` and `endTime` may change later. */
export interface SessionRecord {
  readonly id: string;
  readonly name: string;
  /** Wall time, ISO 8601. */
  readonly createdAt: string;
  readonly profile: string;
  readonly configuration: SimulationConfiguration;
  /** Import version of each symbol's bars, pinned at creation. */
  readonly dataVersions: Readonly<Record<string, number>>;
  /** Import version of the quotes of the symbols that had some; absent in sessions of earlier versions. */
  readonly quoteVersions?: Readonly<Record<string, number>>;
  /** Splits and dividends of the span, as they were known at creation; absent in sessions of earlier versions. */
  readonly actions?: readonly CorporateAction[];
  /** True when any of the symbols is invented demo data. */
  readonly synthetic: boolean;
}

/** A command and the events that it caused, under one number. */
export interface Commit {
  readonly sessionId: string;
  /** 1, 2, 3, ... without gaps: the identity, so that a second writer conflicts. */
  readonly sequence: number;
  /** Given by the client for idempotent retries, else made by us. */
  readonly commandId: string;
  /** Who asked: `key:<key id>`, `browser`, `paddock`. */
  readonly actor: string;
  readonly command: Command;
  readonly events: readonly SimulationEvent[];
  readonly simulatedAt: EpochMs;
  /** Wall time, ISO 8601. */
  readonly recordedAt: string;
  /** Run hash after this commit. */
  readonly hash: string;
}

export interface StoredSnapshot {
  /** The last commit that is in it. */
  readonly sequence: number;
  /** Plain JSON, from the engine's `snapshot()`. */
  readonly state: unknown;
  readonly stateHash: string;
}

export type StoreErrorCode =
  | 'sequence_taken'
  | 'session_not_found'
  | 'session_exists'
  | 'session_locked'
  | 'log_damaged'
  | 'page_token_invalid';

/** An outage or conflict of a store. Told apart by `code`, never by `instanceof`. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export interface SessionPage {
  readonly sessions: readonly SessionRecord[];
  readonly nextPageToken: string | null;
}

export interface SessionStore {
  create(record: SessionRecord): Promise<void>;
  /** Null when there is none. */
  read(id: string): Promise<SessionRecord | null>;
  /** Newest first. Rejects with `page_token_invalid` for a token that no page gave. */
  list(page: { readonly limit: number; readonly pageToken: string | null }): Promise<SessionPage>;
  update(id: string, change: { readonly name?: string; readonly endTime?: EpochMs }): Promise<SessionRecord>;
  /** Removes the session and all that belongs to it. */
  delete(id: string): Promise<void>;
  /** Durable when it resolves. Rejects with `sequence_taken` unless it is the next number. */
  append(commit: Commit): Promise<void>;
  /** Commits after `after`, ascending, at most `limit`. */
  commits(id: string, after: number, limit: number): Promise<readonly Commit[]>;
  /** 0 when there is none. */
  lastSequence(id: string): Promise<number>;
  saveSnapshot(id: string, snapshot: StoredSnapshot): Promise<void>;
  latestSnapshot(id: string): Promise<StoredSnapshot | null>;
  /** Lets go of files and memory held for a session; the next call takes them up again. */
  release(id: string): Promise<void>;
  close(): Promise<void>;
}
