/** Where on one symbol's tape the next thing can happen: a bar that reaches no order costs two comparisons. */
import type { TrailMarks } from '../matching/trail-marks';
import { CLOSED, EXTENDED, type SymbolTape } from '../market/tape';
import type { SymbolBook } from '../orders/book';
import type { TriggerIndex } from '../orders/trigger-index';
import type { EpochMs } from '../units/time';
import { CLOSE, OPEN, phaseOf, pointAt, timeOf, type Point } from './instant';

export class Scan {
  private version = -1;
  private found: Point = Infinity;
  /** The bars before this one have been looked at for `version` of the book. */
  private scanned = 0;
  private closedHint = -1;

  constructor(
    readonly tape: SymbolTape,
    private readonly isDeferred: boolean,
    private readonly marks: TrailMarks,
  ) {}

  /**
   * The first point after `position` at which a bar reaches an order of the book, looking at bars that open
   * before `target`; Infinity when there is none.
   */
  next(book: SymbolBook, position: Point, target: EpochMs): Point {
    if (book.size === 0) return Infinity;
    const isKnown = this.version === book.version;
    if (isKnown && this.found !== Infinity && this.found > position) return this.found;
    // Nothing before `scanned` and nothing that opens by then from there on.
    if (isKnown && this.found === Infinity && !((this.tape.openAt[this.scanned] as number) < target))
      return Infinity;
    const firstOpen = this.firstUnclosed(position);
    const from = isKnown && this.found === Infinity ? Math.max(this.scanned, firstOpen) : firstOpen;
    this.version = book.version;
    this.found = this.search(book, from, position, target);
    return this.found;
  }

  /** The bar that opens or closes at a point that `next` has given. */
  indexAt(point: Point): number {
    return this.firstUnclosed(point - 1);
  }

  /** The orders that a bar may reach by the hours it lies in. */
  ordersIn(book: SymbolBook, index: number): TriggerIndex {
    return this.tape.sessions[index] === EXTENDED ? book.extended : book.regular;
  }

  /** The first bar whose close still lies after `position`. */
  private firstUnclosed(position: Point): number {
    const time = phaseOf(position) < CLOSE ? timeOf(position) - 1 : timeOf(position);
    this.closedHint = this.tape.lastClosed(time, this.closedHint);
    return this.closedHint + 1;
  }

  private search(book: SymbolBook, from: number, position: Point, target: EpochMs): Point {
    const { openAt, sessions, length, bars } = this.tape;
    const { high, low } = bars;
    const { highestDown: down, lowestUp: up, takesAnyOpen, trails } = book.regular;
    const isAlways = takesAnyOpen || trails.size > 0;
    let i = from;
    for (; i < length && (openAt[i] as number) < target; i++) {
      if (!isAlways && (low[i] as number) > down && (high[i] as number) < up) continue;
      if (sessions[i] === CLOSED) continue;
      const point = this.pointIn(this.ordersIn(book, i), i, position);
      if (point === Infinity) continue;
      this.scanned = i;
      return point;
    }
    this.scanned = i;
    return Infinity;
  }

  /** Where bar `i` reaches one of `orders` after `position`: at its open, at its close, or nowhere. */
  private pointIn(orders: TriggerIndex, i: number, position: Point): Point {
    if (orders.isEmpty) return Infinity;
    const { open, high, low } = this.tape.bars;
    const { highestDown: down, lowestUp: up, takesAnyOpen, trails } = orders;
    const opening = pointAt(this.tape.openAt[i] as number, OPEN);
    const isOpenReached =
      takesAnyOpen || trails.size > 0 || (open[i] as number) <= down || (open[i] as number) >= up;
    if (!this.isDeferred && isOpenReached && opening > position && !this.onlyTrails(orders, i))
      return opening;
    if ((low[i] as number) <= down || (high[i] as number) >= up || (this.isDeferred && takesAnyOpen)) {
      return pointAt(this.tape.closeAt(i), CLOSE);
    }
    return this.isTrailReached(orders, i) ? pointAt(this.tape.closeAt(i), CLOSE) : Infinity;
  }

  /** Trailing stops alone, which this bar does not reach, are passed over. */
  private onlyTrails({ takesAnyOpen, highestDown, lowestUp, trails }: TriggerIndex, i: number): boolean {
    const open = this.tape.bars.open[i] as number;
    if (takesAnyOpen || open <= highestDown || open >= lowestUp || trails.size === 0) return false;
    for (const order of trails) if (this.marks.mayReach(order, this.tape, i)) return false;
    return true;
  }

  private isTrailReached({ trails }: TriggerIndex, i: number): boolean {
    for (const order of trails) if (this.marks.mayReach(order, this.tape, i)) return true;
    return false;
  }
}
