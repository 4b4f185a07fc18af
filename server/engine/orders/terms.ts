/** What an order must say to make sense, whatever the market does: shared by the engine, the gates and the forms. */
import { money, price as priceLiteral, ratio } from '../units/decimal';
import { BILLION, type Money, type Price, type Quantity } from '../units/fixed-point';
import type { OrderClass, OrderTerms, OrderType, TimeInForce } from './order';

export type PriceField =
  'limit_price' | 'stop_price' | 'take_profit.limit_price' | 'stop_loss.stop_price' | 'stop_loss.limit_price';

export type TermsRejection =
  | { readonly code: 'quantity_or_notional_required' }
  | { readonly code: 'quantity_and_notional' }
  | { readonly code: 'quantity_not_positive' }
  | { readonly code: 'notional_not_positive' }
  | { readonly code: 'notional_too_small'; readonly minimum: Money }
  | { readonly code: 'notional_increment'; readonly notional: Money }
  | { readonly code: 'limit_price_required'; readonly orderType: OrderType }
  | { readonly code: 'stop_price_required'; readonly orderType: OrderType }
  | { readonly code: 'price_not_allowed'; readonly field: PriceField; readonly orderType: OrderType }
  | { readonly code: 'price_not_positive'; readonly field: PriceField }
  | {
      readonly code: 'price_increment';
      readonly field: PriceField;
      readonly price: Price;
      readonly increment: Price;
    }
  | { readonly code: 'fractional_not_day' }
  | { readonly code: 'fractional_not_simple' }
  | { readonly code: 'fractional_type_not_allowed' }
  | { readonly code: 'trail_required' }
  | { readonly code: 'trail_not_allowed'; readonly orderType: OrderType }
  | { readonly code: 'trail_not_positive' }
  | { readonly code: 'trail_percent_too_large' }
  | { readonly code: 'extended_hours_not_allowed' }
  | { readonly code: 'legs_required'; readonly orderClass: OrderClass }
  | { readonly code: 'legs_not_allowed'; readonly orderClass: OrderClass }
  | { readonly code: 'class_not_allowed'; readonly orderClass: OrderClass; readonly orderType: OrderType }
  | {
      readonly code: 'class_time_in_force';
      readonly orderClass: OrderClass;
      readonly timeInForce: TimeInForce;
    }
  | { readonly code: 'exits_crossed'; readonly takeProfit: Price; readonly stopLoss: Price }
  | {
      readonly code: 'time_in_force_not_allowed';
      readonly orderType: OrderType;
      readonly timeInForce: TimeInForce;
    }
  | { readonly code: 'client_order_id_too_long'; readonly length: number; readonly maximum: number };

const CLIENT_ORDER_ID_MAX = 128;
const NOTIONAL_MINIMUM = money('1');
const CENT = money('0.01');
const ONE_DOLLAR = priceLiteral('1');
const SUB_PENNY = priceLiteral('0.0001');

/** Is it for a part of a share? (Alpaca: fractional and notional orders are day orders.) */
export function isFractional(terms: Pick<OrderTerms, 'quantity' | 'notional'>): boolean {
  return terms.notional !== null || (terms.quantity !== null && terms.quantity % BILLION !== 0n);
}

/** The first thing wrong with an order's own words; null when they make sense (alpaca docs, "Placing Orders"). */
export function checkTerms(terms: OrderTerms): TermsRejection | null {
  return (
    checkAmount(terms) ??
    checkPrice(terms, 'limit_price') ??
    checkPrice(terms, 'stop_price') ??
    checkTrail(terms) ??
    checkFraction(terms) ??
    checkTimeInForce(terms) ??
    checkExtendedHours(terms) ??
    checkClass(terms) ??
    checkClientOrderId(terms.clientOrderId)
  );
}

/** The same of an order that takes another's place: its exits are orders of their own by then. */
export function checkChangedTerms(terms: OrderTerms): TermsRejection | null {
  const { orderClass, timeInForce } = terms;
  if (orderClass !== 'simple' && !LASTING.includes(timeInForce))
    return { code: 'class_time_in_force', orderClass, timeInForce };
  return checkTerms({ ...terms, orderClass: 'simple' });
}

function checkAmount({ quantity, notional }: OrderTerms): TermsRejection | null {
  if (quantity === null && notional === null) return { code: 'quantity_or_notional_required' };
  if (quantity !== null && notional !== null) return { code: 'quantity_and_notional' };
  return quantity === null ? checkNotional(notional) : checkQuantity(quantity);
}

function checkQuantity(quantity: Quantity): TermsRejection | null {
  return quantity > 0n ? null : { code: 'quantity_not_positive' };
}

function checkNotional(notional: Money | null): TermsRejection | null {
  if (notional !== null && notional <= 0n) return { code: 'notional_not_positive' };
  if (notional === null || notional < NOTIONAL_MINIMUM) {
    return { code: 'notional_too_small', minimum: NOTIONAL_MINIMUM };
  }
  return notional % CENT === 0n ? null : { code: 'notional_increment', notional };
}

