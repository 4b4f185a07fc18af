/** What a split does to an open order (fills.md, fine print, splits). */
import { splitPrice, splitQuantity, type SplitFactor } from '../market/corporate-actions';
import type { Order } from '../orders/order';
import { tickOf } from '../orders/tick';
import { BILLION, larger, type Price, type Quantity } from '../units/fixed-point';

/** Simple good-til-canceled limits go on in new shares; legs and their parents stay, all others are canceled. */
export function isAdjustedBySplit({ orderClass, type, timeInForce, state }: Order): boolean {
  return state === 'open' && orderClass === 'simple' && type === 'limit' && timeInForce === 'gtc';
}

/**
 * The order in new shares: whole shares only, its limit rounded to the tick so that it is no worse for the
 * trader (FINRA Rule 5330: a buy down, a sale up). What was filled stays as it was.
 */
export function afterSplit(
  order: Order,
  factor: SplitFactor,
): { readonly limitPrice: Price; readonly leaves: Quantity } {
  const leaves = splitQuantity(((order.quantity ?? 0n) - order.filledQuantity) as Quantity, factor);
  const exact = splitPrice(order.limitPrice ?? (0n as Price), factor);
  const tick = tickOf(exact);
  const down = (exact / tick) * tick;
  const limitPrice = order.side === 'buy' || down === exact ? down : down + tick;
  return {
    limitPrice: larger(limitPrice as Price, tick),
    leaves: (leaves - (leaves % BILLION)) as Quantity,
  };
}
