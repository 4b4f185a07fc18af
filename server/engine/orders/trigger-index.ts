/** Orders by what reaches them: the nearest price on each side of the market, any open, or a moving mark. */
import { Heap } from './heap';
import type { Order } from './order';
import { downTrigger, stageOf, upTrigger } from './stage';

export class TriggerIndex {
  /** Trailing stops: their trigger moves with the tape. */
  readonly trails = new Set<Order>();
  private readonly open = new Set<Order>();
  private readonly waiting = new Set<Order>();
  /** Keys are negated: the heap's smallest is the highest price below the market. */
  private readonly down = new Heap<Order>(
    (order, key) => this.open.has(order) && -downTrigger(order) === key,
  );
  private readonly up = new Heap<Order>((order, key) => this.open.has(order) && upTrigger(order) === key);

  add(order: Order): void {
    this.open.add(order);
    this.index(order);
  }

  /** False when the order was not here. */
  remove(order: Order): boolean {
    if (!this.open.delete(order)) return false;
    if (this.waiting.size > 0) this.waiting.delete(order);
    if (this.trails.size > 0) this.trails.delete(order);
    return true;
  }

  restage(order: Order): void {
    this.waiting.delete(order);
    this.trails.delete(order);
    this.index(order);
  }

  get isEmpty(): boolean {
    return this.open.size === 0;
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

  /** Orders that a price range reaches, those that take any open and those that trail, by acceptance. */
  reachedBy(low: number, high: number): Order[] {
    const reached: Order[] = [];
    this.down.popThrough(-low, reached);
    this.up.popThrough(high, reached);
    // Back in: whoever handles them takes off what is done.
    for (const order of reached) this.pushTriggers(order);
    if (reached.length < 2 && this.waiting.size === 0 && this.trails.size === 0) return reached;
    const all = new Set(reached);
    for (const order of this.waiting) all.add(order);
    for (const order of this.trails) all.add(order);
    return [...all].sort((a, b) => a.ordinal - b.ordinal);
  }

  private index(order: Order): void {
    const { kind } = stageOf(order);
    if (kind === 'market') this.waiting.add(order);
    if (kind === 'trail') this.trails.add(order);
    this.pushTriggers(order);
  }

  private pushTriggers(order: Order): void {
    const down = downTrigger(order);
    const up = upTrigger(order);
    if (down !== -Infinity) this.down.push(-down, order);
    if (up !== Infinity) this.up.push(up, order);
  }
}
