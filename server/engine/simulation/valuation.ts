/** What accounts are worth and may spend at a time: equity, margin and buying power (alpaca docs, "Margin"). */
import type { Ledger, Position } from '../account/ledger';
import { marginTotals, type Holding, type MarginTotals } from '../account/margin';
import { newYorkDate } from '../calendar/new-york';
import { firstEndingAfter, tradingDayByIndex } from '../calendar/trading-day';
import type { Fill } from '../orders/order';
import { money } from '../units/decimal';
import { averagePrice, larger, multiplyDivide, notional, smaller } from '../units/fixed-point';
import type { Money, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { Instrument, Multiplier, SimulationConfiguration } from './configuration';
import { previousDayClose, type MarketPrices } from './market-prices';
import type { SimulationState } from './state';

export interface Figures extends MarginTotals {
  readonly equity: Money;
}

/** All net of what open orders hold; never negative. */
export interface BuyingPower {
  readonly multiplier: Multiplier;
  readonly total: Money;
  readonly regt: Money;
  readonly daytrading: Money;
  /** For what nobody lends on. */
  readonly nonMarginable: Money;
}

/** Nobody lends to less equity than this (FINRA Rule 4210, minimum equity). */
const MARGIN_EQUITY_MIN = money('2000');
/** Four times within a day was for pattern day traders with this much, until the rule ended. */
export const DAY_TRADER_EQUITY_MIN = money('25000');
const DAY_TRADER_RULES_END = '2026-06-04';
/** SEC Rule 15c6-1: one trading day after the trade from here on, two before. */
const NEXT_DAY_SETTLEMENT_FROM = '2024-05-28';
const SETTLEMENT_DAYS_MAX = 2;
const NONE = money('0');
const HALF = 2n;

export class Valuation {
  private readonly instruments: ReadonlyMap<string, Instrument>;

  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly prices: MarketPrices,
  ) {
    this.instruments = new Map(
      configuration.instruments.map((instrument) => [instrument.symbol, instrument]),
    );
  }

  /** The positions as they are now at the prices of `time`. */
  at(ledger: Ledger, time: EpochMs): Figures {
    const totals = marginTotals(this.holdings(ledger, time));
    return figuresOf(ledger.cash, totals);
  }

  /** The account as it stood when the trading day before the one of `now` closed. */
  atPreviousClose(ledger: Ledger, now: EpochMs): Figures {
    const close = previousDayClose(now);
    const { cash, quantities } = this.takenBack(ledger, Math.max(close + 1, ledger.openedAt), now);
    const holdings: Holding[] = [];
    for (const [symbol, quantity] of quantities) {
      const price = quantity === 0n ? null : this.prices.lastAt(symbol, close, now);
      if (price === null) continue;
      const marketValue = notional(price, quantity);
      holdings.push({ quantity, price, marketValue, ...this.termsOf(symbol) });
    }
    return figuresOf(cash, marginTotals(holdings));
  }

  buyingPower(ledger: Ledger, now: EpochMs): BuyingPower {
    const figures = this.at(ledger, now);
    const multiplier = this.multiplier(ledger, now, figures.equity);
    const regt = this.regt(ledger, figures, multiplier);
    const daytrading = multiplier === '4' ? this.daytrading(ledger, now) : NONE;
    const own = larger(ownCash(ledger, figures), NONE);
    return {
      multiplier,
      total: larger(larger(regt, daytrading), NONE),
      regt: larger(regt, NONE),
      daytrading: larger(daytrading, NONE),
      nonMarginable: smaller(own, larger(larger(regt, daytrading), NONE)),
    };
  }

  /**
   * Buying power that no order holds: cash in a cash account, else what margin lends on the account's equity at
   * the prices of `time`. Buying, or selling short, for some amount takes that much of it; closing gives it
   * back. Negative when the market went against the account: then nothing new can be opened, and what is
   * reserved stays reserved.
   */
  unheld(ledger: Ledger, time: EpochMs): Money {
    if (this.configuration.account.multiplier === '1') return ledger.freeCash;
    const figures = this.at(ledger, time);
    const multiplier = this.multiplier(ledger, time, figures.equity);
    const regt = this.regt(ledger, figures, multiplier);
    return multiplier === '4' ? larger(regt, this.daytrading(ledger, time)) : regt;
  }

  /** What a fill may cost beyond what its order holds: `unheld`, but never negative. */
  free(ledger: Ledger, time: EpochMs): Money {
    return larger(this.unheld(ledger, time), NONE);
  }

  multiplier(ledger: Ledger, now: EpochMs, equity: Money): Multiplier {
    const { multiplier } = this.configuration.account;
    if (multiplier === '1' || equity < MARGIN_EQUITY_MIN) return '1';
    if (multiplier === '2' || !this.areDayTradersRuled(now)) return multiplier;
    return this.atPreviousClose(ledger, now).equity < DAY_TRADER_EQUITY_MIN ? '2' : '4';
  }

  areDayTradersRuled(now: EpochMs): boolean {
    return this.configuration.regulation.rules === 'dated' && newYorkDate(now) < DAY_TRADER_RULES_END;
  }

  maySellShort(ledger: Ledger, now: EpochMs): boolean {
    return this.configuration.account.shortingEnabled && this.isLending(ledger, now);
  }

  /** A margin account with equity enough to be lent to. */
  isLending(ledger: Ledger, now: EpochMs): boolean {
    if (this.configuration.account.multiplier === '1') return false;
    return this.at(ledger, now).equity >= MARGIN_EQUITY_MIN;
  }

  isMarginable(symbol: string): boolean {
    return this.instruments.get(symbol)?.marginable ?? false;
  }

  isShortable(symbol: string): boolean {
    const instrument = this.instruments.get(symbol);
    return instrument !== undefined && instrument.shortable && instrument.easyToBorrow;
  }

  /** Settled cash that no order, loan or short position needs. Sales settle two trading days on, later one. */
  withdrawable(ledger: Ledger, now: EpochMs): Money {
    const figures = this.at(ledger, now);
    const own = ownCash(ledger, figures) - this.unsettledProceeds(ledger, now);
    const excess =
      this.configuration.account.multiplier === '1' ? own : figures.equity - figures.initialMargin;
    return larger((own < excess ? own : excess) as Money, NONE);
  }

  private unsettledProceeds(ledger: Ledger, now: EpochMs): bigint {
    const date = newYorkDate(now);
    const today = firstEndingAfter(now);
    const first = tradingDayByIndex(today.index - SETTLEMENT_DAYS_MAX - 1) ?? today;
    let proceeds = 0n;
    for (const { account, side, barTime, price, quantity } of fillsSince(this.state, first.extendedOpen)) {
      if (account !== ledger.ordinal || side !== 'sell') continue;
      if (settlementDate(barTime) > date) proceeds += notional(price, quantity);
    }
    return proceeds;
  }

  private regt(ledger: Ledger, figures: Figures, multiplier: Multiplier): Money {
    if (multiplier === '1') return ownCash(ledger, figures);
    const excess = larger((figures.equity - figures.initialMargin) as Money, NONE);
    return (excess * HALF - ledger.reserved) as Money;
  }

  /** Four times what yesterday's close left over maintenance, less what was opened today and is still open. */
  private daytrading(ledger: Ledger, now: EpochMs): Money {
    const { equity, maintenanceMargin } = this.atPreviousClose(ledger, now);
    const excess = larger((equity - maintenanceMargin) as Money, NONE);
    return (excess * 4n - this.openedToday(ledger, now) - ledger.reserved) as Money;
  }

  private openedToday(ledger: Ledger, now: EpochMs): bigint {
    const opened = new Map<string, { quantity: bigint; cost: bigint }>();
    for (const fill of [...fillsSince(this.state, dayStart(now))].reverse()) {
      if (fill.account !== ledger.ordinal) continue;
      const today = opened.get(fill.symbol) ?? { quantity: 0n, cost: 0n };
      opened.set(fill.symbol, today);
      if (isOpening(fill)) {
        today.quantity += fill.quantity;
        today.cost += notional(fill.price, fill.quantity);
      } else if (today.quantity > 0n) {
        const closed = fill.quantity < today.quantity ? fill.quantity : today.quantity;
        today.cost -= multiplyDivide(today.cost, closed, today.quantity, 'down');
        today.quantity -= closed;
      }
    }
    let used = 0n;
    for (const { cost } of opened.values()) used += cost;
    return used;
  }

  /** The positions as they are now at the prices of `time`. */
  *holdings(ledger: Ledger, time: EpochMs): Iterable<Holding & { readonly symbol: string }> {
    for (const position of ledger.held()) {
      const { symbol, quantity } = position;
      const price = this.prices.last(symbol, time);
      if (price === null) yield { symbol, ...unpriced(position), ...this.termsOf(symbol) };
      else yield { symbol, quantity, price, marketValue: notional(price, quantity), ...this.termsOf(symbol) };
    }
  }

  /** Cash and quantities, in shares and names of `now`, before everything that happened at or after `time`. */
  private takenBack(
    ledger: Ledger,
    time: EpochMs,
    now: EpochMs,
  ): { cash: Money; quantities: Map<string, Quantity> } {
    let cash: bigint = ledger.cash;
    const quantities = new Map<string, Quantity>();
    for (const { symbol, quantity } of ledger.held()) quantities.set(symbol, quantity);
    for (const fill of fillsSince(this.state, time)) {
      if (fill.account !== ledger.ordinal) continue;
      const sign = fill.side === 'buy' ? 1n : -1n;
      cash += sign * notional(fill.price, fill.quantity);
      const symbol = this.prices.nameAt(fill.symbol, fill.at, now);
      const quantity = this.prices.inSharesOf(fill.symbol, fill.quantity, fill.at, now);
      quantities.set(symbol, ((quantities.get(symbol) ?? 0n) - sign * quantity) as Quantity);
    }
    const { postings } = this.state;
    for (let index = postings.length - 1; index >= 0; index--) {
      const posting = postings[index];
      if (posting === undefined || posting.at < time) break;
      if (posting.account === ledger.ordinal) cash -= posting.amount;
    }
    return { cash: cash as Money, quantities };
  }

  private termsOf(symbol: string): Pick<Holding, 'marginable' | 'maintenanceRate'> {
    const instrument = this.instruments.get(symbol);
    return {
      marginable: instrument?.marginable ?? false,
      maintenanceRate: instrument?.maintenanceRate ?? null,
    };
  }
}