const LIMITED: readonly OrderType[] = ['limit', 'stop_limit'];
const STOPPED: readonly OrderType[] = ['stop', 'stop_limit'];
/** Orders that wait for a price come as day or gtc only. */
const LASTING: readonly TimeInForce[] = ['day', 'gtc'];
const HUNDRED_PERCENT = ratio('100');

function checkPrice(terms: OrderTerms, field: PriceField): TermsRejection | null {
  const isLimit = field === 'limit_price';
  const value = isLimit ? terms.limitPrice : terms.stopPrice;
  const isNeeded = (isLimit ? LIMITED : STOPPED).includes(terms.type);
  if (value !== null) {
    return isNeeded
      ? checkIncrement(field, value)
      : { code: 'price_not_allowed', field, orderType: terms.type };
  }
  if (!isNeeded) return null;
  return { code: isLimit ? 'limit_price_required' : 'stop_price_required', orderType: terms.type };
}

/** At most two decimals from one dollar, four below (SEC Rule 612). */
function checkIncrement(field: PriceField, value: Price): TermsRejection | null {
  if (value <= 0n) return { code: 'price_not_positive', field };
  const increment = value >= ONE_DOLLAR ? (CENT as bigint as Price) : SUB_PENNY;
  return value % increment === 0n ? null : { code: 'price_increment', field, price: value, increment };
}

function checkTrail(terms: OrderTerms): TermsRejection | null {
  const { trailPrice, trailPercent, type } = terms;
  if (type !== 'trailing_stop') {
    const isSet = trailPrice !== null || trailPercent !== null;
    return isSet ? { code: 'trail_not_allowed', orderType: type } : null;
  }
  if ((trailPrice === null) === (trailPercent === null)) return { code: 'trail_required' };
  if ((trailPrice ?? trailPercent ?? 0n) <= 0n) return { code: 'trail_not_positive' };
  return trailPercent !== null && trailPercent >= HUNDRED_PERCENT
    ? { code: 'trail_percent_too_large' }
    : null;
}

function checkFraction(terms: OrderTerms): TermsRejection | null {
  if (!isFractional(terms)) return null;
  if (terms.timeInForce !== 'day') return { code: 'fractional_not_day' };
  if (terms.orderClass !== 'simple') return { code: 'fractional_not_simple' };
  return terms.type === 'trailing_stop' ? { code: 'fractional_type_not_allowed' } : null;
}

function checkTimeInForce({ type, timeInForce }: OrderTerms): TermsRejection | null {
  const isImmediate = !LASTING.includes(timeInForce);
  const waits = type !== 'market' && type !== 'limit';
  return isImmediate && waits ? { code: 'time_in_force_not_allowed', orderType: type, timeInForce } : null;
}

function checkExtendedHours(terms: OrderTerms): TermsRejection | null {
  if (!terms.extendedHours) return null;
  const isAllowed =
    terms.type === 'limit' && LASTING.includes(terms.timeInForce) && terms.orderClass === 'simple';
  return isAllowed ? null : { code: 'extended_hours_not_allowed' };
}

/** Bracket: both exits; oco: both, as a limit; oto: one of them (alpaca docs, "Bracket, OCO and OTO orders"). */
function checkClass(terms: OrderTerms): TermsRejection | null {
  const { orderClass, type, timeInForce, takeProfit, stopLoss } = terms;
  const legs = [takeProfit, stopLoss].filter((leg) => leg !== null).length;
  if (orderClass === 'simple') return legs > 0 ? { code: 'legs_not_allowed', orderClass } : null;
  if (legs !== (orderClass === 'oto' ? 1 : 2)) return { code: 'legs_required', orderClass };
  const isType = orderClass === 'oco' ? type === 'limit' : type !== 'trailing_stop';
  if (!isType) return { code: 'class_not_allowed', orderClass, orderType: type };
  if (!LASTING.includes(timeInForce)) return { code: 'class_time_in_force', orderClass, timeInForce };
  return checkLegPrices(terms);
}

function checkLegPrices({ takeProfit, stopLoss, side, orderClass }: OrderTerms): TermsRejection | null {
  const wrong =
    (takeProfit === null ? null : checkIncrement('take_profit.limit_price', takeProfit.limitPrice)) ??
    (stopLoss === null ? null : checkIncrement('stop_loss.stop_price', stopLoss.stopPrice)) ??
    (stopLoss === null || stopLoss.limitPrice === null
      ? null
      : checkIncrement('stop_loss.limit_price', stopLoss.limitPrice));
  if (wrong !== null || takeProfit === null || stopLoss === null) return wrong;
  // The side of an oco is its exits' own; of any other class it is the entry's.
  const isLong = (side === 'buy') !== (orderClass === 'oco');
  const [profit, loss] = [takeProfit.limitPrice, stopLoss.stopPrice];
  const isCrossed = isLong ? profit <= loss : profit >= loss;
  return isCrossed ? { code: 'exits_crossed', takeProfit: profit, stopLoss: loss } : null;
}

function checkClientOrderId(clientOrderId: string | null): TermsRejection | null {
  if (clientOrderId === null || clientOrderId.length <= CLIENT_ORDER_ID_MAX) return null;
  return {
    code: 'client_order_id_too_long',
    length: clientOrderId.length,
    maximum: CLIENT_ORDER_ID_MAX,
  };
}
