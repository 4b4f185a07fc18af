/** Day trades: a position opened and closed again on one day (FINRA Rule 4210, pattern day trading). */
import type { Ledger } from '../account/ledger';
import { firstEndingAfter, tradingDayByIndex } from '../calendar/trading-day';
import { newYorkDate } from '../calendar/new-york';
import { isClosing, type OrderTerms } from '../orders/order';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import type { Rejection } from './rejection';
import type { Replaced } from './reserve';
import type { SimulationState } from './state';
import { DAY_TRADER_EQUITY_MIN, fillsSince, isOpening, type Valuation } from './valuation';

const SESSIONS = 5;
/** Four in five sessions make a pattern day trader. */
const DAY_TRADES_MAX = 3;

export class DayTrades {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly valuation: Valuation,
  ) {}

  /** In the five newest sessions, today's with them: every turn from opening to closing on one day is one. */
  count(ledger: Ledger, now: EpochMs): number {
    return this.read(ledger, now).count;
  }

  /**
   * Refuses the order that would make the fourth day trade of a margin account with too little equity at the
   * last close, until the rule ended on 2026-06-04. Closing orders that are open count as filled.
   */
  check(ledger: Ledger, terms: OrderTerms, replaced: Replaced): Rejection | null {
    const { now } = this.state;
    if (this.configuration.account.multiplier === '1' || !this.valuation.areDayTradersRuled(now)) return null;
    const quantity = ledger.positions.get(terms.symbol)?.quantity ?? 0n;
    if (terms.side === 'sell' ? quantity <= 0n : quantity >= 0n) return null;
    const { count, opened } = this.read(ledger, now);
    if (!opened.has(terms.symbol)) return null;
    const turning = new Set([terms.symbol]);
    for (const order of this.state.open) {
      const isPending = order.state === 'open' && order !== replaced && isClosing(order);
      if (isPending && order.account === ledger.ordinal && opened.has(order.symbol))
        turning.add(order.symbol);
    }
    if (count + turning.size <= DAY_TRADES_MAX) return null;
    const { equity } = this.valuation.atPreviousClose(ledger, now);
    if (equity >= DAY_TRADER_EQUITY_MIN) return null;
    return { code: 'pattern_day_trading', symbol: terms.symbol, dayTrades: count };
  }

  /** Also the symbols whose last fill today opened: closing them now would be a day trade. */
  private read(ledger: Ledger, now: EpochMs): { count: number; opened: ReadonlySet<string> } {
    const today = firstEndingAfter(now);
    const first = tradingDayByIndex(today.index - SESSIONS + 1) ?? today;
    let count = 0;
    let date = '';
    const opened = new Set<string>();
    for (const fill of [...fillsSince(this.state, first.extendedOpen)].reverse()) {
      if (fill.account !== ledger.ordinal) continue;
      const day = newYorkDate(fill.barTime);
      if (day !== date) opened.clear();
      date = day;
      if (isOpening(fill)) opened.add(fill.symbol);
      else if (opened.delete(fill.symbol)) count++;
    }
    if (date !== today.date) opened.clear();
    return { count, opened };
  }
}
