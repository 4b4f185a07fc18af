/** Brings a session back: the newest snapshot, and the commits after it folded over it. */
import type { Tape } from '../engine/market/tape';
import { RECENT_COMMITS_MAX, RecentCommits } from './recent-commits';
import type { RunningSimulation, SessionEngine } from './session-engine';
import { StoreError, type SessionRecord, type SessionStore } from './session-store';

export interface LoadedSession {
  readonly simulation: RunningSimulation;
  readonly sequence: number;
  readonly snapshotSequence: number;
  readonly recent: RecentCommits;
  /** Wall time of the commit that brought the clock to the end; null before that. */
  readonly completedAt: string | null;
}

const PAGE = 1_000;

export async function loadSession(
  store: SessionStore,
  engine: SessionEngine,
  record: SessionRecord,
  tape: Tape,
): Promise<LoadedSession> {
  const last = await store.lastSequence(record.id);
  const snapshot = await store.latestSnapshot(record.id);
  if (snapshot !== null) {
    try {
      const simulation = engine.restore(record.configuration, tape, snapshot.state);
      return await fold(store, record, simulation, snapshot.sequence, last);
    } catch {
      // A snapshot is a shortcut: one that does not fit (made by another version, say) must not lose the session.
    }
  }
  return fold(store, record, engine.start(record.configuration, tape), 0, last);
}

async function fold(
  store: SessionStore,
  record: SessionRecord,
  simulation: RunningSimulation,
  snapshotSequence: number,
  last: number,
): Promise<LoadedSession> {
  const recent = new RecentCommits();
  let sequence = Math.max(0, Math.min(snapshotSequence, last - RECENT_COMMITS_MAX));
  while (sequence < last) {
    const commits = await store.commits(record.id, sequence, PAGE);
    if (commits.length === 0) throw damaged(record.id, `expected commits up to ${last}, found ${sequence}`);
    for (const commit of commits) {
      sequence = commit.sequence;
      recent.add(commit);
      if (sequence > snapshotSequence) simulation.fold(commit.events);
      if (sequence === snapshotSequence || sequence === last)
        expectHash(simulation, commit.hash, record.id, sequence);
    }
  }
  const completedAt = simulation.isCompleted ? await findCompletion(store, record, last) : null;
  return { simulation, sequence, snapshotSequence, recent, completedAt };
}

/** Lived and folded must agree; when they do not, the log or the code is wrong, and going on would hide it. */
function expectHash(simulation: RunningSimulation, hash: string, id: string, sequence: number): void {
  const found = simulation.runHash();
  if (found !== hash) throw damaged(id, `expected run hash ${hash} after commit ${sequence}, found ${found}`);
}

/** Simulated time never goes back, so the first commit at the end is found by halving. */
async function findCompletion(
  store: SessionStore,
  record: SessionRecord,
  last: number,
): Promise<string | null> {
  let before = 0;
  let found = last;
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    const [commit] = await store.commits(record.id, middle - 1, 1);
    if (commit !== undefined && commit.simulatedAt >= record.configuration.endTime) found = middle;
    else before = middle;
  }
  const [commit] = await store.commits(record.id, found - 1, 1);
  return commit?.recordedAt ?? null;
}

function damaged(id: string, message: string): StoreError {
  return new StoreError('log_damaged', `session ${id}: ${message}`);
}
