/** What may be read of a simulation. Everything here is as of simulated now; nothing tells more. */
import type { AccountOrdinal, Fill, FillOrdinal, Order, OrderOrdinal, OrderStatus } from '../orders/order';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { Explanation } from './explain/explanation';
import type { CashPosting, PostingOrdinal } from './event';
import type { HistoryQuery, PortfolioHistory } from './portfolio-history';
import type { Multiplier, Quote, SimulationConfiguration } from './configuration';

export interface PositionView {
  readonly account: AccountOrdinal;
  readonly symbol: string;
  /** Negative when short, as are cost basis and market value. */
  readonly quantity: Quantity;
  /** Shares that open orders to close it hold: a size. */
  readonly heldQuantity: Quantity;
  readonly costBasis: Money;
  readonly averageEntryPrice: Price;
  /** Close of the newest closed bar; null before the first one. */
  readonly lastPrice: Price | null;
  /** Close of the trading day before today's; null when there are no bars of it. */
  readonly previousClose: Price | null;
  readonly marketValue: Money;
  /** The part of the quantity and cost that came since today's start, for intraday profit. */
  readonly intraday: { readonly quantity: Quantity; readonly cost: Money };
}

export interface AccountView {
  readonly ordinal: AccountOrdinal;
  readonly openedAt: EpochMs;
  readonly cash: Money;
  /** Buying power held by open orders. */
  readonly reserved: Money;
  /** The larger of what Regulation T and day trading allow, net of open orders. */
  readonly buyingPower: Money;
  readonly regtBuyingPower: Money;
  readonly daytradingBuyingPower: Money;
  /** Day-trading buying power that the day began with. */
  readonly bodDaytradingBuyingPower: Money;
  readonly nonMarginableBuyingPower: Money;
  readonly multiplier: Multiplier;
  readonly shortingEnabled: boolean;
  readonly longMarketValue: Money;
  /** Negative or zero. */
  readonly shortMarketValue: Money;
  /** Long and short by size. */
  readonly positionMarketValue: Money;
  readonly equity: Money;
  readonly initialMargin: Money;
  readonly maintenanceMargin: Money;
  /** What Regulation T leaves over now. The real memorandum account also remembers better days. */
  readonly sma: Money;
  /** The close of the trading day before today's: its date, equity and maintenance margin then. */
  readonly balanceAsof: string;
  readonly lastEquity: Money;
  readonly lastMaintenanceMargin: Money;
  /** Cash that is settled and that nothing needs. */
  readonly cashWithdrawable: Money;
  /** Fees of the day that will be posted on the next session's date, and the part of them that is TAF. */
  readonly accruedFees: Money;
  readonly pendingRegTafFees: Money;
  /** Day trades in the five newest sessions. */
  readonly daytradeCount: number;
  readonly patternDayTrader: boolean;
  readonly realizedProfit: Money;
  readonly unrealizedProfit: Money;
}

/** Where a trailing stop stands: its mark from closed bars, and the stop that follows from it. */
export interface TrailView {
  readonly highWaterMark: Price;
  readonly stopPrice: Price;
}

export interface SimulationView {
  readonly configuration: SimulationConfiguration;
  readonly now: EpochMs;
  /** True once the clock stands at the end of the session. */
  readonly isCompleted: boolean;
  /** Chain over all order and ledger events so far, 64 hex digits. */
  runHash(): string;
  /** Undefined when there is no such account. */
  account(account: AccountOrdinal): AccountView | undefined;
  accountCount(): number;
  positions(account: AccountOrdinal): readonly PositionView[];
  position(account: AccountOrdinal, symbol: string): PositionView | undefined;
  /** All orders of an account in order of acceptance. */
  orders(account: AccountOrdinal): readonly Order[];
  openOrders(account: AccountOrdinal): readonly Order[];
  order(ordinal: OrderOrdinal): Order | undefined;
  orderById(id: string): Order | undefined;
  orderByClientOrderId(account: AccountOrdinal, clientOrderId: string): Order | undefined;
  /** Alpaca's word for where the order stands now. */
  statusOf(order: Order): OrderStatus;
  /** Why an order filled or did not, as of now; undefined when there is no such order. */
  explain(ordinal: OrderOrdinal, from?: EpochMs, to?: EpochMs): Explanation | undefined;
  /** Null for other orders, and before any price is known. */
  trail(order: Order): TrailView | null;
  fills(account: AccountOrdinal): readonly Fill[];
  /** Money that came or went without a trade, in order. */
  activities(account: AccountOrdinal): readonly CashPosting[];
  /** Throws when there is no such account. */
  portfolioHistory(account: AccountOrdinal, query: HistoryQuery): PortfolioHistory;
  fillsOfOrder(ordinal: OrderOrdinal): readonly Fill[];
  /** UUIDs derived from the seed, unique within the session. */
  orderId(ordinal: OrderOrdinal): string;
  fillId(ordinal: FillOrdinal): string;
  activityId(ordinal: PostingOrdinal): string;
  accountId(account: AccountOrdinal): string;
  /** The client's own id, or the one derived from the order's ordinal. */
  clientOrderId(order: Order): string;
  /** Null before the symbol's first closed bar. */
  quote(symbol: string): Quote | null;
}
