/** When orders end by themselves. Most orders of a day end at one instant, so they wait together. */
import { Heap } from './heap';

interface Group<T> {
  readonly key: number;
  readonly members: T[];
}

/** Members leave lazily: the owner says with `isLive` whether one still counts. */
export class Dues<T> {
  private readonly byKey = new Map<number, Group<T>>();
  private readonly heap = new Heap<Group<T>>((group) => this.isWaitedFor(group));
  private newest: Group<T> | null = null;

  constructor(private readonly isLive: (member: T) => boolean) {}

  /** The smallest key with a live member; Infinity when there is none. */
  topKey(): number {
    return this.heap.topKey();
  }

  push(key: number, member: T): void {
    if (this.newest?.key !== key) this.newest = this.byKey.get(key) ?? this.start(key);
    this.newest.members.push(member);
  }

  /** Takes every live member with `key <= limit` off. */
  popThrough(limit: number, into: T[]): void {
    if (this.topKey() > limit) return;
    const due: Group<T>[] = [];
    this.heap.popThrough(limit, due);
    for (const group of due) {
      this.forget(group);
      for (const member of group.members) if (this.isLive(member)) into.push(member);
    }
  }

  private start(key: number): Group<T> {
    const group: Group<T> = { key, members: [] };
    this.byKey.set(key, group);
    this.heap.push(key, group);
    return group;
  }

  /** Drops what ended at the end of the list: each member is looked at once, however often this is asked. */
  private isWaitedFor(group: Group<T>): boolean {
    const { members } = group;
    for (let last = members.length - 1; last >= 0; last--) {
      if (this.isLive(members[last] as T)) return true;
      members.pop();
    }
    this.forget(group);
    return false;
  }

  private forget(group: Group<T>): void {
    this.byKey.delete(group.key);
    if (this.newest === group) this.newest = null;
  }
}
