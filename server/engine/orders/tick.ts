/** The minimum price increment and rounding to it. */
import { price as priceLiteral } from '../units/decimal';
import { larger, type Price } from '../units/fixed-point';
import type { Side } from './order';

const ONE_DOLLAR = priceLiteral('1');
const CENT = priceLiteral('0.01');
export const SUB_PENNY = priceLiteral('0.0001');

/** The minimum price increment: a cent from one dollar, a hundredth of a cent below (SEC Rule 612). */
export function tickOf(price: Price): Price {
  return price >= ONE_DOLLAR ? CENT : SUB_PENNY;
}

/** To the next tick that is worse for the trader: up for a buyer, down for a seller. */
export function roundAgainst(price: Price, side: Side): Price {
  const tick = tickOf(price);
  const whole = price / tick;
  if (whole * tick === price || side === 'sell') return larger((whole * tick) as Price, tick);
  return ((whole + 1n) * tick) as Price;
}
