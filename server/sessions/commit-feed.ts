/** Live commits of one session to those who follow it, each with a bounded buffer of its own. */
import { SessionError } from './session-error';
import type { Commit } from './session-store';

export class CommitFeed {
  private readonly subscriptions = new Set<Subscription>();
  private closed = false;

  constructor(
    private readonly bufferMax: number,
    private readonly followersMax: number,
  ) {}

  get followers(): number {
    return this.subscriptions.size;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  publish(commit: Commit): void {
    for (const subscription of this.subscriptions) subscription.push(commit);
  }

  subscribe(): Subscription {
    if (this.subscriptions.size >= this.followersMax) {
      throw new SessionError('session_busy', `${this.followersMax} follow this session already`);
    }
    const subscription = new Subscription(this.bufferMax, () => this.subscriptions.delete(subscription));
    if (this.closed) subscription.end();
    else this.subscriptions.add(subscription);
    return subscription;
  }

  close(): void {
    this.closed = true;
    for (const subscription of [...this.subscriptions]) subscription.end();
  }
}

/** What one follower has not read yet. Ends once; what was buffered before that is still given. */
export class Subscription {
  private readonly buffer: Commit[] = [];
  private failure: Error | null = null;
  private isEnded = false;
  private wake: (() => void) | null = null;

  constructor(
    private readonly bufferMax: number,
    private readonly leave: () => void,
  ) {}

  push(commit: Commit): void {
    if (this.buffer.length < this.bufferMax) {
      this.buffer.push(commit);
      this.wake?.();
      return;
    }
    const read = `${this.bufferMax} commits came that were not read, the last of them ${commit.sequence}`;
    this.failure = new SessionError('follower_too_slow', read);
    this.end();
  }

  end(): void {
    this.isEnded = true;
    this.leave();
    this.wake?.();
  }

  /** The next commit; null at the end. Rejects at the end of one that was too slow. */
  async next(): Promise<Commit | null> {
    while (this.buffer.length === 0) {
      if (this.failure !== null) throw this.failure;
      if (this.isEnded) return null;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = null;
    }
    return this.buffer.shift() ?? null;
  }
}
