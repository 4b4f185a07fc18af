/** The same strategy through the engine: every decision an order, every fill an event. */
import { runBacktest } from '../server/engine/backtest/backtest';
import type { BarColumns } from '../server/engine/market/bars';
import type { Tape } from '../server/engine/market/tape';
import type { OrderTerms } from '../server/engine/orders/order';
import type { Command } from '../server/engine/simulation/command';
import type { SimulationConfiguration } from '../server/engine/simulation/configuration';
import type { SimulationEvent } from '../server/engine/simulation/event';
import { Simulation } from '../server/engine/simulation/simulation';
import { fromFloat } from '../server/engine/units/decimal';
import type { Money, Quantity } from '../server/engine/units/fixed-point';
import { MINUTE_MS } from '../server/engine/units/time';
import { benchSession, marketOrder } from './bench-session';
import { Averages, INITIAL_CASH } from './sma-cross';

export const SYMBOL = 'BENCH';
const CENT = 10_000_000n;
/** 95 % of the cash, as the loop takes. */
const PERCENT_OF_CASH = 95n;

/** As a strategy inside the engine, which is called at the close of each bar. */
export function insideEngine(bars: BarColumns, tape: Tape): readonly SimulationEvent[] {
  const averages = new Averages();
  const { events } = runBacktest(configurationFor(bars), tape, {
    onBar: (context, symbol, bar) => {
      const isLong = averages.next(symbol.bars.close, bar);
      if (isLong === null) return;
      const terms = isLong ? buyFor(context.freeCash()) : sell(context.positionQuantity(SYMBOL));
      const rejection = context.place(terms);
      if (rejection !== null) throw new Error(`expected no refusal, found ${rejection.code}`);
    },
  });
  return events;
}

/** As somebody outside who steps the clock bar by bar: a command for each minute and each order. */
export function byCommands(bars: BarColumns, tape: Tape): readonly SimulationEvent[] {
  const simulation = Simulation.start(configurationFor(bars), tape);
  const averages = new Averages();
  const events: SimulationEvent[] = [];
  const send = (command: Command): void => {
    const outcome = simulation.apply(command);
    if (outcome.rejection !== null) throw new Error(`expected no refusal, found ${outcome.rejection.code}`);
    for (const event of outcome.events) events.push(event);
  };
  send({ type: 'OpenAccount', cash: fromFloat(INITIAL_CASH) as Money });
  for (let bar = 0; bar < bars.length; bar++) {
    send({ type: 'AdvanceClock', target: { to: 'time', time: (bars.time[bar] as number) + MINUTE_MS } });
    const isLong = averages.next(bars.close, bar);
    if (isLong === null) continue;
    const held = simulation.position(0, SYMBOL)?.quantity ?? (0n as Quantity);
    const terms = isLong ? buyFor(simulation.account(0)?.cash ?? (0n as Money)) : sell(held);
    send({ type: 'PlaceOrder', account: 0, terms });
  }
  return events;
}

/** In whole cents. */
function buyFor(cash: Money): OrderTerms {
  const amount = (cash * PERCENT_OF_CASH) / 100n;
  return marketOrder(SYMBOL, 'buy', null, (amount - (amount % CENT)) as Money);
}

function sell(quantity: Quantity): OrderTerms {
  return marketOrder(SYMBOL, 'sell', quantity, null);
}

function configurationFor(bars: BarColumns): SimulationConfiguration {
  const end = (bars.time[bars.length - 1] as number) + MINUTE_MS;
  return benchSession([SYMBOL], bars.time[0] as number, end, INITIAL_CASH);
}
