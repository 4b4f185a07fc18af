/** One pass of an account's orders in one symbol over an open or along a bar's path. Plans, changes nothing. */
import { notional, quantityFor, smaller } from '../units/fixed-point';
import { BILLION, type Money, type Price, type Quantity } from '../units/fixed-point';
import type { CancelReason, FillTag, Order, Side } from '../orders/order';
import type { MatchingPolicies } from '../orders/policies';
import { betterMark, trailStop, type Stage } from '../orders/stage';
import type { BarContext, OpenQuote } from './bar-context';
import { clipped, isReached, isStopReached, reachOf, slipped, type BarMeasure } from './price-rules';
import { heldFor, isLive, isWhole, takeFill, workingCopies, type Working } from './working';

export type Step =
  | {
      readonly kind: 'trigger';
      readonly order: Order;
      readonly price: Price;
      readonly highWaterMark: Price | null;
    }
  | {
      readonly kind: 'fill';
      readonly order: Order;
      readonly price: Price;
      readonly quantity: Quantity;
      /** True when it fills the order whole. */
      readonly isLast: boolean;
      readonly tags: readonly FillTag[];
    }
  | { readonly kind: 'cancel'; readonly order: Order; readonly reason: CancelReason }
  /** A held leg goes live, for `quantity`. */
  | { readonly kind: 'activate'; readonly order: Order; readonly quantity: Quantity }
  /** An exit is cut to what its sibling left, or grows with its parent's fills: its new total. */
  | { readonly kind: 'resize'; readonly order: Order; readonly quantity: Quantity };

/** What a walk needs to know besides the orders. */
export interface WalkTerms {
  readonly bar: BarContext;
  /** A real quote for this open: buys meet the ask, sells the bid, and nothing is added. */
  readonly quote: OpenQuote | null;
  /** What slippage is measured by; null when nothing is known. */
  readonly measure: BarMeasure | null;
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

interface Meeting {
  readonly entry: Working;
  readonly at: Price;
}

/** Orders in acceptance sequence, worked on as copies: the same list can be walked along several paths. */
export class Walk {
  readonly steps: Step[] = [];
  readonly working: readonly Working[];
  private readonly policies: MatchingPolicies;
  private budget: Quantity | null;
  private free: Money;
  /** The straight line that price is on, and what it will still meet there. */
  private leg: { readonly to: Price; readonly isUp: boolean; readonly meetings: Meeting[] } | null = null;

  constructor(
    orders: readonly Order[],
    private readonly terms: WalkTerms,
  ) {
    this.budget = terms.budget;
    this.free = terms.free;
    this.policies = terms.bar.policies;
    this.working = workingCopies(orders, terms.bar);
  }

  /** Offers a bar's open by acceptance: to `offered` (null: to all), and to legs that wake on the way. */
  atOpen(open: Price, offered: ReadonlySet<Order> | null): void {
    for (const entry of this.working) {
      if (!isLive(entry) || offered?.has(entry.order) === false) continue;
      const { quote } = this.terms;
      const quoted = quote === null ? open : entry.order.side === 'buy' ? quote.ask : quote.bid;
      this.judgeAtOpen(entry, quoted);
      this.cancelUnlessLasting(entry);
    }
  }

  /** Goes from point to point in straight lines, meeting triggers in the order in which price reaches them. */
  along(points: readonly Price[]): void {
    if (this.policies.fill.intrabar === 'worst_case') {
      for (const entry of this.working)
        if (isLive(entry) && entry.siblings.length > 0) this.hitStopFirst(entry);
    }
    for (let i = 1; i < points.length; i++) this.segment(points[i - 1] as Price, points[i] as Price);
  }

  private judgeAtOpen(entry: Working, open: Price): void {
    const { order, stage } = entry;
    const stop = stage === null ? null : this.stopOf(entry, stage, open);
    if (stop !== null) {
      if (isStopReached(order.side, stop, open)) this.triggerAndFill(entry, open, ['gap']);
    } else if (stage?.kind === 'limit') {
      this.fillAtPoint(entry, open, ['gap']);
    } else if (stage?.kind === 'market' && (this.terms.takesMarket || isBeyondCap(order, open))) {
      this.fillAtPoint(entry, open, []);
    }
    if (stage?.kind === 'trail' && this.policies.fill.trail === 'path') this.moveMark(entry, open);
  }

