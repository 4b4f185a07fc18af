/** The exits that bracket, oco and oto orders ask for, and what each class must bring. */
import * as z from 'zod';
import {
  ORDER_CLASSES,
  type OrderClass,
  type OrderType,
  type StopLoss,
  type TakeProfit,
} from '../engine/orders/order';
import type { Price } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { optional, refuse, word } from './field';

const price = optional(decimalOf<Price>());
const EXPECTED = 'expected an object';

/** Multi-leg orders are of options. */
export const orderClass = optional(word([...ORDER_CLASSES, 'mleg'], 'invalid order_class'));
export const takeProfit = optional(z.object({ limit_price: price }, EXPECTED));
export const stopLoss = optional(z.object({ stop_price: price, limit_price: price }, EXPECTED));

export interface ClassFields {
  readonly type: OrderType;
  readonly order_class: z.output<typeof orderClass>;
  readonly limit_price: Price | null;
  readonly take_profit: z.output<typeof takeProfit>;
  readonly stop_loss: z.output<typeof stopLoss>;
}

export interface Family {
  readonly orderClass: OrderClass;
  readonly takeProfit: TakeProfit | null;
  readonly stopLoss: StopLoss | null;
}

/** The class with its exits; adds a fault where they do not fit, in Alpaca's words. */
export function familyOf(fields: ClassFields, context: z.RefinementCtx): Family {
  const { order_class: named } = fields;
  if (named === 'mleg') refuse(context, 'order_class', 'mleg orders are not supported: there are no options');
  const orderClass = named === null || named === 'mleg' ? 'simple' : named;
  const profit = fields.take_profit?.limit_price ?? null;
  const loss = fields.stop_loss?.stop_price ?? null;
  const lossLimit = fields.stop_loss?.limit_price ?? null;
  const fault = faultOf(orderClass, profit, loss, lossLimit, fields.limit_price);
  if (fault !== null) refuse(context, 'order_class', fault);
  if (orderClass === 'oco' && fields.type !== 'limit')
    refuse(context, 'type', 'oco orders must be limit orders');
  return {
    orderClass,
    takeProfit: profit === null ? null : { limitPrice: profit },
    stopLoss: loss === null ? null : { stopPrice: loss, limitPrice: lossLimit },
  };
}

function faultOf(
  orderClass: OrderClass,
  profit: Price | null,
  loss: Price | null,
  lossLimit: Price | null,
  limit: Price | null,
): string | null {
  if (orderClass === 'bracket' || orderClass === 'oco') {
    if (profit === null) return `${orderClass} orders require take_profit.limit_price`;
    if (loss === null) return `${orderClass} orders require stop_loss.stop_price`;
  }
  if (orderClass === 'oto' && (profit === null) === (loss === null))
    return 'oto orders require either take_profit or stop_loss.';
  if (lossLimit !== null && loss === null) return 'stop_loss.limit_price needs a stop_loss.stop_price';
  // The take profit of an oco is the order itself: its price may stand in either field, but it is one.
  if (orderClass === 'oco' && limit !== null && limit !== profit)
    return 'oco orders have one limit price: limit_price and take_profit.limit_price differ';
  return null;
}
