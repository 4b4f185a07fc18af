/** The latest trade as Alpaca's market data writes it, made from the newest closed bar: its close, as it ended. */
import type { Bar } from '../../engine/market/bars';
import type { Quote } from '../../engine/simulation/configuration';
import { toFloat } from '../../engine/units/decimal';
import { MINUTE_MS } from '../../engine/units/time';
import { instant } from './instant';
import { EXCHANGE, TAPE } from './quote';

export function tradeToWire(quote: Quote, bar: Bar) {
  return {
    t: instant(quote.at),
    x: EXCHANGE,
    p: toFloat(quote.last),
    s: averageSize(bar),
    c: ['@'],
    // The minute it was made in: grows with time, and is the same at every reading.
    i: Math.floor(quote.at / MINUTE_MS),
    z: TAPE,
  };
}

/** Of the bar's trades, where their number is known. */
function averageSize({ volume, tradeCount }: Bar): number {
  return tradeCount > 0 ? Math.max(1, Math.round(volume / tradeCount)) : 1;
}
