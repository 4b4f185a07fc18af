/** Runs a strategy over a whole tape in one go: the same commands and events as any other door, no waiting. */
import type { SymbolTape, Tape } from '../market/tape';
import type { OrderOrdinal, OrderTerms } from '../orders/order';
import type { SimulationConfiguration } from '../simulation/configuration';
import type { SimulationEvent } from '../simulation/event';
import type { Rejection } from '../simulation/rejection';
import { Simulation } from '../simulation/simulation';
import type { Money, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

/** What a strategy may do and see while the clock stands at the close of a bar. */
export interface StrategyContext {
  readonly now: EpochMs;
  /** What the next order will be called, should it be accepted. */
  readonly nextOrder: OrderOrdinal;
  place(terms: OrderTerms): Rejection | null;
  cancel(order: OrderOrdinal): Rejection | null;
  /** Shares held of a symbol. */
  positionQuantity(symbol: string): Quantity;
  /** Cash that no order holds. */
  freeCash(): Money;
  /** True when any order is still open. */
  hasOpenOrders(): boolean;
}

export interface Strategy {
  /** A bar of regular hours has closed; `tape` may be read up to `index` and no further. */
  onBar(context: StrategyContext, tape: SymbolTape, index: number): void;
}

export interface BacktestResult {
  readonly simulation: Simulation;
  /** Everything that happened to orders and money, in order. */
  readonly events: readonly SimulationEvent[];
}

/** Account 0 opens with the configured cash; the clock goes from the start to the end of the session. */
export function runBacktest(
  configuration: SimulationConfiguration,
  tape: Tape,
  strategy: Strategy,
): BacktestResult {
  const simulation = Simulation.start(configuration, tape);
  const run = new BacktestRun(simulation);
  run.apply({ type: 'OpenAccount', cash: configuration.initialCash });
  const [only] = tape.symbols;
  if (only !== undefined && tape.symbols.length === 1) walkOne(configuration, only, strategy, run);
  else walkAll(configuration, tape, strategy, run);
  run.apply({ type: 'AdvanceClock', target: { to: 'end' } });
  return { simulation, events: run.events };
}

function walkOne(
  { startTime, endTime }: SimulationConfiguration,
  tape: SymbolTape,
  strategy: Strategy,
  run: BacktestRun,
): void {
  for (let index = tape.lastClosed(startTime) + 1; index < tape.length; index++) {
    const time = tape.closeAt(index);
    if (time > endTime) return;
    run.moveTo(time);
    strategy.onBar(run, tape, index);
  }
}

function walkAll(
  { startTime, endTime }: SimulationConfiguration,
  { symbols }: Tape,
  strategy: Strategy,
  run: BacktestRun,
): void {
  const cursors = symbols.map((symbol) => new BarCursor(symbol, startTime));
  for (let next = earliest(cursors); next <= endTime; next = earliest(cursors)) {
    run.moveTo(next);
    for (const cursor of cursors) {
      if (cursor.closesAt === next) strategy.onBar(run, cursor.tape, cursor.take());
    }
  }
}

function earliest(cursors: readonly BarCursor[]): EpochMs {
  let time = Infinity;
  for (const cursor of cursors) if (cursor.closesAt < time) time = cursor.closesAt;
  return time;
}

/** Walks the closes of one symbol's bars. */
class BarCursor {
  closesAt: EpochMs;
  private index: number;

  constructor(
    readonly tape: SymbolTape,
    startTime: EpochMs,
  ) {
    this.index = tape.lastClosed(startTime) + 1;
    this.closesAt = this.close();
  }

  /** The bar that closes now, moving on to the next. */
  take(): number {
    const { index } = this;
    this.index++;
    this.closesAt = this.close();
    return index;
  }

  private close(): EpochMs {
    return this.index < this.tape.length ? this.tape.closeAt(this.index) : Infinity;
  }
}

class BacktestRun implements StrategyContext {
  readonly events: SimulationEvent[] = [];

  /** Where the clock stands. The simulation is told when it matters to it: at a command, or when it is not quiet. */
  now: EpochMs;
  private quietUntil: EpochMs;

  constructor(private readonly simulation: Simulation) {
    this.now = simulation.now;
    this.quietUntil = simulation.now;
  }

  get nextOrder(): OrderOrdinal {
    return this.simulation.orderCount;
  }

  moveTo(time: EpochMs): void {
    this.now = time;
    if (time >= this.quietUntil) this.arrive();
  }

  private arrive(): void {
    this.keep(this.simulation.moveTo(this.now));
    this.quietUntil = this.simulation.quietUntil();
  }

  apply(command: Parameters<Simulation['apply']>[0]): Rejection | null {
    if (this.simulation.now < this.now) this.arrive();
    const { events, rejection } = this.simulation.apply(command);
    this.keep(events);
    this.quietUntil = this.simulation.quietUntil();
    return rejection;
  }

  place(terms: OrderTerms): Rejection | null {
    return this.apply({ type: 'PlaceOrder', account: 0, terms });
  }

  cancel(order: OrderOrdinal): Rejection | null {
    return this.apply({ type: 'CancelOrder', account: 0, order });
  }

  positionQuantity(symbol: string): Quantity {
    return this.simulation.positionQuantity(0, symbol);
  }

  freeCash(): Money {
    return this.simulation.freeCash(0);
  }

  hasOpenOrders(): boolean {
    return this.simulation.hasOpenOrders();
  }

  private keep(events: readonly SimulationEvent[]): void {
    for (const event of events) this.events.push(event);
  }
}
