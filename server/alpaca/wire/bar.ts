/** Bars as Alpaca's market data writes them: numbers, one letter a field. */
import { barAt, type Bar, type BarColumns } from '../../engine/market/bars';
import { instant } from './instant';

const MICRO = 1e6;

/**
 * `n` and `vw` must be there. Where the source has no trade count it is 0, and where it has no volume-weighted
 * price the bar's typical price, (high + low + close) / 3, stands for it.
 */
export function barToWire(bar: Bar) {
  const typical = Math.round(((bar.high + bar.low + bar.close) / 3) * MICRO) / MICRO;
  return {
    t: instant(bar.time),
    o: bar.open,
    h: bar.high,
    l: bar.low,
    c: bar.close,
    v: Math.round(bar.volume),
    n: Number.isNaN(bar.tradeCount) ? 0 : Math.round(bar.tradeCount),
    vw: Number.isNaN(bar.vwap) ? typical : bar.vwap,
  };
}

export function barsToWire(bars: BarColumns): ReturnType<typeof barToWire>[] {
  return Array.from({ length: bars.length }, (_, index) => barToWire(barAt(bars, index)));
}
