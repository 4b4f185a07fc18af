/** Fifty symbols on one clock: a bracket every half hour where nothing is held; and the loop to beat. */
import type { BarColumns } from '../server/engine/market/bars';
import { addFill, emptyFills, type BenchFills } from './bench-fills';

/** A new entry is tried on every such bar. */
export const ENTRY_EVERY = 30;
/** Bars after which an entry that did not fill is taken back. */
export const ENTRY_BARS = 10;
export const SHARES = 100;
export const BRACKET_CASH = 10_000_000;

export const entryBelow = (close: number): number => Math.round(close * 0.9995 * 100) / 100;
export const targetOf = (entry: number): number => Math.round(entry * 1.002 * 100) / 100;
export const stopOf = (entry: number): number => Math.round(entry * 0.999 * 100) / 100;

/**
 * The floor. A bar that enters and could also exit does so only where its worse path does: at the stop whenever
 * its low is there, at the target when it closes beyond it.
 */
export function handWrittenBrackets(symbols: readonly BarColumns[]): BenchFills {
  const length = symbols[0]?.length ?? 0;
  const fills = emptyFills(Math.ceil(length / ENTRY_EVERY) * symbols.length * 2);
  /** Zero where there is none. */
  const entry = new Float64Array(symbols.length);
  const target = new Float64Array(symbols.length);
  const stop = new Float64Array(symbols.length);
  const enteredAt = new Int32Array(symbols.length);
  const isLong = new Uint8Array(symbols.length);
  for (let bar = 0; bar < length; bar++) {
    for (let s = 0; s < symbols.length; s++) {
      const { open, high, low, close } = symbols[s] as BarColumns;
      if (isLong[s] === 1) {
        const first = open[bar] as number;
        const loss = stop[s] as number;
        const profit = target[s] as number;
        let price = 0;
        if (first <= loss || first >= profit) price = first;
        else if ((low[bar] as number) <= loss) price = loss;
        else if ((high[bar] as number) >= profit) price = profit;
        if (price > 0) {
          addFill(fills, s, bar, -1, price, SHARES);
          isLong[s] = 0;
        }
      } else if ((entry[s] as number) > 0 && (low[bar] as number) <= (entry[s] as number)) {
        const limit = entry[s] as number;
        const first = open[bar] as number;
        const loss = stop[s] as number;
        const profit = target[s] as number;
        const isAtOpen = first <= limit;
        addFill(fills, s, bar, 1, isAtOpen ? first : limit, SHARES);
        entry[s] = 0;
        let price = 0;
        if (first <= loss) price = first;
        else if ((low[bar] as number) <= loss) price = loss;
        else if ((isAtOpen ? (high[bar] as number) : (close[bar] as number)) >= profit) price = profit;
        if (price > 0) addFill(fills, s, bar, -1, price, SHARES);
        else isLong[s] = 1;
      }
      if ((entry[s] as number) > 0 && bar - (enteredAt[s] as number) >= ENTRY_BARS) entry[s] = 0;
      if (bar % ENTRY_EVERY === 0 && isLong[s] === 0) {
        const limit = entryBelow(close[bar] as number);
        entry[s] = limit;
        target[s] = targetOf(limit);
        stop[s] = stopOf(limit);
        enteredAt[s] = bar;
      }
    }
  }
  return fills;
}
