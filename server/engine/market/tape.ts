/** The tape: every bar of a session by symbol, as instants at which the bar opens and closes. */
import { extendedCloses, tradingDayAt, tradingDays } from '../calendar/trading-day';
import { MINUTE_MS, DAY_MS, type EpochMs } from '../units/time';
import type { BarColumns } from './bars';
import type { QuotePoints } from './quotes';
import { datedActions, splitFactor, splitsOf } from './corporate-actions';
import type { CorporateAction, DatedAction, Split, SplitFactor } from './corporate-actions';
import type { BaseTimeframe } from './timeframe';

/** Session class of a bar, small enough for one byte. */
export const CLOSED = 0;
export const REGULAR = 1;
export const EXTENDED = 2;

/**
 * One symbol's bars as two events each: OPEN at `openAt[i]`, CLOSE at `closeAt(i)` (fills.md section 1).
 * A bar's length comes from its timeframe, never from the next bar.
 */
export class SymbolTape {
  readonly length: number;
  readonly openAt: Float64Array;
  /** One of CLOSED, REGULAR, EXTENDED for each bar, by where it starts. */
  readonly sessions: Uint8Array;
  private readonly closes: Float64Array | null;

  constructor(
    readonly symbol: string,
    readonly bars: BarColumns,
    readonly baseTimeframe: BaseTimeframe,
    readonly splits: readonly Split[] = [],
    /** Real quotes; null where none are loaded. */
    readonly quotes: QuotePoints | null = null,
  ) {
    this.length = bars.length;
    if (baseTimeframe === '1Min') {
      this.openAt = bars.time;
      this.closes = null;
      this.sessions = classifyMinutes(bars.time);
    } else {
      ({ openAt: this.openAt, closeAt: this.closes, sessions: this.sessions } = placeDays(bars.time));
    }
  }

  /** What a share of `from` has become by `to`; null when it is still one share. */
  splitFactor(from: EpochMs, to: EpochMs): SplitFactor | null {
    return this.splits.length === 0 ? null : splitFactor(this.splits, from, to);
  }

  closeAt(index: number): EpochMs {
    return this.closes === null ? (this.openAt[index] as number) + MINUTE_MS : (this.closes[index] as number);
  }

  /** The newest bar that has closed at `now`; -1 when there is none. `hint` is where the last search ended. */
  lastClosed(now: EpochMs, hint = -1): number {
    let low = hint >= 0 && hint < this.length && this.closeAt(hint) <= now ? hint : -1;
    let step = 1;
    while (low + step < this.length && this.closeAt(low + step) <= now) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.length);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.closeAt(middle) <= now) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The bar that opens at exactly `time`; -1 when there is none. */
  openingAt(time: EpochMs): number {
    let low = -1;
    let high = this.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.openAt[middle] as number) <= time) low = middle;
      else high = middle;
    }
    return low >= 0 && this.openAt[low] === time ? low : -1;
  }
}

/** Walks the bars along the calendar once: one comparison a bar. */
function classifyMinutes(times: Float64Array): Uint8Array {
  const classes = new Uint8Array(times.length);
  const days = tradingDays();
  const ends = extendedCloses();
  let next = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (next < ends.length && (ends[next] as number) <= time) next = firstAfter(ends, time, next);
    const day = days[next];
    if (day === undefined) break;
    if (time < day.extendedOpen) classes[i] = CLOSED;
    else classes[i] = time >= day.open && time < day.close ? REGULAR : EXTENDED;
  }
  return classes;
}

function firstAfter(ends: Float64Array, time: EpochMs, from: number): number {
  let low = from;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] as number) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A daily bar opens and closes with its session; one off the calendar spans its day and never trades. */
function placeDays(times: Float64Array): {
  openAt: Float64Array;
  closeAt: Float64Array;
  sessions: Uint8Array;
} {
  const openAt = new Float64Array(times.length);
  const closeAt = new Float64Array(times.length);
  const sessions = new Uint8Array(times.length);
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    const day = tradingDayAt(time);
    openAt[i] = day?.open ?? time;
    closeAt[i] = day?.close ?? time + DAY_MS;
    sessions[i] = day === undefined ? CLOSED : REGULAR;
  }
  return { openAt, closeAt, sessions };
}

export interface Tape {
  readonly baseTimeframe: BaseTimeframe;
  /** Ascending by symbol: the order in which one instant is worked through. */
  readonly symbols: readonly SymbolTape[];
  /** Ascending by the instant at which they are effective. */
  readonly actions: readonly DatedAction[];
  of(symbol: string): SymbolTape | undefined;
}

/** What is loaded of one symbol. */
export interface TapeSeries {
  readonly symbol: string;
  readonly bars: BarColumns;
  readonly quotes?: QuotePoints | null;
}

export function createTape(
  baseTimeframe: BaseTimeframe,
  series: readonly TapeSeries[],
  actions: readonly CorporateAction[] = [],
): Tape {
  const dated = datedActions(actions);
  const symbols = series
    .map(
      ({ symbol, bars, quotes }) =>
        new SymbolTape(symbol, bars, baseTimeframe, splitsOf(dated, symbol), quotes ?? null),
    )
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const bySymbol = new Map(symbols.map((tape) => [tape.symbol, tape]));
  if (bySymbol.size !== symbols.length) throw new Error('expected each symbol once on a tape');
  return { baseTimeframe, symbols, actions: dated, of: (symbol) => bySymbol.get(symbol) };
}
