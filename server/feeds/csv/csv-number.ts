/** Decimal text in bytes to the very float that `Number` gives, without making a string of it. */

const ZERO = 48;
const DOT = 46;
/** Up to 15 digits a mantissa and its power of ten are both exact, so that one division rounds once. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** The number in `bytes[from..to)`; NaN when it is not a plain number. */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let mantissa = 0;
  let dot = -1;
  for (let index = from; index < to; index++) {
    const digit = (bytes[index] as number) - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (bytes[index] === DOT && dot < 0) dot = index;
    else return parseSlowly(bytes, from, to);
  }
  const digits = to - from - (dot < 0 ? 0 : 1);
  if (digits === 0 || digits > EXACT_DIGITS) return parseSlowly(bytes, from, to);
  return dot < 0 ? mantissa : mantissa / (POWERS[to - dot - 1] as number);
}

function parseSlowly(bytes: Uint8Array, from: number, to: number): number {
  const text = textOf(bytes, from, to).trim();
  return DECIMAL.test(text) ? Number(text) : NaN;
}

export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
