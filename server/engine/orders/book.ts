/** The open orders of one symbol, kept so that a bar which reaches none of them costs two comparisons. */
import { BarUse } from './bar-use';
import { Heap } from './heap';
import type { Order } from './order';
import { downTrigger, stageOf, upTrigger } from './stage';

export class SymbolBook {
  /** Grows with every change: what was scanned for an older version must be scanned again. */
  version = 0;
  /** What the whole session has taken of the bar that it traded in last. */
  readonly use = new BarUse();
  private readonly open = new Set<Order>();
  private readonly waiting = new Set<Order>();
  /** Keys are negated: the heap's smallest is the highest price below the market. */
  private readonly down = new Heap<Order>(
    (order, key) => this.open.has(order) && -downTrigger(order) === key,
  );
  private readonly up = new Heap<Order>((order, key) => this.open.has(order) && upTrigger(order) === key);

  get size(): number {
    return this.open.size;
  }

  add(order: Order): void {
    this.open.add(order);
    this.index(order);
    this.version++;
  }

  /** The order left: filled, canceled, expired or replaced. */
  remove(order: Order): void {
    this.open.delete(order);
    this.waiting.delete(order);
    this.version++;
  }

  /** The order waits for something else now (a stop was triggered). */
  restage(order: Order): void {
    this.waiting.delete(order);
    this.index(order);
    this.version++;
  }

  /** True when some order takes the next open at whatever price. */
  get takesAnyOpen(): boolean {
    return this.waiting.size > 0;
  }

  /** A bar whose low is at or under this reaches an order. */
  get highestDown(): number {
    return -this.down.topKey();
  }

  /** A bar whose high is at or over this reaches an order. */
  get lowestUp(): number {
    return this.up.topKey();
  }

  /** Orders that a price range reaches, and those that take any open, by acceptance. */
  reachedBy(low: number, high: number): Order[] {
    const reached: Order[] = [];
    this.down.popThrough(-low, reached);
    this.up.popThrough(high, reached);
    // Back in: whoever handles them takes off what is done.
    for (const order of reached) this.pushTriggers(order);
    const all = new Set(reached);
    for (const order of this.waiting) all.add(order);
    return [...all].sort((a, b) => a.ordinal - b.ordinal);
  }

  private index(order: Order): void {
    if (stageOf(order).kind === 'market') this.waiting.add(order);
    this.pushTriggers(order);
  }

  private pushTriggers(order: Order): void {
    const down = downTrigger(order);
    const up = upTrigger(order);
    if (down !== -Infinity) this.down.push(-down, order);
    if (up !== Infinity) this.up.push(up, order);
  }
}
