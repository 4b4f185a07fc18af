/** Decimal text from the server as people read it: grouped, rounded to what the column shows, signed where asked. */
import { parseDecimal } from '@/server/engine/units/decimal';
import { BILLION, DECIMALS_MAX, multiplyDivide } from '@/server/engine/units/fixed-point';

const MINUS = '−';

interface Places {
  readonly min: number;
  readonly max: number;
}

function group(whole: bigint): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function size(value: bigint, { min, max }: Places): string {
  const scale = 10n ** BigInt(DECIMALS_MAX - max);
  const rounded = multiplyDivide(value, 1n, scale, 'half_up') * scale;
  const fraction = (rounded % BILLION).toString().padStart(DECIMALS_MAX, '0').slice(0, max);
  const shown = fraction.replace(/0+$/, '').padEnd(min, '0');
  return shown === '' ? group(rounded / BILLION) : `${group(rounded / BILLION)}.${shown}`;
}

/** Exact up to the rounding that the column asks for. What is not a decimal is shown as it came. */
function format(text: string, places: Places): string {
  const value = parseDecimal(text);
  if (value === null) return text;
  const written = size(value < 0n ? -value : value, places);
  return value < 0n && /[1-9]/.test(written) ? `${MINUS}${written}` : written;
}

export const formatMoney = (text: string): string => format(text, { min: 2, max: 2 });
export const formatPrice = (text: string): string => format(text, { min: 2, max: 4 });
export const formatQuantity = (text: string): string => format(text, { min: 0, max: 9 });
export const formatPercent = (text: string): string => format(text, { min: 2, max: 2 });

export function signOf(text: string): -1 | 0 | 1 {
  const value = parseDecimal(text);
  if (value === null || value === 0n) return 0;
  return value < 0n ? -1 : 1;
}

/** With a plus in front of what is above zero. */
export function withSign(text: string, written: string): string {
  return signOf(text) > 0 ? `+${written}` : written;
}
