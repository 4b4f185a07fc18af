/** An order while it is walked along a bar: a copy that may fill, trigger, wake its legs and end its sibling. */
import type { Order } from '../orders/order';
import { stageOf, type Stage } from '../orders/stage';
import type { BarContext } from './bar-context';
import { BILLION, larger, multiplyDivide, smaller } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';

export interface Working {
  readonly order: Order;
  /** What it waits for; null when it is over. */
  stage: Stage | null;
  /** A leg whose parent has not filled. */
  isHeld: boolean;
  /** Its stop was reached at the very point where the market stands. */
  isJustTriggered: boolean;
  /** The market stood beyond its cap when it was offered a fill: it rests at the cap. */
  isCollared: boolean;
  leaves: Quantity;
  leavesNotional: Money | null;
  filled: Quantity;
  reserved: Money;
  /** Of a trailing stop: the best price so far. */
  highWaterMark: Price | null;
  legs: readonly Working[];
  siblings: readonly Working[];
}

/** Most orders have no family: they share one empty list. */
const NOBODY: readonly Working[] = [];

/** The orders as working copies, tied to their legs and siblings where those are in the list too. */
export function workingCopies(orders: readonly Order[], bar: BarContext): readonly Working[] {
  const copies: Working[] = [];
  for (const order of orders) copies.push(workingCopy(order, bar.markOf(order)));
  if (!orders.some((order) => order.parent !== null || order.legs.length > 0)) return copies;
  const family = copies.length <= FEW ? copies : new Map(copies.map((copy) => [copy.order.ordinal, copy]));
  for (const copy of copies) tie(copy, family);
  return copies;
}

/** As many are quicker looked through than looked up. */
const FEW = 8;
type Family = readonly Working[] | Map<number, Working>;

function memberOf(family: Family, ordinal: number): Working | undefined {
  if (family instanceof Map) return family.get(ordinal);
  for (const copy of family) if (copy.order.ordinal === ordinal) return copy;
  return undefined;
}

function workingCopy(order: Order, highWaterMark: Price | null): Working {
  const { quantity, notional } = order;
  return {
    order,
    stage: stageOf(order),
    isHeld: order.state === 'held',
    isJustTriggered: false,
    isCollared: false,
    leaves: (quantity === null ? 0n : quantity - order.filledQuantity) as Quantity,
    leavesNotional: notional === null ? null : ((notional - order.filledNotional) as Money),
    filled: order.filledQuantity,
    reserved: order.reserved,
    highWaterMark,
    legs: NOBODY,
    siblings: NOBODY,
  };
}

/** Legs of a bracket or oto wait for their parent; both exits of a pair end each other. */
function tie(copy: Working, family: Family): void {
  const { order } = copy;
  for (const ordinal of order.legs) {
    const leg = memberOf(family, ordinal);
    if (leg === undefined) continue;
    if (order.orderClass === 'oco') pair(copy, leg);
    else copy.legs = [...copy.legs, leg];
  }
  const [first, second] = copy.legs;
  if (first !== undefined && second !== undefined) pair(first, second);
  else if (order.parent !== null && memberOf(family, order.parent) === undefined) pairWithOther(copy, family);
}

/** Legs whose parent is done and not in the list: they are each other's siblings by their common parent. */
function pairWithOther(copy: Working, family: Family): void {
  for (const other of family.values()) {
    if (other === copy || other.order.parent !== copy.order.parent) continue;
    if (!copy.siblings.includes(other)) pair(copy, other);
  }
}

function pair(a: Working, b: Working): void {
  a.siblings = [...a.siblings, b];
  b.siblings = [...b.siblings, a];
}

export function isLive(entry: Working): boolean {
  return entry.stage !== null && !entry.isHeld;
}

/** Whole shares where the order asks for whole shares. */
export function isWhole(order: Order): boolean {
  return order.quantity !== null && order.quantity % BILLION === 0n;
}

/** The part of an order's reservation that a fill of `quantity` uses up. */
export function heldFor(entry: Working, quantity: Quantity, cost: Money): Money {
  if (entry.leavesNotional !== null) return smaller(cost, entry.reserved);
  if (quantity === entry.leaves) return entry.reserved;
  return multiplyDivide(entry.reserved, quantity, entry.leaves, 'down') as Money;
}

/** Takes a fill off what is left of the order. */
export function takeFill(entry: Working, quantity: Quantity, cost: Money, isLast: boolean): void {
  entry.filled = (entry.filled + quantity) as Quantity;
  if (entry.leavesNotional === null) entry.leaves = (entry.leaves - quantity) as Quantity;
  else entry.leavesNotional = larger((entry.leavesNotional - cost) as Money, 0n as Money);
  if (isLast) entry.stage = null;
}
