/** Takes orders in: checks them against what the session knows, reserves, and offers the open that stands. */
import { newYorkDate, newYorkTime } from '../calendar/new-york';
import { addDays } from '../calendar/civil';
import { firstClosingAfter, firstEndingAfter, isOpen, nextOpen, tradingDayAt } from '../calendar/trading-day';
import type { Ledger } from '../account/ledger';
import { CLOSED, EXTENDED, REGULAR, type Tape } from '../market/tape';
import type { AccountOrdinal, OrderOrdinal, OrderTerms, PositionIntent } from '../orders/order';
import { checkChangedTerms, checkTerms, isFractional } from '../orders/terms';
import type { Money, Quantity } from '../units/fixed-point';
import { MINUTE_MS, type EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import type { DayTrades } from './day-trades';
import { checkExitPrices, legTerms, normalizedTerms } from './exits';
import { baseBarEnd, scheduledOpenFrom } from './instant';
import type { MarketPrices } from './market-prices';
import type { Matcher } from './matcher';
import type { Recorder } from './recorder';
import type { Rejection } from './rejection';
import type { Replaced, Reservation, Reservations } from './reserve';
import type { OrderEntry } from './order-entry';
import { findWashTrade } from './wash-trade';
import { clientOrderKey, type SimulationState } from './state';

/** gtc orders are canceled at 16:15 New York, 90 days on (alpaca docs, "Aged order policy"). */
const GTC_DAYS = 90;
const GTC_END_MINUTES = 16 * 60 + 15;
const EVENING_MINUTES = 19 * 60;
const NO_LEGS: readonly OrderOrdinal[] = [];
const NO_MONEY = 0n as Money;
const NO_QUANTITY = 0n as Quantity;

/** What accepting an order ties up, and until when it lives. */
export interface Acceptance extends Reservation {
  readonly expiresAt: EpochMs | null;
}

export class OrderDesk {
  private readonly instruments;
  private gtcFrom: EpochMs = Infinity;
  private gtcTo: EpochMs = Infinity;
  private gtcEnd: EpochMs = Infinity;

  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly tape: Tape,
    private readonly state: SimulationState,
    private readonly prices: MarketPrices,
    private readonly reservations: Reservations,
    private readonly dayTrades: DayTrades,
    private readonly matcher: Matcher,
    private readonly recorder: Recorder,
  ) {
    this.instruments = new Map(
      configuration.instruments.map((instrument) => [instrument.symbol, instrument]),
    );
  }

  place(
    account: AccountOrdinal,
    asked: OrderTerms,
    specified: PositionIntent | null = null,
  ): Rejection | null {
    const terms = normalizedTerms(asked);
    const checked = this.check(account, terms, null);
    if ('code' in checked) return checked;
    const { positionIntent: inferred } = checked;
    if (specified !== null && specified !== inferred)
      return { code: 'position_intent_mismatch', inferred, specified };
    const order = this.state.orders.length;
    const legs = legTerms(terms);
    this.accept(account, terms, checked, legs.length === 0 ? NO_LEGS : legs.map((_, leg) => order + 1 + leg));
    for (const leg of legs)
      this.acceptLeg(account, leg, order, terms.orderClass !== 'oco', checked.expiresAt);
    this.offerStandingOpen(this.state.order(order));
    return null;
  }

  // Events are written out field by field: spreading objects costs more than all else about an order.
  private accept(
    account: AccountOrdinal,
    terms: OrderTerms,
    { positionIntent, reserved, reservedQuantity, capPrice, expiresAt }: Acceptance,
    legs: readonly OrderOrdinal[],
  ): void {
    this.recorder.emit({
      type: 'OrderAccepted',
      at: this.state.now,
      account,
      order: this.state.orders.length,
      terms,
      parent: null,
      legs,
      isHeld: false,
      positionIntent,
      reserved,
      reservedQuantity,
      capPrice,
      expiresAt,
    });
  }

  /** Legs hold nothing of their own: an oco's stop shares what its parent holds, the others wait. */
  private acceptLeg(
    account: AccountOrdinal,
    terms: OrderTerms,
    parent: OrderOrdinal,
    isHeld: boolean,
    expiresAt: EpochMs | null,
  ): void {
    this.recorder.emit({
      type: 'OrderAccepted',
      at: this.state.now,
      account,
      order: this.state.orders.length,
      terms,
      parent,
      legs: NO_LEGS,
      isHeld,
      positionIntent: terms.side === 'sell' ? 'sell_to_close' : 'buy_to_close',
      reserved: NO_MONEY,
      reservedQuantity: NO_QUANTITY,
      capPrice: null,
      expiresAt,
    });
  }

  /** All that must hold before an order is accepted: the acceptance, or why not. */
  check(account: AccountOrdinal, terms: OrderTerms, replaced: Replaced): Acceptance | Rejection {
    const ledger = this.state.ledgers[account];
    if (ledger === undefined) return { code: 'account_not_found', account };
    const isSimple = terms.orderClass === 'simple';
    return (
      (replaced === null ? checkTerms(terms) : checkChangedTerms(terms)) ??
      this.checkInstrument(terms) ??
      this.checkClientOrderId(account, terms.clientOrderId) ??
      this.checkAuctionWindow(terms) ??
      this.checkStopDirection(terms, replaced) ??
      (isSimple ? null : checkExitPrices(terms, this.prices.last(terms.symbol, this.state.now))) ??
      this.checkWashTrade(account, terms, replaced) ??
      this.dayTrades.check(ledger, terms, replaced) ??
      this.reserve(ledger, terms, replaced)
    );
  }

  private checkWashTrade(account: AccountOrdinal, terms: OrderTerms, replaced: Replaced): Rejection | null {
    if (this.configuration.regulation.washTrades === 'allow') return null;
    const others = [...this.state.open].filter(
      (order) => order.account === account && order.symbol === terms.symbol && order !== replaced,
    );
    return findWashTrade(terms, others);
  }

  /** opg: 19:00 to 09:28, cls: 19:00 to 15:50 New York (alpaca docs, "Time in force"). */
  private checkAuctionWindow({ timeInForce }: OrderTerms): Rejection | null {
    if (timeInForce !== 'opg' && timeInForce !== 'cls') return null;
    const { now } = this.state;
    const auction = timeInForce === 'opg' ? nextOpen(now) : firstClosingAfter(now).close;
    const closes = auction - (timeInForce === 'opg' ? 2 : 10) * MINUTE_MS;
    const evening = newYorkTime(newYorkDate(now), EVENING_MINUTES);
    const isSameDay = newYorkDate(now) === newYorkDate(auction);
    const isOpen = now < closes && (isSameDay || now >= evening || tradingDayAt(now) === undefined);
    return isOpen ? null : { code: 'auction_window', timeInForce };
  }

  private checkInstrument(terms: OrderTerms): Rejection | null {
    const instrument = this.instruments.get(terms.symbol);
    if (instrument === undefined) return { code: 'asset_not_found', symbol: terms.symbol };
    if (!instrument.tradable) return { code: 'asset_not_tradable', symbol: terms.symbol };
    if (isFractional(terms) && !instrument.fractionable) {
      return { code: 'asset_not_fractionable', symbol: terms.symbol };
    }
    return null;
  }

  private checkClientOrderId(account: AccountOrdinal, clientOrderId: string | null): Rejection | null {
    if (clientOrderId === null) return null;
    const isTaken = this.state.clientOrderIds.has(clientOrderKey(account, clientOrderId));
    return isTaken ? { code: 'client_order_id_taken', clientOrderId } : null;
  }

  /** A stop that the market is through already is a mistake, and Alpaca says so. */
  private checkStopDirection(terms: OrderTerms, replaced: Replaced): Rejection | null {
    const { symbol, side } = terms;
    const stopPrice = terms.orderClass === 'oco' ? (terms.stopLoss?.stopPrice ?? null) : terms.stopPrice;
    if (replaced !== null && replaced.stopPrice === stopPrice) return null;
    if (stopPrice === null) return null;
    const marketPrice = this.prices.last(symbol, this.state.now);
    if (marketPrice === null) return null;
    const isRight = side === 'buy' ? stopPrice > marketPrice : stopPrice < marketPrice;
    return isRight ? null : { code: 'stop_price_direction', side, stopPrice, marketPrice };
  }

  private reserve(ledger: Ledger, terms: OrderTerms, replaced: Replaced): Acceptance | Rejection {
    const reservation = this.reservations.reserve(ledger, terms, replaced);
    if ('code' in reservation) return reservation;
    const { positionIntent, reserved, reservedQuantity, capPrice } = reservation;
    return { positionIntent, reserved, reservedQuantity, capPrice, expiresAt: this.expiryOf(terms) };
  }

  private expiryOf({ timeInForce, extendedHours }: OrderTerms): EpochMs | null {
    const { now } = this.state;
    const { baseTimeframe } = this.configuration;
    switch (timeInForce) {
      case 'day':
        return extendedHours ? firstEndingAfter(now).extendedClose : firstClosingAfter(now).close;
      case 'gtc':
        return this.gtcExpiry(now);
      case 'opg':
        return baseBarEnd(nextOpen(now), baseTimeframe);
      case 'cls':
        return firstClosingAfter(now).close;
      default:
        return null;
    }
  }

  /** The same for every order of a day. */
  private gtcExpiry(now: EpochMs): EpochMs {
    if (now < this.gtcFrom || now >= this.gtcTo) {
      const date = newYorkDate(now);
      this.gtcFrom = newYorkTime(date, 0);
      this.gtcTo = newYorkTime(addDays(date, 1), 0);
      this.gtcEnd = newYorkTime(addDays(date, GTC_DAYS), GTC_END_MINUTES);
    }
    return this.gtcEnd;
  }

  /**
   * The arrival rule (fills.md section 2): an order accepted at the very instant at which a bar opens, and it
   * alone, is offered that open at once, and the answer shows the fill. An ioc or fok order without such a bar
   * is over; sent inside a bar it waits for the next scheduled open.
   */
  offerStandingOpen(order: OrderEntry): void {
    const { now } = this.state;
    const { baseTimeframe, fill } = this.configuration;
    const tape = this.tape.of(order.symbol);
    const index = tape?.openingAt(now) ?? -1;
    const isOffered = tape !== undefined && index >= 0 && mayTradeIn(order, tape.sessions[index] ?? CLOSED);
    if (isOffered) {
      if (fill.arrival === 'open') this.matcher.open(tape, index, [order]);
      return;
    }
    const isScheduled = scheduledOpenFrom(now, baseTimeframe) === now || !isOpen(now);
    if (order.timeInForce === 'ioc' && isScheduled) this.endAtOnce(order, 'immediate_or_cancel');
    if (order.timeInForce === 'fok' && isScheduled) this.endAtOnce(order, 'fill_or_kill');
  }

  private endAtOnce(order: OrderEntry, reason: 'immediate_or_cancel' | 'fill_or_kill'): void {
    this.recorder.emit({ type: 'OrderCanceled', at: this.state.now, order: order.ordinal, reason });
  }
}

function mayTradeIn(order: OrderEntry, session: number): boolean {
  return session === REGULAR || (session === EXTENDED && order.extendedHours);
}
