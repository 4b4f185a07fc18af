/** What an open order is waiting for on the tape: the one place that knows how types turn into triggers. */
import { toFloat } from '../units/decimal';
import type { Price } from '../units/fixed-point';
import type { Order } from './order';

/**
 * - `market`: the next open (a market order, a triggered stop).
 * - `limit`: a price at or better than `price` (a limit, a triggered stop limit).
 * - `stop`: the market to reach `price` from the other side.
 */
export type Stage =
  | { readonly kind: 'market' }
  | { readonly kind: 'limit'; readonly price: Price }
  | { readonly kind: 'stop'; readonly price: Price };

const MARKET: Stage = { kind: 'market' };

export function stageOf(order: Order): Stage {
  if (order.stopPrice !== null && order.triggeredAt === null) return { kind: 'stop', price: order.stopPrice };
  if (order.limitPrice !== null) return { kind: 'limit', price: order.limitPrice };
  return MARKET;
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
