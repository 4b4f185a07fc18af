/** A quote as Alpaca's market data writes it, made from the newest closed bar. */
import type { Quote } from '../../engine/simulation/configuration';
import { toFloat } from '../../engine/units/decimal';
import type { EpochMs } from '../../engine/units/time';
import { instant } from './instant';

/** Sizes are in shares since that day, in lots of a hundred before. */
const SIZES_IN_SHARES_SINCE: EpochMs = Date.UTC(2025, 10, 3);
const ROUND_LOT = 100;

/** IEX, where Alpaca's free feed comes from. */
export const EXCHANGE = 'V';
export const TAPE = 'C';

export function quoteToWire(quote: Quote) {
  const size = quote.at >= SIZES_IN_SHARES_SINCE ? ROUND_LOT : 1;
  return {
    t: instant(quote.at),
    ax: EXCHANGE,
    ap: toFloat(quote.ask),
    as: size,
    bx: EXCHANGE,
    bp: toFloat(quote.bid),
    bs: size,
    c: ['R'],
    z: TAPE,
  };
}
