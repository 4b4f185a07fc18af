/** Decimals as clients write them, a string or a JSON number: taken by their digits, never by a float. */
import * as z from 'zod';
import { parseDecimal } from '../engine/units/decimal';

/** Longer than any amount that could be meant: 18 digits, a point, 9 decimals and some zeros. */
const TEXT_MAX = 64;
const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/**
 * The digits of a number: the shortest decimal that names it. JSON.parse has already made floats of the
 * literals, so a number with more digits than a float can keep is refused (null), to be sent as a string.
 */
export function numberText(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  const match = EXPONENT.exec(text);
  if (match === null) return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : text;
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const shift = -Number(exponent);
  return shift > 0 && shift < 30 ? `${sign}0.${'0'.repeat(shift - 1)}${whole}${fraction}` : null;
}

/** Billionths, or a sentence that says what was expected. */
function billionthsOf(value: string | number): bigint | string {
  const text = typeof value === 'number' ? numberText(value) : value.trim();
  if (text === null) return `expected at most 15 digits, found the number ${value}; send it as a string`;
  if (text.length > TEXT_MAX)
    return `expected a decimal of at most ${TEXT_MAX} characters, found ${text.length}`;
  const parsed = parseDecimal(text);
  return parsed ?? `expected a decimal with at most 9 places, found "${text}"`;
}

/** A decimal of the unit `T`, as a string or a number. */
export function decimalOf<T extends bigint>(): z.ZodType<T, string | number> {
  return z.union([z.string(), z.number()], 'expected a decimal').transform((value, context) => {
    const parsed = billionthsOf(value);
    if (typeof parsed === 'bigint') return parsed as T;
    context.addIssue({ code: 'custom', message: parsed });
    return z.NEVER;
  });
}
