/** Where on one symbol's tape the next thing can happen: a bar that reaches no order costs two comparisons. */
import type { SymbolBook } from '../orders/book';
import { REGULAR, type SymbolTape } from '../market/tape';
import type { EpochMs } from '../units/time';
import { CLOSE, OPEN, pointAt, timeOf, type Point } from './instant';

export class Scan {
  private version = -1;
  private found: Point = Infinity;
  /** The bars before this one have been looked at for `version` of the book. */
  private scanned = 0;
  private closedHint = -1;

  constructor(
    readonly tape: SymbolTape,
    private readonly isDeferred: boolean,
  ) {}

  /**
   * The first point after `position` at which a bar of regular hours reaches an order of the book, looking at
   * bars that open before `target`; Infinity when there is none.
   */
  next(book: SymbolBook, position: Point, target: EpochMs): Point {
    if (book.size === 0) return Infinity;
    const isKnown = this.version === book.version;
    if (isKnown && this.found !== Infinity && this.found > position) return this.found;
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

  /** The first bar whose close still lies after `position`. */
  private firstUnclosed(position: Point): number {
    this.closedHint = this.tape.lastClosed(timeOf(position), this.closedHint);
    return this.closedHint + 1;
  }

  private search(book: SymbolBook, from: number, position: Point, target: EpochMs): Point {
    const { tape } = this;
    const { openAt, sessions, length } = tape;
    const { open, high, low } = tape.bars;
    const down = book.highestDown;
    const up = book.lowestUp;
    const takesAny = book.takesAnyOpen;
    let i = from;
    for (; i < length; i++) {
      const opensAt = openAt[i] as number;
      if (opensAt >= target) break;
      if (!takesAny && (low[i] as number) > down && (high[i] as number) < up) continue;
      if (sessions[i] !== REGULAR) continue;
      const point = pointAt(opensAt, OPEN);
      const isOpenReached = takesAny || (open[i] as number) <= down || (open[i] as number) >= up;
      if (!this.isDeferred && isOpenReached && point > position) {
        this.scanned = i;
        return point;
      }
      if ((low[i] as number) <= down || (high[i] as number) >= up || (this.isDeferred && takesAny)) {
        this.scanned = i;
        return pointAt(tape.closeAt(i), CLOSE);
      }
    }
    this.scanned = i;
    return Infinity;
  }
}
