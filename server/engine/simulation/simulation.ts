/** The simulation: commands in, events out. Same state, tape and commands give the same events, always. */
import { TrailMarks } from '../matching/trail-marks';
import type { Tape } from '../market/tape';
import type { AccountOrdinal, Fill, FillOrdinal, Order, OrderOrdinal, OrderStatus } from '../orders/order';
import { trailStop } from '../orders/stage';
import type { Money, Quantity } from '../units/fixed-point';
import { uuidOf } from '../units/ids';
import type { EpochMs } from '../units/time';
import { AccountViews } from './account-views';
import { Agenda } from './agenda';
import { CashDesk } from './cash';
import { Clock } from './clock';
import type { Command } from './command';
import type { Quote, SimulationConfiguration } from './configuration';
import { DayTrades } from './day-trades';
import { completedEvent } from './earlier-events';
import type { CashPosting, PostingOrdinal, SimulationEvent } from './event';
import { FeeDesk } from './fees';
import { InterestDesk } from './interest';
import { MarginDesk } from './margin-calls';
import { MarketPrices } from './market-prices';
import { Matcher } from './matcher';
import { OrderDesk } from './place';
import { portfolioHistory, type HistoryQuery, type PortfolioHistory } from './portfolio-history';
import { Recorder } from './recorder';
import type { Explanation } from './explain/explanation';
import { explainOrder } from './explain/explain-order';
import type { Rejection } from './rejection';
import { ChangeDesk } from './replace';
import { Reservations } from './reserve';
import { RunHash } from './run-hash';
import { restoreSnapshot, stateHashOf, takeSnapshot, type Snapshot } from './snapshot';
import { clientOrderKey, SimulationState } from './state';
import { statusOf } from './status';
import { Valuation } from './valuation';
import type { AccountView, PositionView, SimulationView, TrailView } from './view';

/** What a command did: events, or a rejection that changed nothing. */
export type Outcome =
  | { readonly events: readonly SimulationEvent[]; readonly rejection: null }
  | { readonly events: readonly []; readonly rejection: Rejection };

export class Simulation implements SimulationView {
  private readonly prices: MarketPrices;
  private readonly valuation: Valuation;
  private readonly marks: TrailMarks;
  private readonly recorder: Recorder;
  private readonly orderDesk: OrderDesk;
  private readonly changeDesk: ChangeDesk;
  private readonly clock: Clock;
  private readonly views: AccountViews;
  private readonly dayTrades: DayTrades;
  private readonly cashDesk: CashDesk;
  private readonly ordinals = new Map<string, OrderOrdinal>();
  private indexed = 0;

  private constructor(
    readonly configuration: SimulationConfiguration,
    private readonly tape: Tape,
    private readonly state: SimulationState,
  ) {
    this.prices = new MarketPrices(tape, configuration.quotes.halfSpreadBasisPoints);
    this.recorder = new Recorder(state);
    this.marks = new TrailMarks(configuration.fill.trail);
    const { marks } = this;
    this.valuation = new Valuation(configuration, state, this.prices);
    const matcher = new Matcher(configuration, state, this.valuation, marks, this.recorder);
    const fees = new FeeDesk(configuration, state, this.recorder);
    if (configuration.fees.model !== 'none') {
      this.recorder.afterFill((fill) => {
        fees.charge(fill);
      });
    }
    const margin = new MarginDesk(configuration, state, this.valuation, this.recorder);
    const interest = new InterestDesk(configuration, state, this.valuation, this.recorder);
    const agenda = new Agenda(tape, state, fees, interest, margin, this.recorder);
    this.dayTrades = new DayTrades(configuration, state, this.valuation);
    const reservations = new Reservations(configuration, state, this.prices, this.valuation);
    this.cashDesk = new CashDesk(state, this.valuation, this.recorder);
    this.orderDesk = new OrderDesk(
      configuration,
      tape,
      state,
      this.prices,
      reservations,
      this.dayTrades,
      matcher,
      this.recorder,
    );
    this.changeDesk = new ChangeDesk(state, this.orderDesk, this.recorder);
    this.clock = new Clock(configuration, tape, state, matcher, marks, agenda, this.recorder);
    this.views = new AccountViews(configuration, state, this.prices, this.valuation, fees, this.dayTrades);
  }

