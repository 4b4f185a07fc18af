/** One pass of an account's orders in one symbol over an open or along a bar's path. Plans, changes nothing. */
import { BILLION, larger, multiplyDivide, notional, quantityFor, smaller } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { CancelReason, FillTag, Order, Side } from '../orders/order';
import type { LimitRule } from '../orders/policies';
import { stageOf, type Stage } from '../orders/stage';
import { clipped, isReached, isStopReached, reachOf } from './price-rules';

export type Step =
  | { readonly kind: 'trigger'; readonly order: Order; readonly price: Price }
  | {
      readonly kind: 'fill';
      readonly order: Order;
      readonly price: Price;
      readonly quantity: Quantity;
      /** True when it fills the order whole. */
      readonly isLast: boolean;
      readonly tags: readonly FillTag[];
    }
  | { readonly kind: 'cancel'; readonly order: Order; readonly reason: CancelReason };

/** What a walk needs to know besides the orders. */
export interface WalkTerms {
  readonly limit: LimitRule;
  /** What a market or stop fill costs at a price. */
  readonly slip: (price: Price, side: Side) => Price;
  /** Tags that every fill of this walk carries. */
  readonly tags: readonly FillTag[];
  /** Known low and high of the bar; null at an open, where nobody knows them yet. */
  readonly range: { readonly low: Price; readonly high: Price } | null;
  /** True when market orders may fill at the first point (the bar's open). */
  readonly takesMarket: boolean;
  /** What may still be bought or sold in this bar; null without a limit. */
  readonly budget: Quantity | null;
  /** Buying power that no order holds. */
  readonly free: Money;
  /** Shares that no order holds. */
  readonly freeQuantity: Quantity;
}

interface Working {
  readonly order: Order;
  stage: Stage | null;
  /** Its stop was reached at the very point where the market stands. */
  isJustTriggered: boolean;
  /** The market stood beyond its cap when it was offered a fill: it rests at the cap. */
  isCollared: boolean;
  leaves: Quantity;
  leavesNotional: Money | null;
  reserved: Money;
}

/** Orders in acceptance sequence, worked on as copies: the same list can be walked along several paths. */
export class Walk {
  readonly steps: Step[] = [];
  budget: Quantity | null;
  private free: Money;
  private freeQuantity: Quantity;
  private readonly working: Working[];

  constructor(
    orders: readonly Order[],
    private readonly terms: WalkTerms,
  ) {
    this.budget = terms.budget;
    this.free = terms.free;
    this.freeQuantity = terms.freeQuantity;
    this.working = orders.map((order) => ({
      order,
      stage: stageOf(order),
      isJustTriggered: false,
      isCollared: false,
      leaves: ((order.quantity ?? 0n) - (order.quantity === null ? 0n : order.filledQuantity)) as Quantity,
      leavesNotional: order.notional === null ? null : ((order.notional - order.filledNotional) as Money),
      reserved: order.reserved,
    }));
  }

  /** Offers a bar's open to every order, by acceptance. */
  atOpen(open: Price): void {
    for (const entry of this.working) this.judgeAtOpen(entry, open);
  }

  /** Goes from point to point in straight lines, meeting triggers in the order in which price reaches them. */
  along(points: readonly Price[]): void {
    for (let i = 1; i < points.length; i++) {
      this.segment(points[i - 1] as Price, points[i] as Price);
    }
  }

  private judgeAtOpen(entry: Working, open: Price): void {
    const { order } = entry;
    if (entry.stage?.kind === 'stop') {
      if (!isStopReached(order.side, entry.stage.price, open)) return;
      this.triggerAndFill(entry, open, ['gap']);
    } else if (entry.stage?.kind === 'limit') {
      this.fillAtPoint(entry, open, ['gap']);
    } else if (this.terms.takesMarket || isBeyondCap(order, open)) {
      this.fillAtPoint(entry, open, []);
    }
    this.cancelUnlessLasting(entry);
  }

  /** What is left of ioc and fok after the open that they were meant for. */
  private cancelUnlessLasting(entry: Working): void {
    const { timeInForce } = entry.order;
    if (entry.stage === null || !this.terms.takesMarket) return;
    if (timeInForce === 'ioc') this.cancel(entry, 'immediate_or_cancel');
    if (timeInForce === 'fok') this.cancel(entry, 'fill_or_kill');
  }

  /** Fills an order that is live where the market stands, if its price allows. */
  private fillAtPoint(entry: Working, point: Price, tags: readonly FillTag[]): void {
    const { order, stage } = entry;
    if (stage?.kind === 'limit') {
      const reach = reachOf(this.terms.limit, order.side, stage.price);
      // A stop limit goes live at the very point, where standing at the limit is enough.
      const isLive = entry.isJustTriggered && isStopLimitLive(order.side, stage.price, point);
      if (isLive || isReached(reach, order.side, point)) this.fill(entry, point, tags);
      return;
    }
    const { capPrice } = order;
    entry.isCollared = capPrice !== null && point > capPrice;
    if (entry.isCollared) return;
    const worse = this.terms.slip(point, order.side);
    const inside =
      this.terms.range === null ? worse : clipped(worse, this.terms.range.low, this.terms.range.high);
    this.fill(entry, capPrice === null ? inside : smaller(inside, capPrice), tags);
  }