function figuresOf(cash: Money, totals: MarginTotals): Figures {
  const equity = (cash + totals.longMarketValue + totals.shortMarketValue) as Money;
  return { equity, ...totals };
}

/** Cash that is nobody else's: short sales leave their proceeds and half of their value again as collateral. */
function ownCash(ledger: Ledger, { shortMarketValue }: Figures): Money {
  return (ledger.freeCash + (shortMarketValue * 3n) / HALF) as Money;
}

/** Before the symbol's first bar what was paid stands for the market. */
function unpriced({ quantity, costBasis }: Position): Pick<Holding, 'quantity' | 'price' | 'marketValue'> {
  return { quantity, price: averagePrice(costBasis, quantity), marketValue: costBasis };
}

function settlementDate(tradedAt: EpochMs): string {
  const day = firstEndingAfter(tradedAt);
  const days = day.date >= NEXT_DAY_SETTLEMENT_FROM ? 1 : SETTLEMENT_DAYS_MAX;
  return tradingDayByIndex(day.index + days)?.date ?? day.date;
}

/** Did the fill make its position larger? */
export function isOpening({ side, quantity, positionQuantity: after }: Fill): boolean {
  const before = side === 'buy' ? after - quantity : after + quantity;
  return before === 0n || before > 0n === (side === 'buy');
}

/** Newest first. */
export function* fillsSince({ fills }: SimulationState, time: EpochMs): Iterable<Fill> {
  for (let index = fills.length - 1; index >= 0; index--) {
    const fill = fills[index];
    if (fill === undefined || fill.at < time) return;
    yield fill;
  }
}

/** Where today begins for intraday profit: the end of the trading day before. */
export function dayStart(now: EpochMs): EpochMs {
  const today = firstEndingAfter(now);
  return tradingDayByIndex(today.index - 1)?.extendedClose ?? today.extendedOpen;
}