  /** A new simulation: the clock at the start, no account yet. */
  static start(configuration: SimulationConfiguration, tape: Tape): Simulation {
    const runHash = RunHash.start(configuration.seed);
    const state = new SimulationState(configuration.startTime, runHash, dueRuleOf(configuration));
    return new Simulation(configuration, tape, state);
  }

  /** The simulation that `snapshot()` described. Throws on a state of another format. */
  static restore(configuration: SimulationConfiguration, tape: Tape, state: unknown): Simulation {
    return new Simulation(configuration, tape, restoreSnapshot(state, dueRuleOf(configuration)));
  }

  /** Applies one command. Same state, tape and command give the same events, always. */
  apply(command: Command): Outcome {
    const rejection = this.carryOut(command);
    if (rejection !== null) return { events: [], rejection };
    return { events: this.recorder.take(), rejection: null };
  }

  private carryOut(command: Command): Rejection | null {
    switch (command.type) {
      case 'OpenAccount':
        this.recorder.emit({
          type: 'AccountOpened',
          at: this.state.now,
          account: this.state.ledgers.length,
          cash: command.cash,
        });
        return null;
      case 'AdjustCash':
        return this.cashDesk.adjust(command);
      case 'PlaceOrder':
        return this.orderDesk.place(command.account, command.terms, command.positionIntent);
      case 'ReplaceOrder':
        return this.changeDesk.replace(command);
      case 'CancelOrder':
        return this.changeDesk.cancel(command);
      case 'ClosePosition':
        return this.changeDesk.close(command);
      case 'AdvanceClock':
        return this.clock.advance(command.target);
    }
  }

  /**
   * Moves the clock forward to `time` without a clock event of its own: for a run that tells only where it
   * ended. Events are the same as those of a command that goes there.
   */
  moveTo(time: EpochMs): readonly SimulationEvent[] {
    if (time >= this.clock.quietUntil()) this.clock.run(time, false);
    this.state.now = time;
    return this.recorder.count === 0 ? NO_EVENTS : this.recorder.take();
  }

  /** Before this time nothing can happen without a command. */
  quietUntil(): EpochMs {
    return this.clock.quietUntil();
  }

  /** Records what was logged, without deciding anything again. */
  fold(events: readonly SimulationEvent[]): void {
    for (const event of events) this.state.record(completedEvent(event), event);
  }

  /** Equal for simulations that will go on alike. */
  stateHash(): string {
    return stateHashOf(this.state);
  }

  snapshot(): Snapshot {
    return takeSnapshot(this.state);
  }

  get now(): EpochMs {
    return this.state.now;
  }

  get isCompleted(): boolean {
    return this.state.now >= this.configuration.endTime;
  }

  runHash(): string {
    return this.state.runHash.value();
  }

  account(account: AccountOrdinal): AccountView | undefined {
    const ledger = this.state.ledgers[account];
    return ledger === undefined ? undefined : this.views.account(ledger);
  }

  accountCount(): number {
    return this.state.ledgers.length;
  }

  positions(account: AccountOrdinal): readonly PositionView[] {
    const ledger = this.state.ledgers[account];
    return ledger === undefined ? [] : this.views.positions(ledger);
  }

  position(account: AccountOrdinal, symbol: string): PositionView | undefined {
    const ledger = this.state.ledgers[account];
    const position = ledger?.positions.get(symbol);
    if (ledger === undefined || position === undefined || position.quantity === 0n) return undefined;
    return this.views.position(ledger, position);
  }

  positionQuantity(account: AccountOrdinal, symbol: string): Quantity {
    return this.state.ledgers[account]?.positions.get(symbol)?.quantity ?? (0n as Quantity);
  }

