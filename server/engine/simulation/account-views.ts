/** Accounts and positions as they stand, valued at the newest closed bars. */
import type { Ledger, Position } from '../account/ledger';
import { firstEndingAfter, tradingDayByIndex } from '../calendar/trading-day';
import { averagePrice, notional, type Money, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import { previousDayClose, type MarketPrices } from './market-prices';
import type { SimulationState } from './state';
import type { AccountView, PositionView } from './view';

export class AccountViews {
  constructor(
    private readonly state: SimulationState,
    private readonly prices: MarketPrices,
  ) {}

  account(ledger: Ledger): AccountView {
    const longMarketValue = this.valueNow(ledger);
    const costs = [...ledger.positions.values()].reduce((sum, position) => sum + position.costBasis, 0n);
    return {
      ordinal: ledger.ordinal,
      openedAt: ledger.openedAt,
      cash: ledger.cash,
      reserved: ledger.reserved,
      buyingPower: (ledger.free > 0n ? ledger.free : 0n) as Money,
      longMarketValue,
      equity: (ledger.cash + longMarketValue) as Money,
      lastEquity: this.lastEquity(ledger),
      realizedProfit: ledger.realizedProfit,
      unrealizedProfit: (longMarketValue - costs) as Money,
    };
  }

  positions(ledger: Ledger): readonly PositionView[] {
    return [...ledger.positions.values()]
      .filter((position) => position.quantity !== 0n)
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
      .map((position) => this.position(ledger, position));
  }

  position(ledger: Ledger, position: Position): PositionView {
    const { now } = this.state;
    const { symbol, quantity, costBasis } = position;
    const lastPrice = this.prices.last(symbol, now);
    return {
      account: ledger.ordinal,
      symbol,
      quantity,
      heldQuantity: position.heldQuantity,
      costBasis,
      averageEntryPrice: averagePrice(costBasis, quantity),
      lastPrice,
      previousClose: this.prices.previousClose(symbol, now),
      marketValue: lastPrice === null ? costBasis : notional(lastPrice, quantity),
      intraday: this.intraday(ledger, position),
    };
  }

  /** What today's fills left in the position: the quantity and what it cost, both signed. */
  private intraday(ledger: Ledger, { symbol }: Position): PositionView['intraday'] {
    let quantity = 0n;
    let cost = 0n;
    for (const fill of this.fillsSince(dayStart(this.state.now))) {
      if (fill.account !== ledger.ordinal || fill.symbol !== symbol) continue;
      const sign = fill.side === 'buy' ? 1n : -1n;
      quantity += sign * fill.quantity;
      cost += sign * notional(fill.price, fill.quantity);
    }
    return { quantity: quantity as Quantity, cost: cost as Money };
  }

  private valueNow(ledger: Ledger): Money {
    let value = 0n;
    for (const position of ledger.positions.values()) {
      if (position.quantity === 0n) continue;
      const last = this.prices.last(position.symbol, this.state.now);
      value += last === null ? position.costBasis : notional(last, position.quantity);
    }
    return value as Money;
  }

  /** Equity at the previous day's close: today's fills taken back, positions at their price then. */
  private lastEquity(ledger: Ledger): Money {
    const close = previousDayClose(this.state.now);
    if (ledger.openedAt > close) return this.openingCash(ledger);
    let cash: bigint = ledger.cash;
    const quantities = new Map(
      [...ledger.positions].map(([symbol, { quantity }]) => [symbol, quantity as bigint]),
    );
    for (const fill of this.fillsSince(close + 1)) {
      if (fill.account !== ledger.ordinal) continue;
      const sign = fill.side === 'buy' ? 1n : -1n;
      cash += sign * notional(fill.price, fill.quantity);
      quantities.set(fill.symbol, (quantities.get(fill.symbol) ?? 0n) - sign * fill.quantity);
    }
    for (const [symbol, quantity] of quantities) {
      const price = this.prices.lastAt(symbol, close);
      if (price !== null) cash += notional(price, quantity as Quantity);
    }
    return cash as Money;
  }

  /** An account opened today had its opening cash and nothing else. */
  private openingCash(ledger: Ledger): Money {
    let cash: bigint = ledger.cash;
    for (const fill of this.fillsSince(ledger.openedAt)) {
      if (fill.account !== ledger.ordinal) continue;
      const value = notional(fill.price, fill.quantity);
      cash += fill.side === 'buy' ? value : -value;
    }
    return cash as Money;
  }

  private *fillsSince(time: EpochMs) {
    const { fills } = this.state;
    for (let index = fills.length - 1; index >= 0; index--) {
      const fill = fills[index];
      if (fill === undefined || fill.at < time) return;
      yield fill;
    }
  }
}

/** Where today begins for intraday profit: the end of the trading day before. */
function dayStart(now: EpochMs): EpochMs {
  const today = firstEndingAfter(now);
  return tradingDayByIndex(today.index - 1)?.extendedClose ?? today.extendedOpen;
}
