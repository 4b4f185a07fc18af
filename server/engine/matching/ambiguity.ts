/** Two paths through one bar: whether they differ, which one is taken, and what the fills say about it. */
import type { Order } from '../orders/order';
import type { Intrabar } from '../orders/policies';
import { absolute, type Price, type Quantity } from '../units/fixed-point';
import type { Step } from './walk';

export interface Corners {
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/**
 * The steps of the path that counts. Fills that the other path does not have are tagged `ambiguous`; fills
 * beside a protective stop that the range holds but no path hits are tagged `zigzag_possible`.
 */
export function chooseOutcome(
  intrabar: Intrabar,
  corners: Corners,
  position: Quantity,
  orders: readonly Order[],
  highFirst: readonly Step[],
  lowFirst: readonly Step[],
  draw: () => number,
): readonly Step[] {
  if (isSameOutcome(highFirst, lowFirst)) return tagZigzag(highFirst, lowFirst, orders, corners);
  const isHighFirst = choosesHigh(intrabar, corners, position, orders, highFirst, lowFirst, draw);
  const [chosen, other] = isHighFirst ? [highFirst, lowFirst] : [lowFirst, highFirst];
  return tagZigzag(tagAmbiguous(chosen, other), other, orders, corners);
}

function choosesHigh(
  intrabar: Intrabar,
  corners: Corners,
  position: Quantity,
  orders: readonly Order[],
  highFirst: readonly Step[],
  lowFirst: readonly Step[],
  draw: () => number,
): boolean {
  if (intrabar === 'ohlc' || intrabar === 'olhc') return intrabar === 'ohlc';
  if (intrabar === 'seeded') return draw() < 0.5;
  const high = gainAtClose(highFirst, corners.close);
  const low = gainAtClose(lowFirst, corners.close);
  if (intrabar !== 'nearest' && high !== low) return intrabar === 'optimistic' ? high > low : high < low;
  return isHighNearer(corners, position, orders);
}

/** The nearer extreme comes first; at equal distance the one against the position, flat: against the oldest order. */
function isHighNearer(corners: Corners, position: Quantity, orders: readonly Order[]): boolean {
  const up = absolute((corners.high - corners.open) as Price);
  const down = absolute((corners.open - corners.low) as Price);
  if (up !== down) return up < down;
  if (position !== 0n) return position < 0n;
  return orders[0]?.side === 'sell';
}

/** What the steps add to the account's equity at the bar's close, in price x quantity units. */
function gainAtClose(steps: readonly Step[], close: Price): bigint {
  let gain = 0n;
  for (const step of steps) {
    if (step.kind !== 'fill') continue;
    const perShare = step.order.side === 'buy' ? close - step.price : step.price - close;
    gain += perShare * step.quantity;
  }
  return gain;
}

function keyOf(step: Step): string {
  const { ordinal } = step.order;
  if (step.kind === 'fill') return `${ordinal} fill ${step.price} ${step.quantity}`;
  if (step.kind === 'resize' || step.kind === 'activate') return `${ordinal} ${step.kind} ${step.quantity}`;
  return `${ordinal} ${step.kind}`;
}

function isSameOutcome(a: readonly Step[], b: readonly Step[]): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 0) return true;
  if (a.every((step, index) => isSameStep(step, b[index]))) return true;
  const left = a.map(keyOf).sort();
  const right = b.map(keyOf).sort();
  return left.every((key, index) => key === right[index]);
}

/** What `keyOf` says, without making text: on most bars both paths are alike, step by step. */
function isSameStep(a: Step, b: Step | undefined): boolean {
  if (b === undefined || a.order !== b.order) return false;
  if (a.kind === 'fill') return b.kind === 'fill' && a.price === b.price && a.quantity === b.quantity;
  if (a.kind === 'resize' || a.kind === 'activate') return a.kind === b.kind && a.quantity === b.quantity;
  return a.kind === b.kind;
}

function tagAmbiguous(chosen: readonly Step[], other: readonly Step[]): readonly Step[] {
  const certain = new Set(other.map(keyOf));
  return chosen.map((step) =>
    step.kind === 'fill' && !certain.has(keyOf(step)) ? { ...step, tags: [...step.tags, 'ambiguous'] } : step,
  );
}

/** Groups with a stop inside the range that neither path hit: a zigzag of price could have. */
function tagZigzag(
  chosen: readonly Step[],
  other: readonly Step[],
  orders: readonly Order[],
  corners: Corners,
): readonly Step[] {
  const spared = new Set<number>();
  for (const order of orders) {
    const isExit = order.parent !== null && order.stopPrice !== null && order.triggeredAt === null;
    if (!isExit || order.stopPrice === null) continue;
    const isInRange = order.stopPrice >= corners.low && order.stopPrice <= corners.high;
    const wasLive = order.state === 'open' || isActivated(chosen, order);
    const isHit = isTriggered(chosen, order) || isTriggered(other, order);
    if (isInRange && wasLive && !isHit && order.parent !== null) spared.add(order.parent);
  }
  if (spared.size === 0) return chosen;
  return chosen.map((step) => {
    const group = step.order.parent ?? step.order.ordinal;
    return step.kind === 'fill' && spared.has(group)
      ? { ...step, tags: [...step.tags, 'zigzag_possible'] }
      : step;
  });
}

function isActivated(steps: readonly Step[], order: Order): boolean {
  return steps.some((step) => step.kind === 'activate' && step.order === order);
}

function isTriggered(steps: readonly Step[], order: Order): boolean {
  return steps.some((step) => step.kind === 'trigger' && step.order === order);
}
