/** The brackets through the engine: every entry an order with two legs, every change an event. */
import { runBacktest, type Strategy, type StrategyContext } from '../server/engine/backtest/backtest';
import type { BarColumns } from '../server/engine/market/bars';
import type { SymbolTape, Tape } from '../server/engine/market/tape';
import type { SimulationEvent } from '../server/engine/simulation/event';
import { fromFloat } from '../server/engine/units/decimal';
import type { Price, Quantity } from '../server/engine/units/fixed-point';
import { MINUTE_MS } from '../server/engine/units/time';
import { benchSession, limitBuy } from './bench-session';
import { BRACKET_CASH, ENTRY_BARS, ENTRY_EVERY, entryBelow, SHARES, stopOf, targetOf } from './bracket';

const QUANTITY = fromFloat(SHARES) as Quantity;

export function bracketsInsideEngine(bars: BarColumns, tape: Tape): readonly SimulationEvent[] {
  const symbols = tape.symbols.map(({ symbol }) => symbol);
  const end = (bars.time[bars.length - 1] as number) + MINUTE_MS;
  return runBacktest(benchSession(symbols, bars.time[0] as number, end, BRACKET_CASH), tape, new Brackets())
    .events;
}

class Brackets implements Strategy {
  /** The newest entry of each symbol: its order, and the bar that it was placed after. */
  private readonly entries = new Map<SymbolTape, { readonly order: number; readonly bar: number }>();

  onBar(context: StrategyContext, tape: SymbolTape, bar: number): void {
    const phase = bar % ENTRY_EVERY;
    if (phase !== 0 && phase !== ENTRY_BARS) return;
    if (context.positionQuantity(tape.symbol) !== 0n) return;
    const entry = this.entries.get(tape);
    // What has come and gone in the meantime is refused, and that is all the same here.
    if (entry !== undefined && bar - entry.bar === ENTRY_BARS) context.cancel(entry.order);
    if (phase === 0) this.enter(context, tape, bar);
  }

  private enter(context: StrategyContext, tape: SymbolTape, bar: number): void {
    const limit = entryBelow(tape.bars.close[bar] as number);
    this.entries.set(tape, { order: context.nextOrder, bar });
    const rejection = context.place(
      limitBuy(
        tape.symbol,
        QUANTITY,
        fromFloat(limit) as Price,
        fromFloat(targetOf(limit)) as Price,
        fromFloat(stopOf(limit)) as Price,
      ),
    );
    if (rejection !== null) throw new Error(`expected no refusal, found ${rejection.code}`);
  }
}