  /** The price of a stop or trailing stop as it stands; null for what is neither. */
  private stopOf(entry: Working, stage: Stage, point: Price): Price | null {
    if (stage.kind === 'stop') return stage.price;
    if (stage.kind !== 'trail') return null;
    return trailStop(entry.order, entry.highWaterMark ?? point);
  }

  private moveMark(entry: Working, point: Price): void {
    const { highWaterMark, order } = entry;
    entry.highWaterMark = highWaterMark === null ? point : betterMark(order, highWaterMark, point);
  }

  /** What is left of ioc, fok and opg after the open that they were meant for. */
  private cancelUnlessLasting(entry: Working): void {
    if (entry.stage === null || !this.terms.takesMarket) return;
    const { timeInForce } = entry.order;
    if (timeInForce === 'ioc') this.cancel(entry, 'immediate_or_cancel');
    if (timeInForce === 'fok') this.cancel(entry, 'fill_or_kill');
    if (timeInForce === 'opg' && this.terms.bar.isAuction) this.cancel(entry, 'auction_over');
  }

  /** Fills an order that is live where the market stands, if its price allows. */
  private fillAtPoint(entry: Working, point: Price, tags: readonly FillTag[]): void {
    const { order, stage } = entry;
    if (order.timeInForce === 'opg') {
      if (this.terms.bar.isAuction) this.fillInAuction(entry, point);
      return;
    }
    if (stage?.kind === 'limit') {
      const reach = reachOf(this.policies.fill.limit, order.side, stage.price);
      // A stop limit goes live at the very point, where standing at the limit is enough.
      const isAtLimit = entry.isJustTriggered && isAtOrBetter(order.side, stage.price, point);
      if (isAtLimit || isReached(reach, order.side, point)) this.fill(entry, point, tags);
      return;
    }
    entry.isCollared = isBeyondCap(order, point);
    if (!entry.isCollared) this.fill(entry, this.worsened(entry, point), tags);
  }

  /** The opening print itself, without slippage; no source here names the official one, so the tag says proxy. */
  private fillInAuction(entry: Working, open: Price): void {
    const { stage, order } = entry;
    if (stage?.kind === 'limit' && !isAtOrBetter(order.side, stage.price, open)) return;
    this.fill(entry, open, ['auction_proxy']);
  }

  private worsened(entry: Working, point: Price): Price {
    const { order } = entry;
    const { range } = this.terms;
    const worse = this.slipped(entry, point);
    const inside = range === null ? worse : clipped(worse, range.low, range.high);
    return order.capPrice === null ? inside : smaller(inside, order.capPrice);
  }

  private slipped(entry: Working, point: Price): Price {
    const { quote, measure } = this.terms;
    if (quote !== null || this.policies.slippage.model === 'none') return point;
    return slipped(this.policies.slippage, point, entry.order.side, this.allowed(entry, point), measure);
  }

  private segment(from: Price, to: Price): void {
    const isUp = to > from;
    const meetings: Meeting[] = [];
    for (const entry of this.working) {
      const at = this.meetingPoint(entry, from, to, isUp);
      if (at !== null) meetings.push({ entry, at });
    }
    meetings.sort((a, b) => compareMeetings(a, b, isUp));
    this.leg = { to, isUp, meetings };
    for (let meeting = meetings.shift(); meeting !== undefined; meeting = meetings.shift())
      this.meet(meeting);
    this.leg = null;
  }

  /** Where between `from` (not with) and `to` the market reaches what the order waits for; null if nowhere. */
  private meetingPoint(entry: Working, from: Price, to: Price, isUp: boolean): Price | null {
    const { order } = entry;
    const stage = restingStage(entry);
    if (stage === null) return null;
    if (stage.kind === 'stop') return this.stopMeeting(order, stage.price, from, to, isUp);
    if (stage.kind === 'trail') return this.trailMeeting(entry, from, to, isUp);
    if ((order.side === 'sell') !== isUp || order.timeInForce === 'opg') return null;
    const reach = reachOf(this.policies.fill.limit, order.side, stage.price);
    return !isReached(reach, order.side, from) && isReached(reach, order.side, to) ? reach.price : null;
  }

