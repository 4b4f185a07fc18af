/** The legs of bracket, oco and oto orders: what they are, and where their prices may lie. */
import type { OrderTerms, OrderType } from '../orders/order';
import { price as priceLiteral } from '../units/decimal';
import type { Price } from '../units/fixed-point';
import type { Rejection } from './rejection';

const CENT = priceLiteral('0.01');

/** An oco is its take profit: the price may stand in either field. */
export function normalizedTerms(terms: OrderTerms): OrderTerms {
  if (terms.orderClass !== 'oco' || terms.limitPrice !== null || terms.takeProfit === null) return terms;
  return { ...terms, limitPrice: terms.takeProfit.limitPrice };
}

/** The orders that come with a parent, take profit first. They go the other way, but for an oco's. */
export function legTerms(parent: OrderTerms): readonly OrderTerms[] {
  const { takeProfit, stopLoss, orderClass } = parent;
  if (takeProfit === null && stopLoss === null) return NO_LEGS;
  const legs: OrderTerms[] = [];
  if (takeProfit !== null && orderClass !== 'oco')
    legs.push(legOf(parent, 'limit', takeProfit.limitPrice, null));
  if (stopLoss !== null) {
    const { stopPrice, limitPrice } = stopLoss;
    legs.push(legOf(parent, limitPrice === null ? 'stop' : 'stop_limit', limitPrice, stopPrice));
  }
  return legs;
}

const NO_LEGS: readonly OrderTerms[] = [];

// Field by field: every bracket makes two of them, and a spread is slow.
function legOf(
  parent: OrderTerms,
  type: OrderType,
  limitPrice: Price | null,
  stopPrice: Price | null,
): OrderTerms {
  const { symbol, side, timeInForce, quantity, notional, orderClass } = parent;
  return {
    symbol,
    side: orderClass === 'oco' ? side : side === 'buy' ? 'sell' : 'buy',
    type,
    timeInForce,
    quantity,
    notional,
    limitPrice,
    stopPrice,
    trailPrice: parent.trailPrice,
    trailPercent: parent.trailPercent,
    extendedHours: parent.extendedHours,
    orderClass,
    takeProfit: null,
    stopLoss: null,
    clientOrderId: null,
  };
}

/**
 * Exits lie at least a cent beyond the price that the entry is expected at: its limit, its stop, or the
 * market (alpaca docs, "Bracket orders").
 */
export function checkExitPrices(terms: OrderTerms, market: Price | null): Rejection | null {
  if (terms.orderClass === 'simple' || terms.orderClass === 'oco') return null;
  const basePrice = terms.limitPrice ?? terms.stopPrice ?? market;
  if (basePrice === null) return null;
  const isLong = terms.side === 'buy';
  const above = (basePrice + CENT) as Price;
  const below = (basePrice - CENT) as Price;
  const loss = terms.stopLoss?.stopPrice ?? null;
  if (loss !== null && (isLong ? loss > below : loss < above)) {
    const field = 'stop_loss.stop_price';
    return {
      code: 'exit_price_direction',
      field,
      bound: isLong ? below : above,
      isAbove: !isLong,
      basePrice,
    };
  }
  const profit = terms.takeProfit?.limitPrice ?? null;
  if (profit !== null && (isLong ? profit < above : profit > below)) {
    const field = 'take_profit.limit_price';
    return { code: 'exit_price_direction', field, bound: isLong ? above : below, isAbove: isLong, basePrice };
  }
  return null;
}
