/** The single writer of a session: applies a command, appends it to the log, tells the world, then answers. */
import type { Tape } from '../engine/market/tape';
import type { Command } from '../engine/simulation/command';
import type { SimulationEvent } from '../engine/simulation/event';
import type { Rejection } from '../engine/simulation/rejection';
import type { SimulationView } from '../engine/simulation/view';
import { CommitFeed } from './commit-feed';
import { followCommits } from './follow-commits';
import { Mailbox } from './mailbox';
import type { RecentCommits } from './recent-commits';
import type { RunningSimulation, SessionEngine } from './session-engine';
import { codeOf, SessionError } from './session-error';
import { loadSession, type LoadedSession } from './session-loader';
import type { Commit, SessionRecord, SessionStore } from './session-store';

/** Who asks. A command with an id may be sent again after a lost answer: it is applied once. */
export interface By {
  readonly actor: string;
  readonly commandId?: string;
}

export type ExecuteResult =
  | { readonly ok: true; readonly events: readonly SimulationEvent[]; readonly sequence: number }
  | { readonly ok: false; readonly rejection: Rejection };

export interface HostSettings {
  readonly snapshotEvery: number;
  readonly commandsWaitingMax: number;
  readonly followerBufferMax: number;
  readonly followersMax: number;
}

export const HOST_SETTINGS: HostSettings = {
  snapshotEvery: 500,
  commandsWaitingMax: 1_000,
  followerBufferMax: 1_000,
  followersMax: 200,
};

/** A snapshot costs as much as the session is long, so a long one is saved less often: at each fifth more of it. */
const SNAPSHOT_SHARE = 5;
const FOLLOW_PAGE = 500;

export interface HostParts {
  readonly store: SessionStore;
  readonly engine: SessionEngine;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly settings: HostSettings;
}

export class SessionHost {
  private simulation: RunningSimulation;
  private durable: number;
  private snapshotSequence: number;
  private recent: RecentCommits;
  private completed: string | null;
  private ended: SessionError | null = null;
  private readonly mailbox: Mailbox;
  private readonly feed: CommitFeed;

  /** `onEnd` hears once that this host will never work again. */
  static async load(
    parts: HostParts,
    record: SessionRecord,
    tape: Tape,
    onEnd: (host: SessionHost) => void,
  ): Promise<SessionHost> {
    const loaded = await loadSession(parts.store, parts.engine, record, tape);
    return new SessionHost(parts, record, tape, loaded, onEnd);
  }

  private constructor(
    private readonly parts: HostParts,
    private current: SessionRecord,
    readonly tape: Tape,
    loaded: LoadedSession,
    private readonly onEnd: (host: SessionHost) => void,
  ) {
    this.simulation = loaded.simulation;
    this.durable = loaded.sequence;
    this.snapshotSequence = loaded.snapshotSequence;
    this.recent = loaded.recent;
    this.completed = loaded.completedAt;
    this.mailbox = new Mailbox(parts.settings.commandsWaitingMax);
    this.feed = new CommitFeed(parts.settings.followerBufferMax, parts.settings.followersMax);
  }

  get record(): SessionRecord {
    return this.current;
  }

  /** The last durable commit. */
  get sequence(): number {
    return this.durable;
  }

  /** Wall time at which the clock came to the end; null before that. */
  get completedAt(): string | null {
    return this.completed;
  }

  get isLive(): boolean {
    return this.ended === null;
  }

  /** Nobody waits for it and nobody follows it: it may be put away. */
  get isIdle(): boolean {
    return this.mailbox.isIdle && this.feed.followers === 0;
  }

  execute(command: Command, by: By): Promise<ExecuteResult> {
    return this.mailbox.submit(() => this.run(command, by));
  }

  /** Throws on a host that has ended: what it holds may never have become durable. */
  read<T>(view: (simulation: SimulationView) => T): T {
    if (this.ended !== null) throw this.ended;
    return view(this.simulation);
  }

  /**
   * Commits after `after`: those in the store, then those to come, each once and in order.
   * Ends when `signal` aborts, when the session is deleted and when this host ends; rejects with
   * `follower_too_slow` when the caller reads too slowly.
   */
  follow(after: number, signal: AbortSignal): AsyncGenerator<Commit, void, undefined> {
    const page = (from: number): Promise<readonly Commit[]> =>
      this.parts.store.commits(this.record.id, from, FOLLOW_PAGE);
    return followCommits({ page, feed: this.feed, last: () => this.durable }, after, signal);
  }

  /** Takes over a record whose name was changed. */
  renamed(record: SessionRecord): void {
    this.current = record;
  }

