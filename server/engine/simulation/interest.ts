/** What a loan and a borrowed share cost overnight, where the session asks for it: posted at the start of the next session. */
import type { Ledger } from '../account/ledger';
import { dayNumber } from '../calendar/civil';
import { newYorkDate, newYorkTime } from '../calendar/new-york';
import { firstEndingAfter, tradingDayAt, tradingDayByIndex } from '../calendar/trading-day';
import { money } from '../units/decimal';
import { absolute, BILLION, multiplyDivide, type Money, type Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import { CALENDAR, pointAt, timeOf, type Point } from './instant';
import { isLent } from './margin-calls';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';
import type { Valuation } from './valuation';

/** A broker's year (alpaca docs, "Margin interest rate"). */
const DAYS_OF_YEAR = 360n;
const CENT = money('0.01');

export class InterestDesk {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly valuation: Valuation,
    private readonly recorder: Recorder,
  ) {}

  next(position: Point): Point {
    if (this.configuration.interest === undefined || !this.state.ledgers.some(isLent)) return Infinity;
    const day = firstEndingAfter(timeOf(position));
    const today = pointAt(newYorkTime(day.date, 0), CALENDAR);
    if (today > position) return today;
    const next = tradingDayByIndex(day.index + 1);
    return next === undefined ? Infinity : pointAt(newYorkTime(next.date, 0), CALENDAR);
  }

  /** For each night since the session before, when `at` is the start of a trading day. */
  post(at: EpochMs): void {
    const { interest } = this.configuration;
    const today = tradingDayAt(at);
    const before = today === undefined ? undefined : tradingDayByIndex(today.index - 1);
    if (interest === undefined || today === undefined || before === undefined) return;
    if (newYorkTime(today.date, 0) !== at) return;
    const nights = BigInt(dayNumber(today.date) - dayNumber(before.date));
    for (const ledger of this.state.ledgers) {
      if (!isLent(ledger)) continue;
      const debit = (ledger.cash < 0n ? -ledger.cash : 0n) as Money;
      const borrowed = absolute(this.valuation.at(ledger, at).shortMarketValue);
      this.charge(ledger, at, debit, interest.marginRate, nights, 'Margin interest');
      this.charge(ledger, at, borrowed, interest.borrowRate, nights, 'Borrow fee');
    }
  }

  private charge(
    { ordinal }: Ledger,
    at: EpochMs,
    balance: Money,
    rate: Ratio,
    nights: bigint,
    what: string,
  ): void {
    const cents = multiplyDivide(balance * nights, rate, BILLION * DAYS_OF_YEAR * CENT, 'half_up');
    if (cents === 0n) return;
    this.recorder.emit({
      type: 'CashPosted',
      posting: this.state.postings.length,
      account: ordinal,
      at,
      date: newYorkDate(at),
      activityType: 'INT',
      amount: (-cents * CENT) as Money,
      symbol: null,
      quantity: null,
      perShareAmount: null,
      description: `${what} for ${nights} ${nights === 1n ? 'night' : 'nights'}`,
    });
  }
}
