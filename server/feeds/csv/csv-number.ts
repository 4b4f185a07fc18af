/** Decimal text to the float that it writes; NaN for what is not a plain number. */

const LOWER_CASE = 32;
const [FIRST_DIGIT, LAST_DIGIT] = [48, 57];
/** 0x, 0b and 0o begin numbers of other bases, which no market data is written in. */
const OTHER_BASES = new Set(['x', 'b', 'o'].map((letter) => letter.charCodeAt(0)));

export function parseNumber(text: string): number {
  const value = Number(text);
  if (value === 0 ? text.trim() === '' : text.length > 2 && isOtherBase(text.charCodeAt(1))) return NaN;
  return value - value === 0 ? value : NaN; // Infinity is no number here
}

function isOtherBase(code: number): boolean {
  return code > LAST_DIGIT && OTHER_BASES.has(code | LOWER_CASE);
}

/** What vendors write where they know nothing. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= FIRST_DIGIT && first <= LAST_DIGIT) return false;
  return /^\s*(nan|null|none)?\s*$/i.test(text);
}
