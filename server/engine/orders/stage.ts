/** What an open order is waiting for on the tape: the one place that knows how types turn into triggers. */
import { toFloat } from '../units/decimal';
import { BILLION, multiplyDivide, type Price } from '../units/fixed-point';
import type { Order } from './order';
import { roundAgainst } from './tick';

/**
 * - `market`: the next open (a market order, a triggered stop).
 * - `limit`: a price at or better than `price` (a limit, a triggered stop limit).
 * - `stop`: the market to reach `price` from the other side.
 * - `trail`: the market to come back from its best price by the trail.
 * - `close`: the closing auction of its session.
 */
export type Stage =
  | { readonly kind: 'market' }
  | { readonly kind: 'limit'; readonly price: Price }
  | { readonly kind: 'stop'; readonly price: Price }
  | { readonly kind: 'trail' }
  | { readonly kind: 'close' };

const MARKET: Stage = { kind: 'market' };
const TRAIL: Stage = { kind: 'trail' };
const AT_CLOSE: Stage = { kind: 'close' };
const HUNDRED = 100n;

export function stageOf(order: Order): Stage {
  if (order.timeInForce === 'cls') return AT_CLOSE;
  if (order.triggeredAt === null) {
    if (order.type === 'trailing_stop') return TRAIL;
    if (order.stopPrice !== null) return { kind: 'stop', price: order.stopPrice };
  }
  if (order.limitPrice !== null) return { kind: 'limit', price: order.limitPrice };
  return MARKET;
}

/** The stop of a trailing order at a high-water mark, on a tick and against the trader. */
export function trailStop(order: Order, highWaterMark: Price): Price {
  const distance = order.trailPrice ?? trailDistance(order, highWaterMark);
  const level = (order.side === 'sell' ? highWaterMark - distance : highWaterMark + distance) as Price;
  return roundAgainst(level, order.side);
}

function trailDistance({ trailPercent }: Order, highWaterMark: Price): bigint {
  return multiplyDivide(highWaterMark, trailPercent ?? 0n, BILLION * HUNDRED, 'half_up');
}

/** The better of two marks: the higher one under a sell, the lower one over a buy. */
export function betterMark(order: Order, a: Price, b: Price): Price {
  return (order.side === 'sell') === a > b ? a : b;
}

/** The price below (buy limits, sell stops) at which a falling market reaches the order; -Infinity when none. */
export function downTrigger(order: Order): number {
  const stage = stageOf(order);
  if (stage.kind === 'limit' && order.side === 'buy') return toFloat(stage.price);
  if (stage.kind === 'stop' && order.side === 'sell') return toFloat(stage.price);
  // A capped market buy rests at its cap once an open was beyond it.
  if (stage.kind === 'market' && order.capPrice !== null) return toFloat(order.capPrice);
  return -Infinity;
}

/** The price above (sell limits, buy stops) at which a rising market reaches the order; Infinity when none. */
export function upTrigger(order: Order): number {
  const stage = stageOf(order);
  if (stage.kind === 'limit' && order.side === 'sell') return toFloat(stage.price);
  if (stage.kind === 'stop' && order.side === 'buy') return toFloat(stage.price);
  return Infinity;
}