  private stopMeeting(order: Order, stop: Price, from: Price, to: Price, isUp: boolean): Price | null {
    if ((order.side === 'buy') !== isUp) return null;
    return !isStopReached(order.side, stop, from) && isStopReached(order.side, stop, to) ? stop : null;
  }

  /** The mark moves with every point that is better, and is tested after it moved. */
  private trailMeeting(entry: Working, from: Price, to: Price, isUp: boolean): Price | null {
    const { order } = entry;
    const movesAlong = this.policies.fill.trail === 'path';
    if (movesAlong) this.moveMark(entry, from);
    if ((order.side === 'sell') === isUp) {
      if (movesAlong) this.moveMark(entry, to);
      return null;
    }
    const stop = trailStop(order, entry.highWaterMark ?? from);
    return isStopReached(order.side, stop, to) ? stop : null;
  }

  private meet({ entry, at }: Meeting): void {
    const { order, stage } = entry;
    if (stage === null) return;
    if (stage.kind === 'stop' || stage.kind === 'trail') {
      this.triggerAndFill(entry, at, []);
      return;
    }
    const limit = stage.kind === 'limit' ? stage.price : order.capPrice;
    if (limit === null) return;
    const isTouched = this.isOnlyTouched(order.side, limit);
    if (isTouched && !this.terms.bar.fillsOnTouch(order)) return;
    // Where more than a touch is asked for, the whole bar may lie on the better side of the limit.
    const { range } = this.terms;
    const price = range === null ? limit : clipped(limit, range.low, range.high);
    this.fill(entry, price, isTouched ? ['touch_only'] : []);
  }

  private isOnlyTouched(side: Side, limit: Price): boolean {
    const { range } = this.terms;
    return range !== null && (side === 'buy' ? range.low : range.high) === limit;
  }

  private triggerAndFill(entry: Working, point: Price, tags: readonly FillTag[]): void {
    const { order, highWaterMark } = entry;
    this.steps.push({ kind: 'trigger', order, price: point, highWaterMark });
    const { limitPrice } = order;
    entry.stage = limitPrice === null ? { kind: 'market' } : { kind: 'limit', price: limitPrice };
    entry.isJustTriggered = true;
    this.fillAtPoint(entry, point, tags);
    entry.isJustTriggered = false;
  }

  private cancel(entry: Working, reason: CancelReason): void {
    this.steps.push({ kind: 'cancel', order: entry.order, reason });
    entry.stage = null;
    for (const leg of entry.legs) if (leg.isHeld && leg.stage !== null) this.cancel(leg, 'parent_ended');
  }

  private fill(entry: Working, price: Price, tags: readonly FillTag[]): void {
    const { order } = entry;
    const wanted = this.wanted(entry, price);
    const quantity = this.within(entry, wanted);
    if (quantity <= 0n || (order.timeInForce === 'fok' && quantity < wanted)) return;
    const cost = notional(price, quantity);
    const held = heldFor(entry, quantity, cost);
    const isOpening = order.positionIntent.endsWith('open');
    if (isOpening && cost - held > this.free) {
      this.cancel(entry, 'insufficient_buying_power');
      return;
    }
    const isLast = quantity === wanted;
    this.steps.push({ kind: 'fill', order, price, quantity, isLast, tags: joined(tags, this.terms.tags) });
    if (this.budget !== null) this.budget = (this.budget - quantity) as Quantity;
    this.free = (this.free + (isOpening ? held - cost : cost)) as Money;
    entry.reserved = (entry.reserved - held) as Money;
    takeFill(entry, quantity, cost, isLast);
    this.shrinkSiblings(entry, quantity, isLast);
    this.wakeLegs(entry, price, isLast);
  }

  private wanted(entry: Working, price: Price): Quantity {
    if (entry.leavesNotional === null) return entry.leaves;
    const quantity = quantityFor(entry.leavesNotional, price);
    if (entry.order.positionIntent.endsWith('open')) return quantity;
    return smaller(quantity, (entry.order.reservedQuantity + this.terms.freeQuantity) as Quantity);
  }

  private allowed(entry: Working, price: Price): Quantity {
    return this.within(entry, this.wanted(entry, price));
  }

  /** What the bar's budget leaves of a quantity. */
  private within(entry: Working, wanted: Quantity): Quantity {
    if (this.budget === null || wanted <= this.budget) return wanted;
    return (isWhole(entry.order) ? this.budget - (this.budget % BILLION) : this.budget) as Quantity;
  }

