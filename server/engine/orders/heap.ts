/** A binary heap of entries by a number: the entry with the smallest key is on top. */

interface Entry<T> {
  readonly key: number;
  readonly value: T;
}

/**
 * Entries leave lazily: the owner says with `isLive` whether an entry still counts, and dead ones are
 * dropped when they come to the top. Push and pop cost O(log n), a peek nothing.
 */
export class Heap<T> {
  private readonly entries: Entry<T>[] = [];

  constructor(private readonly isLive: (value: T, key: number) => boolean) {}

  /** The smallest live key; Infinity when there is none. */
  topKey(): number {
    this.dropDead();
    return this.entries[0]?.key ?? Infinity;
  }

  push(key: number, value: T): void {
    const { entries } = this;
    const entry = { key, value };
    let index = entries.length;
    entries.push(entry);
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      const above = entries[parent] as Entry<T>;
      if (above.key <= key) break;
      entries[index] = above;
      index = parent;
    }
    entries[index] = entry;
  }

  /** Takes every live entry with `key <= limit` off, smallest key first. */
  popThrough(limit: number, into: T[]): void {
    for (;;) {
      this.dropDead();
      const top = this.entries[0];
      if (top === undefined || top.key > limit) return;
      into.push(top.value);
      this.removeTop();
    }
  }

  private dropDead(): void {
    for (;;) {
      const top = this.entries[0];
      if (top === undefined || this.isLive(top.value, top.key)) return;
      this.removeTop();
    }
  }

  private removeTop(): void {
    const { entries } = this;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= entries.length) break;
      const right = entries[child + 1];
      if (right !== undefined && right.key < (entries[child] as Entry<T>).key) child++;
      const smallest = entries[child] as Entry<T>;
      if (smallest.key >= last.key) break;
      entries[index] = smallest;
      index = child;
    }
    entries[index] = last;
  }
}
