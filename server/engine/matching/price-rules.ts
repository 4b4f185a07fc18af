/** Ticks, slippage and limit rules: the small policies that price a fill. */
import { fromFloat, price as priceLiteral } from '../units/decimal';
import { BILLION, larger, multiplyDivide, smaller, type Price, type Quantity } from '../units/fixed-point';
import type { Side } from '../orders/order';
import type { LimitRule, SlippageConfiguration } from '../orders/policies';

const ONE_DOLLAR = priceLiteral('1');
const CENT = priceLiteral('0.01');
const SUB_PENNY = priceLiteral('0.0001');
const TEN_THOUSAND = 10_000n;
/** Without any history to measure a range by (fills.md section 2, arrival). */
const NO_HISTORY_BASIS_POINTS = 5n * BILLION;

/** The minimum price increment: a cent from one dollar, a hundredth of a cent below (SEC Rule 612). */
export function tickOf(price: Price): Price {
  return price >= ONE_DOLLAR ? CENT : SUB_PENNY;
}

/** To the next tick that is worse for the trader: up for a buyer, down for a seller. */
function roundAgainst(price: Price, side: Side): Price {
  const tick = tickOf(price);
  const whole = price / tick;
  const isOn = whole * tick === price;
  if (isOn || side === 'sell') return larger((whole * tick) as Price, tick);
  return ((whole + 1n) * tick) as Price;
}

/** How far a bar (or the median of the newest bars) reached; null when nothing is known. */
export type RangeKnown = Price | null;

/**
 * What a market or stop order pays at `price`: worse by the configured model, rounded to the tick against
 * the trader. Unchanged when the model adds nothing.
 */
export function slipped(model: SlippageConfiguration, price: Price, side: Side, range: RangeKnown): Price {
  const amount = slippageAmount(model, price, range);
  if (amount === 0n) return price;
  const worse = (side === 'buy' ? price + amount : price - amount) as Price;
  return roundAgainst(larger(worse, SUB_PENNY), side);
}

function slippageAmount(model: SlippageConfiguration, price: Price, range: RangeKnown): bigint {
  switch (model.model) {
    case 'none':
      return 0n;
    case 'range_fraction':
      return range === null
        ? basisPoints(price, NO_HISTORY_BASIS_POINTS)
        : multiplyDivide(range, model.fraction, BILLION, 'up');
    case 'basis_points':
      return basisPoints(price, model.basisPoints);
    case 'ticks':
      return tickOf(price) * BigInt(model.ticks);
  }
}

function basisPoints(price: Price, points: bigint): bigint {
  return multiplyDivide(price, points, BILLION * TEN_THOUSAND, 'up');
}

/** Keeps a price inside a bar that is known. */
export function clipped(price: Price, low: Price, high: Price): Price {
  return smaller(larger(price, low), high);
}

/**
 * How far a price must go for a limit to fill: to `price`, or past it when `isStrict`.
 * `touch` fills at the limit, `through` wants more, `ticks` that many ticks more.
 */
export interface Reach {
  readonly price: Price;
  readonly isStrict: boolean;
}

export function reachOf(rule: LimitRule, side: Side, limit: Price): Reach {
  if (rule.rule === 'through') return { price: limit, isStrict: true };
  if (rule.rule === 'touch') return { price: limit, isStrict: false };
  const distance = tickOf(limit) * BigInt(rule.ticks);
  return { price: (side === 'buy' ? limit - distance : limit + distance) as Price, isStrict: false };
}

/** Is a limit order good for a fill when the market stands at `price`? */
export function isReached(reach: Reach, side: Side, price: Price): boolean {
  if (side === 'buy') return reach.isStrict ? price < reach.price : price <= reach.price;
  return reach.isStrict ? price > reach.price : price >= reach.price;
}

/** Has the market come through a stop? Stops trigger on touch. */
export function isStopReached(side: Side, stop: Price, price: Price): boolean {
  return side === 'buy' ? price >= stop : price <= stop;
}

export const priceOf = (value: number): Price => fromFloat(value) as Price;
export const quantityOf = (value: number): Quantity => fromFloat(value) as Quantity;
