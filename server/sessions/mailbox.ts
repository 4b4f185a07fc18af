/** One thing at a time, in order of arrival, and only so many waiting: what makes a session's single writer. */
import { SessionError } from './session-error';

interface Letter {
  start(): Promise<void>;
  refuse(reason: Error): void;
}

export class Mailbox {
  private readonly waiting: Letter[] = [];
  private readonly idleWaiters: (() => void)[] = [];
  private isWorking = false;
  private closedBy: Error | null = null;

  constructor(private readonly waitingMax: number) {}

  get isIdle(): boolean {
    return !this.isWorking;
  }

  /** Starts at once, in the same tick, when nothing else is going on. Rejects with `session_busy` when full. */
  submit<T>(work: () => Promise<T>): Promise<T> {
    if (this.closedBy !== null) return Promise.reject(this.closedBy);
    if (this.isWorking && this.waiting.length >= this.waitingMax) {
      return Promise.reject(
        new SessionError('session_busy', `${this.waitingMax} commands are waiting already`),
      );
    }
    return new Promise<T>((resolve, reject) => {
      const letter = { start: () => work().then(resolve, reject), refuse: reject };
      if (this.isWorking) this.waiting.push(letter);
      else void this.work(letter);
    });
  }

  /** Refuses whatever waits or comes from here on; what is going on may end. */
  close(reason: Error): void {
    this.closedBy ??= reason;
    for (const letter of this.waiting.splice(0)) letter.refuse(this.closedBy);
  }

  /** Resolves when nothing is going on. */
  idle(): Promise<void> {
    if (!this.isWorking) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  private async work(first: Letter): Promise<void> {
    this.isWorking = true;
    for (let letter: Letter | undefined = first; letter !== undefined; letter = this.waiting.shift()) {
      await letter.start();
    }
    this.isWorking = false;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}