  /** One exit's fill ends its sibling, or cuts it to what is left: in the same breath, so both never fill. */
  private shrinkSiblings(entry: Working, quantity: Quantity, isLast: boolean): void {
    for (const sibling of entry.siblings) {
      if (sibling.stage === null) continue;
      if (isLast) {
        this.steps.push({ kind: 'cancel', order: sibling.order, reason: 'sibling_filled' });
        sibling.stage = null;
      } else {
        sibling.leaves = (sibling.leaves - quantity) as Quantity;
        this.steps.push({ kind: 'resize', order: sibling.order, quantity: totalOf(sibling) });
      }
    }
  }

  /** Legs go live at their parent's fill, on the same path, and are judged first at that very point. */
  private wakeLegs(entry: Working, point: Price, isLast: boolean): void {
    const bySize = this.policies.fill.legs === 'filled_part';
    if (entry.legs.length === 0 || (!isLast && !bySize)) return;
    for (const leg of entry.legs) {
      if (leg.stage === null) continue;
      const exited = leg.siblings.reduce((sum, sibling) => sum + sibling.filled, leg.filled as bigint);
      leg.leaves = (entry.filled - exited) as Quantity;
      const kind = leg.isHeld ? 'activate' : 'resize';
      leg.isHeld = false;
      this.steps.push({ kind, order: leg.order, quantity: totalOf(leg) });
    }
    for (const leg of entry.legs) this.judgeAwake(leg, point);
  }

  private judgeAwake(leg: Working, point: Price): void {
    if (leg.stage === null || leg.leaves <= 0n) return;
    if (this.policies.fill.intrabar === 'worst_case' && this.hitStopFirst(leg)) return;
    const stop = this.stopOf(leg, leg.stage, point);
    if (stop === null) this.fillAtPoint(leg, point, []);
    else if (isStopReached(leg.order.side, stop, point)) this.triggerAndFill(leg, point, []);
    this.joinLeg(leg, point);
  }

  /** A leg that woke on the way may still be met on the rest of the line. */
  private joinLeg(entry: Working, from: Price): void {
    if (this.leg === null || entry.stage === null) return;
    const { to, isUp, meetings } = this.leg;
    const at = this.meetingPoint(entry, from, to, isUp);
    if (at === null) return;
    meetings.push({ entry, at });
    meetings.sort((a, b) => compareMeetings(a, b, isUp));
  }

  /** `worst_case`: a protective stop that the bar's range holds is hit before its target, wherever price was. */
  private hitStopFirst(entry: Working): boolean {
    const { range } = this.terms;
    const isProtective = entry.stage?.kind === 'stop' && entry.siblings.length > 0;
    if (range === null || !isProtective || entry.stage?.kind !== 'stop') return false;
    const { price } = entry.stage;
    if (price < range.low || price > range.high) return false;
    this.triggerAndFill(entry, price, ['worst_case']);
    return true;
  }
}

function joined(tags: readonly FillTag[], more: readonly FillTag[]): readonly FillTag[] {
  return more.length === 0 ? tags : [...tags, ...more];
}

function totalOf(entry: Working): Quantity {
  return (entry.filled + entry.leaves) as Quantity;
}

function compareMeetings(a: Meeting, b: Meeting, isUp: boolean): number {
  if (a.at === b.at) return a.entry.order.ordinal - b.entry.order.ordinal;
  return a.at < b.at === isUp ? -1 : 1;
}

type RestingStage = Extract<Stage, { kind: 'limit' | 'stop' | 'trail' }>;

/** What an order rests for on the path; a collared market buy rests at its cap as a limit would. */
function restingStage(entry: Working): RestingStage | null {
  const { stage, order, isCollared } = entry;
  if (stage === null || entry.isHeld || stage.kind === 'close') return null;
  if (stage.kind !== 'market') return stage;
  return isCollared && order.capPrice !== null ? { kind: 'limit', price: order.capPrice } : null;
}

function isBeyondCap({ capPrice }: Order, point: Price): boolean {
  return capPrice !== null && point > capPrice;
}

function isAtOrBetter(side: Side, limit: Price, point: Price): boolean {
  return side === 'buy' ? point <= limit : point >= limit;
}
