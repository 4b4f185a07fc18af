/** Keeps recently read bars in memory, bounded in bytes; whoever asks for what is being loaded waits for that. */
import type { BarColumns } from '../../engine/market/bars';

interface Entry {
  readonly bars: Promise<BarColumns>;
  /** Zero until loaded. */
  bytes: number;
}

export class BarCache {
  /** In order of use: a Map iterates by insertion, so that an entry in use is taken out and put in again. */
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  get(key: string, load: () => Promise<BarColumns>): Promise<BarColumns> {
    const known = this.entries.get(key);
    if (known !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.bars;
    }
    const entry: Entry = { bars: load(), bytes: 0 };
    this.entries.set(key, entry);
    entry.bars.then(
      (bars) => this.weigh(key, entry, bars),
      () => this.entries.delete(key), // so that the next reader tries again
    );
    return entry.bars;
  }

  get bytesHeld(): number {
    return this.bytes;
  }

  private weigh(key: string, entry: Entry, bars: BarColumns): void {
    entry.bytes = bars.time.buffer.byteLength;
    this.bytes += entry.bytes;
    for (const [oldest, { bytes }] of this.entries) {
      if (this.bytes <= this.bytesMax) return;
      if (oldest === key || bytes === 0) continue;
      this.entries.delete(oldest);
      this.bytes -= bytes;
    }
  }
}
