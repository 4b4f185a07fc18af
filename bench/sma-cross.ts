/** The strategy of the engine bench: 10/30 moving averages, all in, at the next open; and the loop to beat. */
import type { BarColumns } from '../server/engine/market/bars';

const FAST = 10;
const SLOW = 30;
export const INITIAL_CASH = 100_000;

/** Bar index of the fill, 1 for a buy and -1 for a sell, price, quantity. */
export type BenchFill = readonly [bar: number, side: 1 | -1, price: number, quantity: number];

/** Calls `decide` at the close of each bar where the averages changed sides: `long` or flat from here on. */
export function eachCross(closes: Float64Array, decide: (bar: number, long: boolean) => void): void {
  let fast = 0;
  let slow = 0;
  let long = false;
  for (let bar = 0; bar < closes.length; bar++) {
    const close = closes[bar] as number;
    fast += close;
    slow += close;
    if (bar >= FAST) fast -= closes[bar - FAST] as number;
    if (bar >= SLOW) slow -= closes[bar - SLOW] as number;
    if (bar < SLOW - 1) continue;
    const above = fast / FAST > slow / SLOW;
    if (above === long) continue;
    long = above;
    decide(bar, long);
  }
}

/** The floor: what a trader would write by hand to know the outcome, with nothing around it. */
export function handWritten(bars: BarColumns): BenchFill[] {
  const fills: BenchFill[] = [];
  let cash = INITIAL_CASH;
  let shares = 0;
  eachCross(bars.close, (bar, long) => {
    const next = bar + 1;
    if (next >= bars.length) return;
    const price = bars.open[next] as number;
    if (long) {
      // As at a broker: a dollar amount in whole cents, shares with nine decimals, rounded down.
      const amount = Math.floor(cash * 100 + 1e-6) / 100;
      shares = Math.floor((amount / price) * 1e9) / 1e9;
      cash -= shares * price;
      fills.push([next, 1, price, shares]);
    } else {
      cash += shares * price;
      fills.push([next, -1, price, shares]);
      shares = 0;
    }
  });
  return fills;
}
