/** Wash trades: an order that could meet one's own on the other side is refused (alpaca docs, "Wash trade"). */
import type { Order, OrderOrdinal, OrderTerms } from '../orders/order';

export interface WashTrade {
  readonly code: 'wash_trade';
  readonly existingOrder: OrderOrdinal;
  /** Both are limits that cross; else one of them is a market or stop order. */
  readonly isLimit: boolean;
}

type Words = Pick<OrderTerms, 'side' | 'type' | 'limitPrice' | 'orderClass'>;

/**
 * The first open order of the same account and symbol that forbids the new one. Complex orders and trailing
 * stops are exempt, whichever of the two they are.
 */
export function findWashTrade(terms: Words, open: Iterable<Order>): WashTrade | null {
  if (isExempt(terms)) return null;
  for (const order of open) {
    if (order.side === terms.side || isExempt(order)) continue;
    const areLimits = terms.limitPrice !== null && order.limitPrice !== null;
    if (areLimits && !isCrossed(terms, order)) continue;
    return { code: 'wash_trade', existingOrder: order.ordinal, isLimit: areLimits };
  }
  return null;
}

function isExempt({ type, orderClass }: Words): boolean {
  return type === 'trailing_stop' || orderClass !== 'simple';
}

function isCrossed(a: Words, b: Words): boolean {
  const [buy, sell] = a.side === 'buy' ? [a, b] : [b, a];
  return buy.limitPrice !== null && sell.limitPrice !== null && buy.limitPrice >= sell.limitPrice;
}
