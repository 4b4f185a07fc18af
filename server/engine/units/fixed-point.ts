/** Exact numbers: a billionth of a dollar, of a share, each a branded bigint on one scale. */

/** Dollars per share (or per coin), in billionths. */
export type Price = bigint & { readonly unit: 'price' };
/** Shares or coins, in billionths. */
export type Quantity = bigint & { readonly unit: 'quantity' };
/** Dollars, in billionths. */
export type Money = bigint & { readonly unit: 'money' };
/** A plain ratio (a rate, a percentage over 100), in billionths. */
export type Ratio = bigint & { readonly unit: 'ratio' };

/** How many units of the scale make one. Alpaca's crypto quantities have nine decimals, so the scale has. */
export const BILLION = 1_000_000_000n;
export const DECIMALS_MAX = 9;

/** What happens to the part of a quotient that the scale cannot hold. `down` and `up` are by magnitude. */
export type Rounding = 'down' | 'up' | 'half_up';

/** `a * b / divisor`, rounded once. The sign is kept out of the rounding: -1.5 down is -1. */
export function multiplyDivide(a: bigint, b: bigint, divisor: bigint, rounding: Rounding): bigint {
  const product = a * b;
  const quotient = product / divisor;
  if (rounding === 'down') return quotient;
  const remainder = product - quotient * divisor;
  if (remainder === 0n) return quotient;
  const away = product < 0n === divisor < 0n ? 1n : -1n;
  if (rounding === 'up') return quotient + away;
  const twice = remainder < 0n ? -remainder * 2n : remainder * 2n;
  const size = divisor < 0n ? -divisor : divisor;
  return twice >= size ? quotient + away : quotient;
}

/** What a quantity costs at a price. */
export function notional(price: Price, quantity: Quantity, rounding: Rounding = 'half_up'): Money {
  return multiplyDivide(price, quantity, BILLION, rounding) as Money;
}

/** How much an amount buys at a price, nine decimals, rounded down (fills.md section 3, notional). */
export function quantityFor(amount: Money, price: Price): Quantity {
  return multiplyDivide(amount, BILLION, price, 'down') as Quantity;
}

/** The average price of `quantity` that cost `cost`; `0n` when there is no quantity. */
export function averagePrice(cost: Money, quantity: Quantity): Price {
  return (quantity === 0n ? 0n : multiplyDivide(cost, BILLION, quantity, 'half_up')) as Price;
}

/** `amount` times a ratio. */
export function scaled<T extends bigint>(amount: T, ratio: Ratio, rounding: Rounding): T {
  return multiplyDivide(amount, ratio, BILLION, rounding) as T;
}

export function absolute<T extends bigint>(value: T): T {
  return (value < 0n ? -value : value) as T;
}

export function smaller<T extends bigint>(a: T, b: T): T {
  return a < b ? a : b;
}

export function larger<T extends bigint>(a: T, b: T): T {
  return a > b ? a : b;
}
