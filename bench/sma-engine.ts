/** The same strategy through the engine: every decision a command, every fill an event. */
import type { BarColumns } from '../server/engine/market/bars';
import { firstAtOrAfter } from '../server/engine/market/bars';
import type { Tape } from '../server/engine/market/tape';
import type { Command } from '../server/engine/simulation/command';
import type { SimulationConfiguration } from '../server/engine/simulation/configuration';
import { Simulation } from '../server/engine/simulation/simulation';
import { fromFloat, ratio, toFloat } from '../server/engine/units/decimal';
import type { Money } from '../server/engine/units/fixed-point';
import { MINUTE_MS } from '../server/engine/units/time';
import { eachCross, INITIAL_CASH, type BenchFill } from './sma-cross';

export const SYMBOL = 'BENCH';
const CENT = 10_000_000n;

/** How the clock gets from one decision to the next. */
export type Pace = 'by_decision' | 'by_bar';

/** Runs the strategy to the last bar. `by_bar` sends a command for each minute, as a bot that watches does. */
export function throughEngine(bars: BarColumns, tape: Tape, pace: Pace): BenchFill[] {
  const simulation = Simulation.start(configurationFor(bars), tape);
  const fills: BenchFill[] = [];
  const send = (command: Command): void => {
    const outcome = simulation.apply(command);
    if (outcome.rejection !== null) throw new Error(`expected no refusal, found ${outcome.rejection.code}`);
    for (const event of outcome.events) {
      if (event.type !== 'OrderFilled') continue;
      const bar = firstAtOrAfter(bars.time, event.at);
      fills.push([bar, event.side === 'buy' ? 1 : -1, toFloat(event.price), toFloat(event.quantity)]);
    }
  };
  const advanceToCloseOf = (bar: number): void => {
    send({ type: 'AdvanceClock', target: { to: 'time', time: (bars.time[bar] as number) + MINUTE_MS } });
  };
  send({ type: 'OpenAccount', cash: fromFloat(INITIAL_CASH) as Money });
  let reached = -1;
  const reach = (bar: number): void => {
    if (pace === 'by_bar') while (reached < bar) advanceToCloseOf(++reached);
    else advanceToCloseOf(bar);
  };
  eachCross(bars.close, (bar, long) => {
    reach(bar);
    send(long ? buyAll(simulation) : { type: 'ClosePosition', account: 0, symbol: SYMBOL, amount: 'all' });
  });
  reach(bars.length - 1);
  return fills;
}

function buyAll(simulation: Simulation): Command {
  const cash = simulation.account(0)?.cash ?? 0n;
  return {
    type: 'PlaceOrder',
    account: 0,
    terms: {
      symbol: SYMBOL,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      quantity: null,
      notional: (cash - (cash % CENT)) as Money,
      limitPrice: null,
      stopPrice: null,
      clientOrderId: null,
    },
  };
}

function configurationFor(bars: BarColumns): SimulationConfiguration {
  return {
    seed: 'bench',
    instruments: [{ symbol: SYMBOL, assetClass: 'us_equity', tradable: true, fractionable: true }],
    startTime: bars.time[0] as number,
    endTime: (bars.time[bars.length - 1] as number) + MINUTE_MS,
    baseTimeframe: '1Min',
    initialCash: fromFloat(INITIAL_CASH) as Money,
    hours: 'regular',
    fill: { arrival: 'open', intrabar: 'pessimistic', limit: { rule: 'touch' }, collar: 'none' },
    slippage: { model: 'none' },
    volume: { model: 'unlimited' },
    quotes: { halfSpreadBasisPoints: ratio('0') },
  };
}