  /** Finishes what is going on, keeps a snapshot and ends. */
  async close(): Promise<void> {
    if (this.ended !== null) return;
    await this.mailbox.submit(() => this.saveSnapshot()).catch(() => undefined);
    this.end(
      new SessionError('session_unavailable', `session ${this.record.id} was put away: open it again`),
    );
  }

  /** Ends without another word: the session is deleted. */
  async abandon(): Promise<void> {
    this.end(new SessionError('session_deleted', `session ${this.record.id} was deleted`));
    await this.mailbox.idle();
  }

  private async run(command: Command, by: By): Promise<ExecuteResult> {
    if (this.ended !== null) throw this.ended;
    const first = await this.commit(command, by);
    if (first !== 'sequence_taken') return first;
    await this.reload();
    const second = await this.commit(command, by);
    if (second !== 'sequence_taken') return second;
    throw this.fail('another writer was faster twice', null);
  }

  private async commit(command: Command, by: By): Promise<ExecuteResult | 'sequence_taken'> {
    const known = by.commandId === undefined ? null : this.recent.find(by.commandId, command);
    if (known !== null) return { ok: true, events: known.events, sequence: known.sequence };
    const outcome = this.apply(command);
    if (outcome.rejection !== null) return { ok: false, rejection: outcome.rejection };
    const commit = this.commitOf(command, by, outcome.events);
    if (!(await this.append(commit))) return 'sequence_taken';
    this.accept(commit);
    this.considerSnapshot();
    return { ok: true, events: commit.events, sequence: commit.sequence };
  }

  /** The engine throws only when it finds itself broken: then its state is not to be trusted any more. */
  private apply(command: Command): ReturnType<RunningSimulation['apply']> {
    try {
      return this.simulation.apply(command);
    } catch (error) {
      throw this.fail(`the engine stopped at a ${command.type}`, error);
    }
  }

  /** False when another writer has that sequence already. */
  private async append(commit: Commit): Promise<boolean> {
    try {
      await this.parts.store.append(commit);
      return true;
    } catch (error) {
      if (codeOf(error) === 'sequence_taken') return false;
      throw this.fail(`commit ${commit.sequence} could not be stored`, error);
    }
  }

  private commitOf(command: Command, by: By, events: readonly SimulationEvent[]): Commit {
    return {
      sessionId: this.record.id,
      sequence: this.durable + 1,
      commandId: by.commandId ?? this.parts.newId(),
      actor: by.actor,
      command,
      events,
      simulatedAt: this.simulation.now,
      recordedAt: this.parts.now().toISOString(),
      hash: this.simulation.runHash(),
    };
  }

  private accept(commit: Commit): void {
    this.durable = commit.sequence;
    this.recent.add(commit);
    if (this.completed === null && this.simulation.isCompleted) this.completed = commit.recordedAt;
    this.feed.publish(commit);
  }

  /** Another writer was faster: forget what was applied, take in what it wrote, and pass that on to followers. */
  private async reload(): Promise<void> {
    const seen = this.durable;
    try {
      const loaded = await loadSession(this.parts.store, this.parts.engine, this.record, this.tape);
      const missed = await this.parts.store.commits(this.record.id, seen, loaded.sequence - seen);
      this.simulation = loaded.simulation;
      this.recent = loaded.recent;
      this.completed = loaded.completedAt;
      this.snapshotSequence = loaded.snapshotSequence;
      for (const commit of missed) {
        this.durable = commit.sequence;
        this.feed.publish(commit);
      }
    } catch (error) {
      throw this.fail('another writer was faster, and its commits could not be read', error);
    }
  }

  private considerSnapshot(): void {
    const { snapshotEvery } = this.parts.settings;
    const due = Math.max(snapshotEvery, Math.floor(this.durable / SNAPSHOT_SHARE));
    if (this.durable - this.snapshotSequence < due) return;
    void this.mailbox.submit(() => this.saveSnapshot()).catch(() => undefined);
  }

  /** A snapshot that cannot be kept is no harm: the log has everything, and the next one is tried in time. */
  private async saveSnapshot(): Promise<void> {
    if (this.snapshotSequence === this.durable) return;
    const { state, stateHash } = this.simulation.snapshot();
    const sequence = this.durable;
    this.snapshotSequence = sequence;
    await this.parts.store.saveSnapshot(this.record.id, { sequence, state, stateHash });
  }

  private fail(what: string, cause: unknown): SessionError {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    const error = new SessionError('session_unavailable', `session ${this.record.id}: ${what}${why}`, {
      cause,
    });
    this.end(error);
    return error;
  }

  private end(reason: SessionError): void {
    if (this.ended !== null) return;
    this.ended = reason;
    this.mailbox.close(reason);
    this.feed.close();
    this.onEnd(this);
  }
}