  freeCash(account: AccountOrdinal): Money {
    return this.state.ledgers[account]?.freeCash ?? (0n as Money);
  }

  get orderCount(): number {
    return this.state.orders.length;
  }

  hasOpenOrders(): boolean {
    return this.state.open.size > 0;
  }

  orders(account: AccountOrdinal): readonly Order[] {
    return this.state.orders.filter((order) => order.account === account);
  }

  openOrders(account: AccountOrdinal): readonly Order[] {
    return [...this.state.open].filter((order) => order.account === account);
  }

  order(ordinal: OrderOrdinal): Order | undefined {
    return this.state.orders[ordinal];
  }

  orderById(id: string): Order | undefined {
    for (; this.indexed < this.state.orders.length; this.indexed++) {
      this.ordinals.set(this.orderId(this.indexed), this.indexed);
    }
    const ordinal = this.ordinals.get(id);
    return ordinal === undefined ? undefined : this.state.orders[ordinal];
  }

  orderByClientOrderId(account: AccountOrdinal, clientOrderId: string): Order | undefined {
    const ordinal = this.state.clientOrderIds.get(clientOrderKey(account, clientOrderId));
    if (ordinal !== undefined) return this.state.orders[ordinal];
    return this.state.orders.find(
      (order) =>
        order.account === account &&
        order.clientOrderId === null &&
        this.clientOrderId(order) === clientOrderId,
    );
  }

  statusOf(order: Order): OrderStatus {
    return statusOf(order, this.state.now);
  }

  explain(ordinal: OrderOrdinal, from?: EpochMs, to?: EpochMs): Explanation | undefined {
    const order = this.state.orders[ordinal];
    return order === undefined
      ? undefined
      : explainOrder(this.configuration, this.state, this.tape, this.marks, order, from, to);
  }

  trail(order: Order): TrailView | null {
    if (order.type !== 'trailing_stop') return null;
    const tape = this.tape.of(order.symbol);
    const until = order.canceledAt ?? order.expiredAt ?? order.replacedAt ?? this.state.now;
    const highWaterMark =
      order.triggeredAt === null && tape !== undefined
        ? this.marks.before(order, tape, tape.lastClosed(until) + 1)
        : order.highWaterMark;
    return highWaterMark === null ? null : { highWaterMark, stopPrice: trailStop(order, highWaterMark) };
  }

  fills(account: AccountOrdinal): readonly Fill[] {
    return this.state.fills.filter((fill) => fill.account === account);
  }

  fillsOfOrder(ordinal: OrderOrdinal): readonly Fill[] {
    return this.state.fillsOf(ordinal);
  }

  activities(account: AccountOrdinal): readonly CashPosting[] {
    return this.state.postings.filter((posting) => posting.account === account);
  }

  portfolioHistory(account: AccountOrdinal, query: HistoryQuery): PortfolioHistory {
    const ledger = this.state.ledger(account);
    return portfolioHistory(ledger, this.state, this.prices, query);
  }

  activityId(ordinal: PostingOrdinal): string {
    return uuidOf(this.configuration.seed, 'activity', ordinal);
  }

  orderId(ordinal: OrderOrdinal): string {
    return uuidOf(this.configuration.seed, 'order', ordinal);
  }

  fillId(ordinal: FillOrdinal): string {
    return uuidOf(this.configuration.seed, 'fill', ordinal);
  }

  accountId(account: AccountOrdinal): string {
    return uuidOf(this.configuration.seed, 'account', account);
  }

  clientOrderId(order: Order): string {
    return order.clientOrderId ?? uuidOf(this.configuration.seed, 'client_order', order.ordinal);
  }

  quote(symbol: string): Quote | null {
    return this.prices.quote(symbol, this.state.now);
  }
}

const NO_EVENTS: readonly SimulationEvent[] = [];

function dueRuleOf({ baseTimeframe, fill }: SimulationConfiguration) {
  return { baseTimeframe, arrival: fill.arrival };
}
