/** High-water marks of trailing stops, read from the tape: they follow the bars that have closed, not the log. */
import { REGULAR, type SymbolTape } from '../market/tape';
import type { Order, OrderOrdinal } from '../orders/order';
import type { Trail } from '../orders/policies';
import { fromFloat, toFloat } from '../units/decimal';
import type { Price } from '../units/fixed-point';

interface Mark {
  /** The first bar that is not in it yet. */
  next: number;
  /** NaN until a price is known. */
  price: number;
}

/**
 * The mark starts at the last price at acceptance and takes in every bar of regular hours that started at or
 * after it (alpaca docs, "Trailing stop orders": triggers in regular hours only).
 */
export class TrailMarks {
  private readonly marks = new Map<OrderOrdinal, Mark>();

  constructor(private readonly trail: Trail) {}

  /** The mark before bar `index`; null when no price is known yet. */
  before(order: Order, tape: SymbolTape, index: number): Price | null {
    const { price } = this.upTo(order, tape, index);
    return Number.isNaN(price) ? null : (fromFloat(price) as Price);
  }

  /** May bar `index` reach the stop? Errs on the side of yes: the walk decides. */
  mayReach(order: Order, tape: SymbolTape, index: number): boolean {
    const { price } = this.upTo(order, tape, index);
    const { high, low } = tape.bars;
    const [top, bottom] = [high[index] as number, low[index] as number];
    const best = order.side === 'sell' ? Math.max(price, top) : Math.min(price, bottom);
    const mark = Number.isNaN(price) ? (order.side === 'sell' ? top : bottom) : best;
    const distance =
      order.trailPrice === null
        ? mark * (toFloat(order.trailPercent ?? 0n) / 100)
        : toFloat(order.trailPrice);
    // Rounding to a tick may bring the stop a cent nearer.
    const slack = 0.011;
    return order.side === 'sell' ? bottom <= mark - distance + slack : top >= mark + distance - slack;
  }

  forget(order: OrderOrdinal): void {
    this.marks.delete(order);
  }

  private upTo(order: Order, tape: SymbolTape, index: number): Mark {
    let mark = this.marks.get(order.ordinal);
    if (mark === undefined || mark.next > index) {
      mark = firstMark(order, tape);
      this.marks.set(order.ordinal, mark);
    }
    for (; mark.next < index; mark.next++) {
      if (tape.sessions[mark.next] === REGULAR) mark.price = this.moved(order, mark.price, tape, mark.next);
    }
    return mark;
  }

  private moved(order: Order, price: number, tape: SymbolTape, index: number): number {
    const { high, low, close } = tape.bars;
    const column = this.trail === 'bar_close' ? close : order.side === 'sell' ? high : low;
    const reached = column[index] as number;
    if (Number.isNaN(price)) return reached;
    return order.side === 'sell' ? Math.max(price, reached) : Math.min(price, reached);
  }
}

function firstMark(order: Order, tape: SymbolTape): Mark {
  const last = tape.lastClosed(order.acceptedAt);
  let next = last + 1;
  // A bar that is under way at acceptance says nothing about what came after it.
  while (next < tape.length && (tape.openAt[next] as number) < order.acceptedAt) next++;
  return { next, price: last < 0 ? Number.NaN : (tape.bars.close[last] as number) };
}
