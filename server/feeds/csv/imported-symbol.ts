/** Symbols as they are imported: in capitals, and of a length that fits a file's name. */

const SYMBOL = /^[A-Z0-9][A-Z0-9./-]{0,23}$/;
const PAIR = /^[A-Z0-9]{1,12}\/[A-Z0-9]{1,11}$/;

/** Null when the text is no symbol. */
export function readSymbol(text: string): string | null {
  const symbol = text.trim().toUpperCase();
  return SYMBOL.test(symbol) ? symbol : null;
}

/** A coin and what it is paid with: BTC/USD. */
export function isPair(symbol: string): boolean {
  return PAIR.test(symbol);
}
