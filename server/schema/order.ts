/** What a valid order, replacement and closing is: Alpaca's bodies, with camelCase aliases. */
import * as z from 'zod';
import {
  ORDER_TYPES,
  SIDES,
  TIMES_IN_FORCE,
  type OrderTerms,
  type Side,
  type TimeInForce,
} from '../engine/orders/order';
import type { OrderChanges } from '../engine/simulation/command';
import type { Money, Price, Quantity, Ratio } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { optional, refuse, snakeCased, word } from './field';

const SYMBOL_MAX = 40;
const CLIENT_ORDER_ID_TEXT_MAX = 1_000;

const price = optional(decimalOf<Price>());
const clientOrderId = optional(z.string('expected a string').max(CLIENT_ORDER_ID_TEXT_MAX));
const flag = optional(z.boolean('expected true or false'));
/** Fields of orders that Paddock does not take yet: named, so that they are refused and not overlooked. */
const foreign = z.unknown().optional();

const orderFields = z.object({
  symbol: z.string('symbol is required').trim().min(1, 'symbol is required').max(SYMBOL_MAX),
  qty: optional(decimalOf<Quantity>()),
  notional: optional(decimalOf<Money>()),
  side: word(SIDES, 'invalid side'),
  type: word([...ORDER_TYPES, 'trailing_stop'], 'invalid order type'),
  time_in_force: word([...TIMES_IN_FORCE, 'opg', 'cls'], 'invalid time_in_force'),
  limit_price: price,
  stop_price: price,
  trail_price: foreign,
  trail_percent: foreign,
  client_order_id: clientOrderId,
  extended_hours: flag,
  order_class: optional(word(['simple', 'bracket', 'oco', 'oto', 'mleg'], 'invalid order_class')),
  take_profit: foreign,
  stop_loss: foreign,
  legs: foreign,
  position_intent: optional(
    word(['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close'], 'invalid position_intent'),
  ),
  advanced_instructions: foreign,
});
type OrderFields = z.output<typeof orderFields>;

const NOT_TAKEN = [
  'trail_price',
  'trail_percent',
  'take_profit',
  'stop_loss',
  'legs',
  'advanced_instructions',
] as const;

function termsOf(fields: OrderFields, context: z.RefinementCtx): OrderTerms {
  const { type, time_in_force: timeInForce } = fields;
  if (type === 'trailing_stop') {
    refuse(context, 'type', 'trailing_stop orders are not supported; use market, limit, stop or stop_limit');
    return z.NEVER;
  }
  if (timeInForce === 'opg' || timeInForce === 'cls') {
    refuse(context, 'time_in_force', `${timeInForce} is not supported; use day, gtc, ioc or fok`);
    return z.NEVER;
  }
  refuseWhatIsNotThere(fields, context);
  return {
    symbol: fields.symbol,
    side: fields.side,
    type,
    timeInForce,
    quantity: fields.qty,
    notional: fields.notional,
    limitPrice: fields.limit_price,
    stopPrice: fields.stop_price,
    clientOrderId: fields.client_order_id,
  };
}

function refuseWhatIsNotThere(fields: OrderFields, context: z.RefinementCtx): void {
  if (fields.order_class !== null && fields.order_class !== 'simple') {
    refuse(context, 'order_class', `${fields.order_class} orders are not supported; only simple orders are`);
  }
  for (const name of NOT_TAKEN) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') {
      refuse(context, name, `${name} is not supported; only simple orders are`);
    }
  }
  if (fields.extended_hours === true) {
    refuse(context, 'extended_hours', 'extended_hours orders are not supported; send false');
  }
  const inferred = positionIntentOf(fields.side);
  if (fields.position_intent !== null && fields.position_intent !== inferred) {
    refuse(
      context,
      'position_intent',
      `position intent mismatch, inferred: ${inferred}, specified: ${fields.position_intent}`,
    );
  }
}

/** What an order of that side does in an account that is never short. */
export function positionIntentOf(side: Side): 'buy_to_open' | 'sell_to_close' {
  return side === 'buy' ? 'buy_to_open' : 'sell_to_close';
}

/** `POST /v2/orders`. Rules that need the market or the account are the engine's. */
export const orderRequest = z.preprocess(snakeCased, orderFields.transform(termsOf));

const changeFields = z.object({
  qty: optional(decimalOf<Quantity>()),
  limit_price: price,
  stop_price: price,
  time_in_force: optional(word(TIMES_IN_FORCE, 'invalid time_in_force')),
  client_order_id: clientOrderId,
  trail: foreign,
  notional: foreign,
  advanced_instructions: foreign,
});

function changesOf(fields: z.output<typeof changeFields>, context: z.RefinementCtx): OrderChanges {
  for (const name of ['trail', 'notional', 'advanced_instructions'] as const) {
    const value = fields[name];
    if (value === undefined || value === null || value === '') continue;
    refuse(context, name, `${name} cannot be replaced`);
  }
  return {
    quantity: fields.qty,
    limitPrice: fields.limit_price,
    stopPrice: fields.stop_price,
    timeInForce: fields.time_in_force satisfies TimeInForce | null,
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
