/** Ticks, slippage and limit rules: the small policies that price a fill. */
import type { Side } from '../orders/order';
import type { LimitRule, SlippageConfiguration } from '../orders/policies';
import { roundAgainst, SUB_PENNY, tickOf } from '../orders/tick';
import { fromFloat } from '../units/decimal';
import { BILLION, larger, multiplyDivide, smaller } from '../units/fixed-point';
import type { Price, Quantity, Ratio } from '../units/fixed-point';

const TEN_THOUSAND = 10_000n;
/** Without any history to measure a range by (fills.md section 2, arrival). */
const NO_HISTORY_BASIS_POINTS = 5n * BILLION;

/** What a slippage model may know of the bar: its own numbers at its close, medians of the newest at an open. */
export interface BarMeasure {
  /** High minus low. */
  readonly range: Price;
  readonly volume: Quantity;
}

/**
 * What a market or stop order for `quantity` pays at `price`: worse by the configured model, rounded to the
 * tick against the trader. Unchanged when the model adds nothing. `measure` is null when nothing is known.
 */
export function slipped(
  model: SlippageConfiguration,
  price: Price,
  side: Side,
  quantity: Quantity,
  measure: BarMeasure | null,
): Price {
  const amount = slippageAmount(model, price, quantity, measure);
  if (amount === 0n) return price;
  const worse = (side === 'buy' ? price + amount : price - amount) as Price;
  return roundAgainst(larger(worse, SUB_PENNY), side);
}

/** Does the model need to know a bar? */
export function needsMeasure({ model }: SlippageConfiguration): boolean {
  return model === 'range_fraction' || model === 'volume_share' || model === 'square_root_impact';
}

function slippageAmount(
  model: SlippageConfiguration,
  price: Price,
  quantity: Quantity,
  measure: BarMeasure | null,
): bigint {
  switch (model.model) {
    case 'none':
      return 0n;
    case 'basis_points':
    case 'half_spread':
      return basisPoints(price, model.basisPoints);
    case 'ticks':
      return tickOf(price) * BigInt(model.ticks);
    case 'range_fraction':
      if (measure === null) return basisPoints(price, NO_HISTORY_BASIS_POINTS);
      return multiplyDivide(measure.range, model.fraction, BILLION, 'up');
    case 'volume_share':
      if (measure === null) return basisPoints(price, NO_HISTORY_BASIS_POINTS);
      return volumeShare(price, model.impact, smaller(shareOf(quantity, measure.volume), model.shareMax));
    case 'square_root_impact':
      if (measure === null) return basisPoints(price, NO_HISTORY_BASIS_POINTS);
      return squareRoot(measure.range, model.coefficient, shareOf(quantity, measure.volume));
  }
}

/** Part of a volume, in billionths; all of it where nothing traded. */
function shareOf(quantity: Quantity, volume: Quantity): Ratio {
  return (volume <= 0n ? BILLION : multiplyDivide(quantity, BILLION, volume, 'up')) as Ratio;
}

function volumeShare(price: Price, impact: Ratio, share: Ratio): bigint {
  const squared = multiplyDivide(share, share, BILLION, 'up');
  return multiplyDivide(multiplyDivide(price, impact, BILLION, 'up'), squared, BILLION, 'up');
}

function squareRoot(range: Price, coefficient: Ratio, share: Ratio): bigint {
  const root = integerRoot(share * BILLION);
  return multiplyDivide(multiplyDivide(range, coefficient, BILLION, 'up'), root, BILLION, 'up');
}

/** The largest integer whose square is not over `value` (Newton's method). */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << (BigInt(value.toString(2).length) / 2n + 1n);
  for (let next = (root + value / root) / 2n; next < root; next = (root + value / root) / 2n) root = next;
  return root;
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
  if (rule.rule === 'touch' || rule.rule === 'probability') return { price: limit, isStrict: false };
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
