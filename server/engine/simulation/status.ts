/** Alpaca's word for where an order stands, derived from what happened to it and from the time. */
import { isOpen, nextOpen, sessionClass } from '../calendar/trading-day';
import type { Order, OrderStatus } from '../orders/order';
import type { EpochMs } from '../units/time';

/** `accepted` until the first session in which it could trade has begun, `new` from then on. */
export function statusOf(order: Order, now: EpochMs): OrderStatus {
  if (order.state !== 'open') return order.state;
  if (order.filledQuantity > 0n) return 'partially_filled';
  if (order.extendedHours && sessionClass(order.acceptedAt) === 'extended') return 'new';
  return isOpen(order.acceptedAt) || now >= nextOpen(order.acceptedAt) ? 'new' : 'accepted';
}
