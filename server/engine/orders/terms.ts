/** What an order must say to make sense, whatever the market does: shared by the engine, the gates and the forms. */
import { money, price as priceLiteral } from '../units/decimal';
import { BILLION, type Money, type Price, type Quantity } from '../units/fixed-point';
import type { OrderTerms, OrderType, TimeInForce } from './order';

export type PriceField = 'limit_price' | 'stop_price';

export type TermsRejection =
  | { readonly code: 'quantity_or_notional_required' }
  | { readonly code: 'quantity_and_notional' }
  | { readonly code: 'quantity_not_positive' }
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
    checkTimeInForce(terms) ??
    checkClientOrderId(terms.clientOrderId)
  );
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
  if (notional === null || notional < NOTIONAL_MINIMUM) {
    return { code: 'notional_too_small', minimum: NOTIONAL_MINIMUM };
  }
  return notional % CENT === 0n ? null : { code: 'notional_increment', notional };
}

const LIMITED: readonly OrderType[] = ['limit', 'stop_limit'];
const STOPPED: readonly OrderType[] = ['stop', 'stop_limit'];

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

function checkTimeInForce(terms: OrderTerms): TermsRejection | null {
  if (isFractional(terms) && terms.timeInForce !== 'day') return { code: 'fractional_not_day' };
  const isLasting = terms.timeInForce === 'day' || terms.timeInForce === 'gtc';
  if (STOPPED.includes(terms.type) && !isLasting) {
    return { code: 'time_in_force_not_allowed', orderType: terms.type, timeInForce: terms.timeInForce };
  }
  return null;
}

function checkClientOrderId(clientOrderId: string | null): TermsRejection | null {
  if (clientOrderId === null || clientOrderId.length <= CLIENT_ORDER_ID_MAX) return null;
  return {
    code: 'client_order_id_too_long',
    length: clientOrderId.length,
    maximum: CLIENT_ORDER_ID_MAX,
  };
}
