/** The open orders of one symbol, kept so that a bar which reaches none of them costs two comparisons. */
import { BarUse } from './bar-use';
import type { Order } from './order';
import { TriggerIndex } from './trigger-index';

export class SymbolBook {
  /** Grows with every change: what was scanned for an older version must be scanned again. */
  version = 0;
  /** What the whole session has taken of the bar that it traded in last. */
  readonly use = new BarUse();
  /** Every open order: what a bar of regular hours may reach. */
  readonly regular = new TriggerIndex();
  /** Orders that may trade in extended hours too. */
  readonly extended = new TriggerIndex();
  private orders = 0;

  get size(): number {
    return this.orders;
  }

  add(order: Order): void {
    this.regular.add(order);
    if (order.extendedHours) this.extended.add(order);
    this.orders++;
    this.version++;
  }

  /** The order left: filled, canceled, expired or replaced. */
  remove(order: Order): void {
    if (!this.regular.remove(order)) return;
    if (order.extendedHours) this.extended.remove(order);
    this.orders--;
    this.version++;
  }

  /** The order waits for something else now (a stop was triggered). */
  restage(order: Order): void {
    this.regular.restage(order);
    if (order.extendedHours) this.extended.restage(order);
    this.version++;
  }
}
