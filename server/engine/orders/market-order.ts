/** The plainest order there is: so many shares at the market, for the day. */
import type { Quantity } from '../units/fixed-point';
import type { OrderTerms, Side } from './order';

export function marketDayOrder(symbol: string, side: Side, quantity: Quantity): OrderTerms {
  return {
    symbol,
    side,
    type: 'market',
    timeInForce: 'day',
    quantity,
    notional: null,
    limitPrice: null,
    stopPrice: null,
    trailPrice: null,
    trailPercent: null,
    extendedHours: false,
    orderClass: 'simple',
    takeProfit: null,
    stopLoss: null,
    clientOrderId: null,
  };
}
