/** Minute bars for the bench: a seeded random walk in cents over real trading sessions, any number of them. */
import { tradingDays } from '../server/engine/calendar/trading-day';
import { emptyBars, type BarColumns } from '../server/engine/market/bars';
import { MINUTE_MS } from '../server/engine/units/time';

const FIRST_DATE = '2010-01-04';

/** The first `count` regular minutes from 2010 on. Prices are whole cents and never under a dollar. */
export function syntheticMinutes(count: number, seed: number): BarColumns {
  const bars = emptyBars(count);
  const random = generator(seed);
  let cents = 10_000;
  let index = 0;
  for (const day of tradingDays()) {
    if (day.date < FIRST_DATE) continue;
    for (let time = day.open; time < day.close && index < count; time += MINUTE_MS, index++) {
      const open = cents + Math.round((random() - 0.5) * 4);
      const close = Math.max(100, open + Math.round((random() - 0.5) * 20));
      bars.time[index] = time;
      bars.open[index] = open / 100;
      bars.close[index] = close / 100;
      bars.high[index] = (Math.max(open, close) + Math.round(random() * 6)) / 100;
      bars.low[index] = (Math.min(open, close) - Math.round(random() * 6)) / 100;
      bars.volume[index] = 500 + Math.round(random() * 20_000);
      bars.vwap[index] = NaN;
      bars.tradeCount[index] = NaN;
      cents = close;
    }
    if (index === count) return bars;
  }
  throw new RangeError(`expected at most ${index} minutes, the calendar's length, found ${count}`);
}

/** A small generator of numbers in [0, 1) (mulberry32), so that every run measures the same bars. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
