/** Prices as of simulated now: quotes made from the newest closed bar, the last trade, the previous close. */
import { firstEndingAfter, tradingDayByIndex } from '../calendar/trading-day';
import { priceOf } from '../matching/price-rules';
import { REGULAR, type SymbolTape, type Tape } from '../market/tape';
import { tickOf } from '../orders/tick';
import { BILLION, multiplyDivide, type Price, type Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { Quote } from './configuration';

const TEN_THOUSAND = 10_000n;

export class MarketPrices {
  private readonly hints = new Map<string, number>();

  constructor(
    private readonly tape: Tape,
    private readonly halfSpread: Ratio,
  ) {}

  /** The newest closed bar's close with the configured spread, rounded outwards to ticks; null before any bar. */
  quote(symbol: string, now: EpochMs): Quote | null {
    const found = this.newest(symbol, now);
    if (found === null) return null;
    const last = priceOf(found.tape.bars.close[found.index] as number);
    const half = multiplyDivide(last, this.halfSpread, BILLION * TEN_THOUSAND, 'half_up');
    const tick = tickOf(last);
    const bid = ((last - half) / tick) * tick;
    const ask = ((last + half + tick - 1n) / tick) * tick;
    return { at: found.tape.closeAt(found.index), bid: bid as Price, ask: ask as Price, last };
  }

  /** The close of the newest closed bar; null before any bar. */
  last(symbol: string, now: EpochMs): Price | null {
    const found = this.newest(symbol, now);
    return found === null ? null : priceOf(found.tape.bars.close[found.index] as number);
  }

  /** The close of the newest regular bar of the trading day before the one that is on; null without one. */
  previousClose(symbol: string, now: EpochMs): Price | null {
    const tape = this.tape.of(symbol);
    if (tape === undefined) return null;
    const until = previousDayClose(now);
    for (let index = tape.lastClosed(until); index >= 0; index--) {
      if (tape.sessions[index] === REGULAR) return priceOf(tape.bars.close[index] as number);
    }
    return null;
  }

  /** The last price as it stood at an earlier time. */
  lastAt(symbol: string, time: EpochMs): Price | null {
    const tape = this.tape.of(symbol);
    const index = tape === undefined ? -1 : tape.lastClosed(time);
    return tape === undefined || index < 0 ? null : priceOf(tape.bars.close[index] as number);
  }

  private newest(symbol: string, now: EpochMs): { tape: SymbolTape; index: number } | null {
    const tape = this.tape.of(symbol);
    if (tape === undefined) return null;
    const index = tape.lastClosed(now, this.hints.get(symbol));
    this.hints.set(symbol, index);
    return index < 0 ? null : { tape, index };
  }
}

/** When the trading day before the one that is on, or comes next, closed. */
export function previousDayClose(now: EpochMs): EpochMs {
  const today = firstEndingAfter(now);
  return tradingDayByIndex(today.index - 1)?.close ?? 0;
}
