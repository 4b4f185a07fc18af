/** What a valid order, replacement and closing is: Alpaca's bodies, with camelCase aliases. */
import * as z from 'zod';
import {
  ORDER_TYPES,
  SIDES,
  TIMES_IN_FORCE,
  type OrderTerms,
  type PositionIntent,
} from '../engine/orders/order';
import type { OrderChanges } from '../engine/simulation/command';
import type { Money, Price, Quantity, Ratio } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { optional, refuse, snakeCased, word } from './field';
import { familyOf, orderClass, stopLoss, takeProfit } from './order-class';

const SYMBOL_MAX = 40;
const CLIENT_ORDER_ID_TEXT_MAX = 1_000;

const price = optional(decimalOf<Price>());
const clientOrderId = optional(z.string('expected a string').max(CLIENT_ORDER_ID_TEXT_MAX));
const flag = optional(z.boolean('expected true or false'));
/** Fields of orders that Paddock does not take: named, so that they are refused and not overlooked. */
const foreign = z.unknown().optional();

const INTENTS = ['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close'] as const;

const orderFields = z.object({
  symbol: z.string('symbol is required').trim().min(1, 'symbol is required').max(SYMBOL_MAX),
  qty: optional(decimalOf<Quantity>()),
  notional: optional(decimalOf<Money>()),
  side: word(SIDES, 'invalid side'),
  type: word(ORDER_TYPES, 'invalid order type'),
  time_in_force: word(TIMES_IN_FORCE, 'invalid time_in_force'),
  limit_price: price,
  stop_price: price,
  trail_price: price,
  trail_percent: optional(decimalOf<Ratio>()),
  client_order_id: clientOrderId,
  extended_hours: flag,
  order_class: orderClass,
  take_profit: takeProfit,
  stop_loss: stopLoss,
  position_intent: optional(word(INTENTS, 'invalid position_intent')),
  legs: foreign,
  advanced_instructions: foreign,
});
type OrderFields = z.output<typeof orderFields>;

/** An order as a client asks for it. */
export interface OrderRequest {
  readonly terms: OrderTerms;
  /** What the client takes it to do; null when it leaves that to us. */
  readonly positionIntent: PositionIntent | null;
}

function requestOf(fields: OrderFields, context: z.RefinementCtx): OrderRequest {
  for (const name of ['legs', 'advanced_instructions'] as const) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '')
      refuse(context, name, `${name} is not supported`);
  }
  const terms = {
    symbol: fields.symbol,
    side: fields.side,
    type: fields.type,
    timeInForce: fields.time_in_force,
    quantity: fields.qty,
    notional: fields.notional,
    limitPrice: fields.limit_price,
    stopPrice: fields.stop_price,
    trailPrice: fields.trail_price,
    trailPercent: fields.trail_percent,
    extendedHours: fields.extended_hours ?? false,
    ...familyOf(fields, context),
    clientOrderId: fields.client_order_id,
  };
  return { terms, positionIntent: fields.position_intent };
}

/** `POST /v2/orders`. Rules that need the market or the account are the engine's. */
export const orderRequest = z.preprocess(snakeCased, orderFields.transform(requestOf));

const changeFields = z.object({
  qty: optional(decimalOf<Quantity>()),
  limit_price: price,
  stop_price: price,
  time_in_force: optional(word(TIMES_IN_FORCE, 'invalid time_in_force')),
  client_order_id: clientOrderId,
  trail: price,
  notional: foreign,
  advanced_instructions: foreign,
});

function changesOf(fields: z.output<typeof changeFields>, context: z.RefinementCtx): OrderChanges {
  for (const name of ['notional', 'advanced_instructions'] as const) {
    const value = fields[name];
    if (value === undefined || value === null || value === '') continue;
    refuse(context, name, `${name} cannot be replaced`);
  }
  return {
    quantity: fields.qty,
    limitPrice: fields.limit_price,
    stopPrice: fields.stop_price,
    trailOffset: fields.trail,
    timeInForce: fields.time_in_force,
    clientOrderId: fields.client_order_id,
  };
}

/** `PATCH /v2/orders/{order_id}`. */
export const orderChangesRequest = z.preprocess(snakeCased, changeFields.transform(changesOf));

const HUNDRED = 100n;
const WHOLE = 1_000_000_000n;

const closeFields = z.object({
  qty: optional(decimalOf<Quantity>()),
  percentage: optional(decimalOf<Ratio>()),
});

type ClosingAmount = { readonly quantity: Quantity } | { readonly portion: Ratio } | 'all';

function closingAmount(
  { qty, percentage }: z.output<typeof closeFields>,
  context: z.RefinementCtx,
): ClosingAmount {
  if (qty !== null && percentage !== null) {
    refuse(context, 'percentage', 'only one of qty or percentage is accepted');
    return z.NEVER;
  }
  if (qty !== null) return { quantity: qty };
  if (percentage === null) return 'all';
  if (percentage <= 0n || percentage > HUNDRED * WHOLE) {
    refuse(context, 'percentage', 'percentage must be > 0 and <= 100');
    return z.NEVER;
  }
  return { portion: (percentage / HUNDRED) as Ratio };
}

/** Query of `DELETE /v2/positions/{symbol_or_asset_id}`: a quantity, a percentage, or all of it. */
export const closeRequest = z.preprocess(snakeCased, closeFields.transform(closingAmount));
