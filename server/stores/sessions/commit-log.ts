/** One session's log file: a line a commit, written before anyone hears of it, read back from any sequence. */
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  read,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { StoreError, type Commit } from '../../sessions/session-store';
import { commitFromLine, commitToLine } from './session-json';

const readAt = promisify(read);
const syncData = promisify(fdatasync);

const NEWLINE = 10;
const CHUNK_BYTES = 1 << 20;
const READ_BYTES = 1 << 18;
/** Every so many lines the index holds a byte offset: 100,000 commits need 1,563 numbers. */
const LINES_PER_MARK = 64;

export class CommitLog {
  /** Byte offset of lines 1, 65, 129, ... */
  private readonly marks: number[] = [0];
  private bytes = 0;
  private lines = 0;
  private users = 0;
  private isClosing = false;
  /** Set when the file changed under us or could not be made durable: nothing may be appended any more. */
  private failure: Error | null = null;
  /** Written, but perhaps not yet on the disk. */
  isDirty = false;

  private constructor(
    private readonly sessionId: string,
    private readonly file: number,
  ) {}

  /** Opens or makes the file, and cuts a last line that a crash left unfinished. */
  static async open(path: string, sessionId: string): Promise<CommitLog> {
    const log = new CommitLog(sessionId, openSync(path, 'a+', 0o600));
    try {
      await log.scan();
    } catch (error) {
      closeSync(log.file);
      throw error;
    }
    return log;
  }

  get lastSequence(): number {
    return this.lines;
  }

  get isUsable(): boolean {
    return this.failure === null && !this.isClosing;
  }

  /** Synchronous, so that no reader of the session can see what is not yet written. */
  append(commit: Commit): void {
    if (this.failure !== null) throw this.failure;
    if (fstatSync(this.file).size !== this.bytes) {
      this.failure = new StoreError('sequence_taken', `another writer appended to session ${this.sessionId}`);
      throw this.failure;
    }
    if (commit.sequence !== this.lines + 1) {
      const found = `expected commit ${this.lines + 1} of session ${this.sessionId}, found ${commit.sequence}`;
      throw new StoreError('sequence_taken', found);
    }
    const line = Buffer.from(`${commitToLine(commit)}\n`);
    this.write(line);
    this.count(this.bytes + line.length);
    this.isDirty = true;
  }

  /** A disk that takes only a part (it is full) gets that part back, so that the log stays whole. */
  private write(line: Buffer): void {
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.file, line, written);
    } catch (error) {
      this.failure = error as Error;
      ftruncateSync(this.file, this.bytes);
      throw error;
    }
  }

  private count(end: number): void {
    this.lines += 1;
    this.bytes = end;
    if (this.lines % LINES_PER_MARK === 0) this.marks.push(end);
  }

  syncNow(): void {
    try {
      fdatasyncSync(this.file);
    } catch (error) {
      this.failure = error as Error;
      throw error;
    }
    this.isDirty = false;
  }

  /** A disk that cannot keep what it took is reported to the next writer. */
  async syncSoon(): Promise<void> {
    if (!this.isDirty || this.isClosing) return;
    this.isDirty = false;
    await this.using(async () => {
      try {
        await syncData(this.file);
      } catch (error) {
        this.failure = error as Error;
      }
    });
  }

  /** Commits after `after`, at most `limit`. A line that is no commit is `log_damaged`, naming the line. */
  read(after: number, limit: number): Promise<readonly Commit[]> {
    return this.using(async () => {
      const commits: Commit[] = [];
      if (after >= this.lines || limit <= 0) return commits;
      const mark = Math.floor(after / LINES_PER_MARK);
      let line = mark * LINES_PER_MARK;
      await this.eachLine(this.marks[mark] as number, this.bytes, (text) => {
        line += 1;
        if (line > after) commits.push(commitFromLine(text(), this.sessionId, line));
        return commits.length < limit;
      });
      return commits;
    });
  }

  /** Closes the file, once nobody reads it any more. */
  close(): void {
    this.isClosing = true;
    if (this.users === 0) closeSync(this.file);
  }

  private async using<T>(work: () => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await work();
    } finally {
      this.users -= 1;
      if (this.isClosing && this.users === 0) closeSync(this.file);
    }
  }

  private async scan(): Promise<void> {
    const { size } = fstatSync(this.file);
    let lastLine = (): string => '';
    await this.eachLine(0, size, (text, end) => {
      this.count(end);
      lastLine = text;
      return true;
    });
    if (this.bytes < size) ftruncateSync(this.file, this.bytes);
    if (this.lines > 0) commitFromLine(lastLine(), this.sessionId, this.lines);
  }

  /** Calls `visit` with each whole line from byte `from`, its text on demand and its end, until that says false. */
  private async eachLine(
    from: number,
    to: number,
    visit: (text: () => string, end: number) => boolean,
  ): Promise<void> {
    let rest = Buffer.alloc(0);
    let position = from;
    while (position < to) {
      const chunk = Buffer.allocUnsafe(Math.min(from === 0 ? CHUNK_BYTES : READ_BYTES, to - position));
      const { bytesRead } = await readAt(this.file, chunk, 0, chunk.length, position);
      if (bytesRead === 0) return;
      const start = position - rest.length;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      position += bytesRead;
      let begin = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, begin)) {
        const [first, last] = [begin, end];
        begin = end + 1;
        if (!visit(() => bytes.toString('utf8', first, last), start + begin)) return;
      }
      rest = bytes.subarray(begin);
    }
  }
}
