/** Follows a session: the commits in its store, then those to come, without a gap and none twice. */
import type { CommitFeed } from './commit-feed';
import type { Commit } from './session-store';

export interface CommitSource {
  /** Stored commits after a sequence, ascending, a page of them. */
  page(after: number): Promise<readonly Commit[]>;
  readonly feed: CommitFeed;
  /** The last durable commit: everything up to it is in the store, everything after it comes by the feed. */
  last(): number;
}

/** Ends when `signal` aborts or the feed closes; rejects with `follower_too_slow` when the caller reads too slowly. */
export async function* followCommits(
  source: CommitSource,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Commit, void, undefined> {
  let read = after;
  while (read < source.last()) {
    const commits = await source.page(read);
    if (commits.length === 0) throw new Error(`expected commits up to ${source.last()}, found ${read}`);
    for (const commit of commits) {
      if (signal.aborted || source.feed.isClosed) return;
      read = commit.sequence;
      yield commit;
    }
  }
  // Nothing can be committed between the comparison above and the subscription: no gap, nothing twice.
  if (!signal.aborted) yield* live(source.feed, read, signal);
}

async function* live(
  feed: CommitFeed,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Commit, void, undefined> {
  const subscription = feed.subscribe();
  const end = (): void => subscription.end();
  signal.addEventListener('abort', end);
  try {
    for (let next = await subscription.next(); next !== null; next = await subscription.next()) {
      if (signal.aborted) return;
      if (next.sequence > after) yield next;
    }
  } finally {
    signal.removeEventListener('abort', end);
    subscription.end();
  }
}
