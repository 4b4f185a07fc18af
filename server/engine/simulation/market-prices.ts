/** Prices as of simulated now: quotes made from the newest closed bar, the last trade, the previous close. */
import { firstEndingAfter, tradingDayByIndex } from '../calendar/trading-day';
import { priceOf } from '../matching/price-rules';
import { splitPrice, splitQuantity } from '../market/corporate-actions';
import { quoteAt } from '../market/quotes';
import { REGULAR, type SymbolTape, type Tape } from '../market/tape';
import { tickOf } from '../orders/tick';
import { BILLION, multiplyDivide, type Price, type Quantity, type Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { Quote } from './configuration';

const TEN_THOUSAND = 10_000n;

export class MarketPrices {
  private readonly hints = new Map<string, number>();

  constructor(
    private readonly tape: Tape,
    private readonly halfSpread: Ratio,
  ) {}

  /**
   * A real quote where a fresh one is loaded; else made from the newest closed bar's close with the configured
   * spread, rounded outwards to ticks. Null before any bar.
   */
  quote(symbol: string, now: EpochMs): Quote | null {
    const found = this.newest(symbol, now);
    if (found === null) return null;
    const last = closeOf(found, now);
    const real = quoteAt(found.tape.quotes, now);
    if (real !== null) return { ...real, last };
    const half = multiplyDivide(last, this.halfSpread, BILLION * TEN_THOUSAND, 'half_up');
    const tick = tickOf(last);
    const bid = ((last - half) / tick) * tick;
    const ask = ((last + half + tick - 1n) / tick) * tick;
    return { at: found.tape.closeAt(found.index), bid: bid as Price, ask: ask as Price, last };
  }

  /** The close of the newest closed bar; null before any bar. */
  last(symbol: string, now: EpochMs): Price | null {
    const found = this.newest(symbol, now);
    return found === null ? null : closeOf(found, now);
  }

  /** The close of the newest regular bar of the trading day before the one that is on; null without one. */
  previousClose(symbol: string, now: EpochMs): Price | null {
    const until = previousDayClose(now);
    const found = this.newest(symbol, until);
    if (found === null) return null;
    for (let { index } = found; index >= 0; index--) {
      if (found.tape.sessions[index] === REGULAR) return closeOf({ tape: found.tape, index }, now);
    }
    return null;
  }

  /** The last price as it stood at an earlier time, in shares of `asOf`. */
  lastAt(symbol: string, time: EpochMs, asOf: EpochMs = time): Price | null {
    const found = this.newest(symbol, time);
    return found === null ? null : closeOf(found, asOf);
  }

  /** What a symbol of `from` is called at `to`, where its new name is part of the session. */
  nameAt(symbol: string, from: EpochMs, to: EpochMs): string {
    let name = symbol;
    for (const action of this.tape.actions) {
      if (action.kind !== 'symbol_change' || action.symbol !== name) continue;
      if (action.at > from && action.at <= to && this.tape.of(action.to) !== undefined) name = action.to;
    }
    return name;
  }

  inSharesOf(symbol: string, quantity: Quantity, from: EpochMs, to: EpochMs): Quantity {
    return splitQuantity(quantity, this.tape.of(symbol)?.splitFactor(from, to) ?? null);
  }

  /** Did anything change shares or names in `from < t <= to`? */
  hasActions(from: EpochMs, to: EpochMs): boolean {
    return this.tape.actions.some(({ at }) => at > from && at <= to);
  }

  /** Where a name has no bars yet, those of the name that it took over from. */
  private newest(symbol: string, now: EpochMs): Found | null {
    const tape = this.tape.of(symbol);
    const index = tape === undefined ? -1 : tape.lastClosed(now, this.hints.get(symbol));
    this.hints.set(symbol, index);
    if (tape !== undefined && index >= 0) return { tape, index };
    const change = this.tape.actions.find(
      (action) => action.kind === 'symbol_change' && action.to === symbol && action.symbol !== symbol,
    );
    const before = change === undefined ? undefined : this.tape.of(change.symbol);
    const old = before === undefined ? -1 : before.lastClosed(now);
    return before === undefined || old < 0 ? null : { tape: before, index: old };
  }
}

interface Found {
  readonly tape: SymbolTape;
  readonly index: number;
}

/** A bar's close in shares of `asOf`: a split in between does not change what a position is worth. */
function closeOf({ tape, index }: Found, asOf: EpochMs): Price {
  const price = priceOf(tape.bars.close[index] as number);
  return splitPrice(price, tape.splitFactor(tape.closeAt(index), asOf));
}

/** When the trading day before the one that is on, or comes next, closed. */
export function previousDayClose(now: EpochMs): EpochMs {
  const today = firstEndingAfter(now);
  return tradingDayByIndex(today.index - 1)?.close ?? 0;
}
