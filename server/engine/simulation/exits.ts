/** The legs of bracket, oco and oto orders: what they are, and where their prices may lie. */
import type { OrderTerms } from '../orders/order';
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
  const common: OrderTerms = {
    ...parent,
    side: orderClass === 'oco' ? parent.side : parent.side === 'buy' ? 'sell' : 'buy',
    type: 'limit',
    limitPrice: null,
    stopPrice: null,
    takeProfit: null,
    stopLoss: null,
    clientOrderId: null,
  };
  const legs: OrderTerms[] = [];
  if (takeProfit !== null && orderClass !== 'oco')
    legs.push({ ...common, limitPrice: takeProfit.limitPrice });
  if (stopLoss !== null) {
    const { stopPrice, limitPrice } = stopLoss;
    legs.push({ ...common, type: limitPrice === null ? 'stop' : 'stop_limit', stopPrice, limitPrice });
  }
  return legs;
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
