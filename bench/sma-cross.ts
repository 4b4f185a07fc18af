/** The strategy of the engine bench: 10/30 moving averages, 95 % of the cash, at the next open; and the loop to beat. */
import type { BarColumns } from '../server/engine/market/bars';
import { addFill, emptyFills, type BenchFills } from './bench-fills';

const FAST = 10;
const SLOW = 30;
const PART_OF_CASH = 0.95;
export const INITIAL_CASH = 100_000;

/** The two averages, bar by bar: `true` where they turn up, `false` where they turn down, else null. */
export class Averages {
  private fast = 0;
  private slow = 0;
  private isLong = false;

  next(closes: Float64Array, bar: number): boolean | null {
    const close = closes[bar] as number;
    this.fast += close;
    this.slow += close;
    if (bar >= FAST) this.fast -= closes[bar - FAST] as number;
    if (bar >= SLOW) this.slow -= closes[bar - SLOW] as number;
    if (bar < SLOW - 1) return null;
    const isAbove = this.fast / FAST > this.slow / SLOW;
    if (isAbove === this.isLong) return null;
    this.isLong = isAbove;
    return isAbove;
  }
}

/** The floor: what a trader would write by hand to know the outcome, with nothing around it. */
export function handWritten(bars: BarColumns): BenchFills {
  const fills = emptyFills(Math.ceil(bars.length / 8));
  let cash = INITIAL_CASH;
  let shares = 0;
  const averages = new Averages();
  for (let next = 1; next < bars.length; next++) {
    const isLong = averages.next(bars.close, next - 1);
    if (isLong === null) continue;
    const price = bars.open[next] as number;
    if (isLong) {
      // As at a broker: a dollar amount in whole cents, shares with nine decimals, rounded down.
      const amount = Math.floor(cash * PART_OF_CASH * 100 + 1e-6) / 100;
      shares = Math.floor((amount / price) * 1e9) / 1e9;
      cash -= shares * price;
      addFill(fills, 0, next, 1, price, shares);
    } else {
      cash += shares * price;
      addFill(fills, 0, next, -1, price, shares);
      shares = 0;
    }
  }
  return fills;
}
