/** Accounts and positions as they stand, valued at the newest closed bars. */
import type { Ledger, Position } from '../account/ledger';
import { newYorkDate } from '../calendar/new-york';
import {
  absolute,
  averagePrice,
  larger,
  multiplyDivide,
  notional,
  type Money,
  type Quantity,
} from '../units/fixed-point';
import type { Fill } from '../orders/order';
import type { SimulationConfiguration } from './configuration';
import type { DayTrades } from './day-trades';
import type { FeeDesk } from './fees';
import { previousDayClose, type MarketPrices } from './market-prices';
import type { SimulationState } from './state';
import { DAY_TRADER_EQUITY_MIN, dayStart, fillsSince, type Valuation } from './valuation';
import type { AccountView, PositionView } from './view';

const NONE = 0n as Money;
const DAY_TRADING_TIMES = 4n;

export class AccountViews {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly prices: MarketPrices,
    private readonly valuation: Valuation,
    private readonly fees: FeeDesk,
    private readonly dayTrades: DayTrades,
  ) {}

  account(ledger: Ledger): AccountView {
    const { now } = this.state;
    const { ordinal, openedAt, cash, reserved, realizedProfit } = ledger;
    const figures = this.valuation.at(ledger, now);
    const power = this.valuation.buyingPower(ledger, now);
    const last = this.valuation.atPreviousClose(ledger, now);
    const overnight = larger((last.equity - last.maintenanceMargin) as Money, NONE);
    const fees = this.fees.accrued(ledger, now);
    const daytradeCount = this.dayTrades.count(ledger, now);
    const isRuled = this.valuation.areDayTradersRuled(now);
    const isLent = power.multiplier !== '1';
    return {
      ordinal,
      openedAt,
      cash,
      reserved,
      buyingPower: power.total,
      regtBuyingPower: power.regt,
      daytradingBuyingPower: power.daytrading,
      bodDaytradingBuyingPower: (power.multiplier === '4' ? overnight * DAY_TRADING_TIMES : NONE) as Money,
      nonMarginableBuyingPower: power.nonMarginable,
      multiplier: power.multiplier,
      shortingEnabled: isLent && this.configuration.account.shortingEnabled,
      ...figures,
      positionMarketValue: (figures.longMarketValue - figures.shortMarketValue) as Money,
      sma: larger((figures.equity - figures.initialMargin) as Money, NONE),
      balanceAsof: newYorkDate(previousDayClose(now)),
      lastEquity: last.equity,
      lastMaintenanceMargin: last.maintenanceMargin,
      cashWithdrawable: this.valuation.withdrawable(ledger, now),
      accruedFees: (fees.sec + fees.tradingActivity) as Money,
      pendingRegTafFees: fees.tradingActivity,
      daytradeCount,
      patternDayTrader: isRuled && daytradeCount > 3 && last.equity >= DAY_TRADER_EQUITY_MIN,
      realizedProfit,
      unrealizedProfit: (figures.equity - cash - costsOf(ledger)) as Money,
    };
  }

  positions(ledger: Ledger): readonly PositionView[] {
    return [...ledger.held()]
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
      averageEntryPrice: averagePrice(absolute(costBasis), absolute(quantity)),
      lastPrice,
      previousClose: this.prices.previousClose(symbol, now),
      marketValue: lastPrice === null ? costBasis : notional(lastPrice, quantity),
      intraday: this.intraday(ledger, position),
    };
  }

  /** What of the position came today, and at what cost: what is sold goes out of last night's shares first. */
  private intraday(ledger: Ledger, { symbol, quantity }: Position): PositionView['intraday'] {
    const fills = [...fillsSince(this.state, dayStart(this.state.now))]
      .filter((fill) => fill.account === ledger.ordinal && fill.symbol === symbol)
      .reverse();
    let overnight = fills.reduce<bigint>((left, fill) => left - signed(fill), quantity);
    let today = 0n;
    let cost = 0n;
    for (const fill of fills) {
      const change = signed(fill);
      if ((overnight + today) * change >= 0n) {
        today += change;
        cost += change < 0n ? -notional(fill.price, fill.quantity) : notional(fill.price, fill.quantity);
        continue;
      }
      const old = -overnight * change > change * change ? change : -overnight;
      overnight += old;
      if (today !== 0n) cost += multiplyDivide(cost, change - old, today, 'half_up');
      today += change - old;
    }
    return { quantity: today as Quantity, cost: cost as Money };
  }
}

function costsOf(ledger: Ledger): bigint {
  let sum = 0n;
  for (const { costBasis } of ledger.held()) sum += costBasis;
  return sum;
}

function signed({ side, quantity }: Fill): bigint {
  return side === 'buy' ? quantity : -quantity;
}
