/** Decimal text to billionths and back: the only door between the wire's strings and the ledger. */
import { BILLION, DECIMALS_MAX, type Money, type Price, type Quantity, type Ratio } from './fixed-point';

const DECIMAL = /^([+-]?)(\d{1,18})(?:\.(\d*))?$/;
const BARE_FRACTION = /^([+-]?)\.(\d+)$/;

/**
 * Parses a plain decimal ("150", "-0.5", ".25") to billionths.
 * Returns null for anything else: exponents, spaces, more than 18 whole digits, or a tenth decimal that is
 * not zero (rounding what a trader wrote is not ours to do).
 */
export function parseDecimal(text: string): bigint | null {
  const match = DECIMAL.exec(text) ?? bareFraction(text);
  if (match === null) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > DECIMALS_MAX) return null;
  const size = BigInt(match[2] ?? '0') * BILLION + BigInt(fraction.padEnd(DECIMALS_MAX, '0'));
  return match[1] === '-' ? -size : size;
}

function bareFraction(text: string): (string | undefined)[] | null {
  const match = BARE_FRACTION.exec(text);
  return match === null ? null : [text, match[1], '0', match[2]];
}

/** Writes billionths as the shortest decimal: 150500000000n is "150.5". */
export function formatDecimal(value: bigint): string {
  const size = value < 0n ? -value : value;
  const whole = size / BILLION;
  const rest = size % BILLION;
  const sign = value < 0n ? '-' : '';
  if (rest === 0n) return `${sign}${whole}`;
  return `${sign}${whole}.${rest.toString().padStart(DECIMALS_MAX, '0').replace(/0+$/, '')}`;
}

/** A literal that is known to be a decimal, for constants and tests. Throws on anything else. */
function literal(text: string): bigint {
  const value = parseDecimal(text);
  if (value === null)
    throw new Error(`expected a decimal with at most ${DECIMALS_MAX} places, found "${text}"`);
  return value;
}

export const price = (text: string): Price => literal(text) as Price;
export const quantity = (text: string): Quantity => literal(text) as Quantity;
export const money = (text: string): Money => literal(text) as Money;
export const ratio = (text: string): Ratio => literal(text) as Ratio;

/** Below this a float times a billion rounds to the very decimal that was published (2^52 / 1e9). */
const EXACT_BELOW = 4_503_599;

/**
 * The billionths of a market-data float: the decimal that was published, not the binary near it.
 * A float holds 15 to 17 significant digits, so nine places are exact below 4.5 million; above that the
 * shortest decimal of the float is parsed, cut after nine places.
 */
export function fromFloat(value: number): bigint {
  if (Math.abs(value) < EXACT_BELOW) return BigInt(Math.round(value * 1e9));
  const [whole = '0', fraction = ''] = value.toFixed(DECIMALS_MAX).split('.');
  return literal(`${whole}.${fraction}`);
}

/** The float nearest to a fixed-point value: the same float that its published decimal parses to. */
export function toFloat(value: bigint): number {
  const float = Number(value);
  return Number.isSafeInteger(float) ? float / 1e9 : Number(formatDecimal(value));
}
