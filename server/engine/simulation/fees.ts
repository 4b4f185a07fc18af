/** Posts fees: at the fill, or summed over a day and posted on the next session's date. */
import { feeAtOnce } from '../account/fee-model';
import { secFee, tradingActivityFee } from '../account/fee-schedule';
import type { Ledger } from '../account/ledger';
import { newYorkDate, newYorkTime } from '../calendar/new-york';
import { firstEndingAfter, tradingDayAt, tradingDayByIndex } from '../calendar/trading-day';
import { money } from '../units/decimal';
import { multiplyDivide, notional, type Money } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import type { OrderFilled } from './event';
import { CALENDAR, pointAt, type Point } from './instant';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';
import { fillsSince } from './valuation';

/** Of one day, each rounded up to the cent. */
export interface AccruedFees {
  readonly sec: Money;
  readonly tradingActivity: Money;
}

const CENT = money('0.01');
const NO_FEES: AccruedFees = { sec: money('0'), tradingActivity: money('0') };

export class FeeDesk {
  /** The sale that `due` was found for: asked at every instant, it changes with sales only. */
  private saleAt: EpochMs | null = null;
  private due: Point = Infinity;

  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly recorder: Recorder,
  ) {}

  /** A fee that is due with the fill. */
  charge({ account, at, symbol, price, quantity, cumQuantity }: OrderFilled): void {
    const isFirst = cumQuantity === quantity;
    const fee = feeAtOnce(this.configuration.fees, notional(price, quantity), quantity, isFirst);
    this.emit(account, at, symbol, fee, 'Commission');
  }

  /** The fees of a day are due at the start of the next trading day. */
  next(position: Point): Point {
    if (this.configuration.fees.model !== 'alpaca' || this.state.lastSaleAt === null) return Infinity;
    if (this.state.lastSaleAt !== this.saleAt) {
      this.saleAt = this.state.lastSaleAt;
      this.due = pointAt(dayAfter(this.saleAt), CALENDAR);
    }
    return this.due > position ? this.due : Infinity;
  }

  /** Posts what the trading day before `at` accrued, when `at` is the start of a trading day. */
  post(at: EpochMs): void {
    if (this.configuration.fees.model !== 'alpaca') return;
    const today = tradingDayAt(at);
    const before = today === undefined ? undefined : tradingDayByIndex(today.index - 1);
    if (before === undefined || today === undefined || newYorkTime(today.date, 0) !== at) return;
    for (const ledger of this.state.ledgers) {
      const { sec, tradingActivity } = this.accruedSince(ledger, newYorkTime(before.date, 0));
      this.emit(ledger.ordinal, at, null, sec, `REG fee for proceed of sales of ${before.date}`);
      this.emit(ledger.ordinal, at, null, tradingActivity, `TAF fee for sales of ${before.date}`);
    }
  }

  /** What the newest trading day has accrued and nobody has posted yet. */
  accrued(ledger: Ledger, now: EpochMs): AccruedFees {
    const { lastSaleAt } = this.state;
    const isOpen =
      this.configuration.fees.model === 'alpaca' && lastSaleAt !== null && now < dayAfter(lastSaleAt);
    return isOpen ? this.accruedSince(ledger, newYorkTime(newYorkDate(lastSaleAt), 0)) : NO_FEES;
  }

  private accruedSince(ledger: Ledger, time: EpochMs): AccruedFees {
    let [sec, tradingActivity] = [0n, 0n];
    for (const { account, side, barTime, price, quantity } of fillsSince(this.state, time)) {
      if (account !== ledger.ordinal || side !== 'sell') continue;
      const date = newYorkDate(barTime);
      sec += secFee(date, notional(price, quantity));
      tradingActivity += tradingActivityFee(date, quantity);
    }
    return { sec: upToCent(sec), tradingActivity: upToCent(tradingActivity) };
  }

  private emit(account: number, at: EpochMs, symbol: string | null, fee: Money, description: string): void {
    if (fee === 0n) return;
    this.recorder.emit({
      type: 'CashPosted',
      posting: this.state.postings.length,
      account,
      at,
      date: newYorkDate(at),
      activityType: 'FEE',
      amount: -fee as Money,
      symbol,
      quantity: null,
      perShareAmount: null,
      description,
    });
  }
}

/** Midnight of the trading day after the one that a sale was made in. */
function dayAfter(saleAt: EpochMs): EpochMs {
  const day = firstEndingAfter(saleAt);
  return newYorkTime(tradingDayByIndex(day.index + 1)?.date ?? day.date, 0);
}

function upToCent(amount: bigint): Money {
  return (multiplyDivide(amount, 1n, CENT, 'up') * CENT) as Money;
}