  private segment(from: Price, to: Price): void {
    const isUp = to > from;
    const met = this.working
      .map((entry) => ({ entry, at: this.meetingPoint(entry, from, to, isUp) }))
      .filter((meeting): meeting is { entry: Working; at: Price } => meeting.at !== null)
      .sort((a, b) =>
        a.at === b.at ? a.entry.order.ordinal - b.entry.order.ordinal : a.at < b.at === isUp ? -1 : 1,
      );
    for (const { entry, at } of met) this.meet(entry, at);
  }

  /** Where between `from` (not with) and `to` the market reaches what the order waits for; null if nowhere. */
  private meetingPoint(entry: Working, from: Price, to: Price, isUp: boolean): Price | null {
    const { order } = entry;
    const stage = restingStage(entry);
    if (stage === null) return null;
    if (stage.kind === 'stop') {
      if ((order.side === 'buy') !== isUp) return null;
      return !isStopReached(order.side, stage.price, from) && isStopReached(order.side, stage.price, to)
        ? stage.price
        : null;
    }
    if ((order.side === 'sell') !== isUp) return null;
    const reach = reachOf(this.terms.limit, order.side, stage.price);
    return !isReached(reach, order.side, from) && isReached(reach, order.side, to) ? reach.price : null;
  }

  private meet(entry: Working, at: Price): void {
    const { order, stage } = entry;
    if (stage === null) return;
    if (stage.kind === 'stop') {
      this.triggerAndFill(entry, at, []);
      return;
    }
    const limit = stage.kind === 'limit' ? stage.price : order.capPrice;
    if (limit !== null) this.fill(entry, limit, this.isOnlyTouched(order.side, limit) ? ['touch_only'] : []);
  }

  private isOnlyTouched(side: Side, limit: Price): boolean {
    const { range } = this.terms;
    return range !== null && (side === 'buy' ? range.low : range.high) === limit;
  }

  private triggerAndFill(entry: Working, point: Price, tags: readonly FillTag[]): void {
    this.steps.push({ kind: 'trigger', order: entry.order, price: point });
    const { limitPrice } = entry.order;
    entry.stage = limitPrice === null ? { kind: 'market' } : { kind: 'limit', price: limitPrice };
    entry.isJustTriggered = true;
    this.fillAtPoint(entry, point, tags);
    entry.isJustTriggered = false;
  }

  private cancel(entry: Working, reason: CancelReason): void {
    this.steps.push({ kind: 'cancel', order: entry.order, reason });
    entry.stage = null;
  }

  private fill(entry: Working, price: Price, tags: readonly FillTag[]): void {
    const { order } = entry;
    const wanted = this.wanted(entry, price);
    const quantity = this.affordedByBudget(order, wanted);
    if (quantity <= 0n || (order.timeInForce === 'fok' && quantity < wanted)) return;
    const cost = notional(price, quantity);
    const held = heldFor(entry, quantity, cost);
    if (order.side === 'buy' && cost - held > this.free) {
      this.cancel(entry, 'insufficient_buying_power');
      return;
    }
    const isLast = quantity === wanted;
    this.steps.push({ kind: 'fill', order, price, quantity, isLast, tags: [...tags, ...this.terms.tags] });
    if (this.budget !== null) this.budget = (this.budget - quantity) as Quantity;
    this.settle(entry, quantity, cost, held, isLast);
  }

  private settle(entry: Working, quantity: Quantity, cost: Money, held: Money, isLast: boolean): void {
    if (entry.order.side === 'buy') {
      this.free = (this.free - cost + held) as Money;
      entry.reserved = (entry.reserved - held) as Money;
    } else {
      this.free = (this.free + cost) as Money;
    }
    if (entry.leavesNotional === null) entry.leaves = (entry.leaves - quantity) as Quantity;
    else entry.leavesNotional = larger((entry.leavesNotional - cost) as Money, 0n as Money);
    if (isLast) entry.stage = null;
  }

  private wanted(entry: Working, price: Price): Quantity {
    if (entry.leavesNotional === null) return entry.leaves;
    const quantity = quantityFor(entry.leavesNotional, price);
    if (entry.order.side === 'buy') return quantity;
    return smaller(quantity, (entry.order.reservedQuantity + this.freeQuantity) as Quantity);
  }

  private affordedByBudget(order: Order, wanted: Quantity): Quantity {
    if (this.budget === null || wanted <= this.budget) return wanted;
    const isWhole = order.quantity !== null && order.quantity % BILLION === 0n;
    return (isWhole ? this.budget - (this.budget % BILLION) : this.budget) as Quantity;
  }
}

/** A collared market buy rests as a limit would. */
function restingStage({ stage, order, isCollared }: Working): Exclude<Stage, { kind: 'market' }> | null {
  if (stage === null || stage.kind !== 'market') return stage;
  return isCollared && order.capPrice !== null ? { kind: 'limit', price: order.capPrice } : null;
}

function isBeyondCap({ capPrice }: Order, point: Price): boolean {
  return capPrice !== null && point > capPrice;
}

function isStopLimitLive(side: Side, limit: Price, point: Price): boolean {
  return side === 'buy' ? point <= limit : point >= limit;
}

/** The part of an order's reservation that a fill of `quantity` uses up. */
function heldFor(entry: Working, quantity: Quantity, cost: Money): Money {
  if (entry.leavesNotional !== null) return smaller(cost, entry.reserved);
  if (quantity === entry.leaves) return entry.reserved;
  return multiplyDivide(entry.reserved, quantity, entry.leaves, 'down') as Money;
}
