/** One bar as the orders meet it: what may be known of it, and draws that are the same every time. */
import { firstClosingAfter } from '../calendar/trading-day';
import type { SymbolTape } from '../market/tape';
import type { Order } from '../orders/order';
import type { MatchingPolicies } from '../orders/policies';
import { sha256Hex } from '../units/sha256';
import type { Price } from '../units/fixed-point';
import type { TrailMarks } from './trail-marks';

/** A real quote: buys meet the ask, sells the bid. */
export interface OpenQuote {
  readonly bid: Price;
  readonly ask: Price;
}

/** A class and not closures: one is made for every bar that meets an order. */
export class BarContext {
  constructor(
    readonly policies: MatchingPolicies,
    readonly tape: SymbolTape,
    readonly index: number,
    /** For the open; null when there is none that counts. */
    readonly quote: OpenQuote | null,
    private readonly marks: TrailMarks,
    private readonly seed: string,
  ) {}

  get openAt(): number {
    return this.tape.openAt[this.index] as number;
  }

  /** True when the bar opens its session: opening-auction orders are for this open. */
  get isAuction(): boolean {
    return firstClosingAfter(this.openAt).open === this.openAt;
  }

  /** High-water mark of a trailing stop before the bar. */
  markOf(order: Order): Price | null {
    return order.type === 'trailing_stop' ? this.marks.before(order, this.tape, this.index) : null;
  }

  /** Does a limit that this bar only touches fill? */
  fillsOnTouch(order: Order): boolean {
    const { limit } = this.policies.fill;
    return (
      limit.rule !== 'probability' || this.draw(`touch ${order.ordinal}`) < Number(limit.probability) / 1e9
    );
  }

  /** A number from 0 to 1 that is the same for the same seed, bar and thing. */
  draw(thing: string): number {
    const digest = sha256Hex(`${this.seed}/${this.tape.symbol}/${this.openAt}/${thing}`);
    return parseInt(digest.slice(0, 13), 16) / 2 ** 52;
  }
}
