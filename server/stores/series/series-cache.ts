/** Keeps recently read columns in memory, bounded in bytes; whoever asks for what is being loaded waits for that. */
import type { TimedColumns } from '../../sessions/columns';

interface Entry {
  readonly columns: Promise<TimedColumns>;
  /** Zero until loaded. */
  bytes: number;
}

export class SeriesCache {
  /** In order of use: a Map iterates by insertion, so that an entry in use is taken out and put in again. */
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  /** The same key always means columns of the same kind. */
  get<C extends TimedColumns>(key: string, load: () => Promise<C>): Promise<C> {
    const known = this.entries.get(key);
    if (known !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.columns as Promise<C>;
    }
    const columns = load();
    const entry: Entry = { columns, bytes: 0 };
    this.entries.set(key, entry);
    columns.then(
      (loaded) => this.weigh(key, entry, loaded),
      () => this.entries.delete(key), // so that the next reader tries again
    );
    return columns;
  }

  get bytesHeld(): number {
    return this.bytes;
  }

  private weigh(key: string, entry: Entry, columns: TimedColumns): void {
    entry.bytes = columns.time.buffer.byteLength;
    this.bytes += entry.bytes;
    for (const [oldest, { bytes }] of this.entries) {
      if (this.bytes <= this.bytesMax) return;
      if (oldest === key || bytes === 0) continue;
      this.entries.delete(oldest);
      this.bytes -= bytes;
    }
  }
}
