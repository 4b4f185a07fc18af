/** The same strategy through the engine: every decision an order, every fill an event. */
import { runBacktest } from '../server/engine/backtest/backtest';
import { firstAtOrAfter, type BarColumns } from '../server/engine/market/bars';
import type { Tape } from '../server/engine/market/tape';
import type { OrderTerms } from '../server/engine/orders/order';
import type { Command } from '../server/engine/simulation/command';
import type { SimulationConfiguration } from '../server/engine/simulation/configuration';
import type { SimulationEvent } from '../server/engine/simulation/event';
import { Simulation } from '../server/engine/simulation/simulation';
import { fromFloat, ratio, toFloat } from '../server/engine/units/decimal';
import type { Money, Quantity } from '../server/engine/units/fixed-point';
import { MINUTE_MS } from '../server/engine/units/time';
import { Averages, INITIAL_CASH, type BenchFill } from './sma-cross';

export const SYMBOL = 'BENCH';
const CENT = 10_000_000n;

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
    events.push(...outcome.events);
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

/** What the loop notes, read from the events of the engine. */
export function fillsOf(events: readonly SimulationEvent[], bars: BarColumns): BenchFill[] {
  return events.flatMap((event) => {
    if (event.type !== 'OrderFilled') return [];
    const bar = firstAtOrAfter(bars.time, event.at);
    return [[bar, event.side === 'buy' ? 1 : -1, toFloat(event.price), toFloat(event.quantity)]];
  });
}

const MARKET_ORDER = {
  symbol: SYMBOL,
  type: 'market',
  timeInForce: 'day',
  limitPrice: null,
  stopPrice: null,
  trailPrice: null,
  trailPercent: null,
  extendedHours: false,
  orderClass: 'simple',
  takeProfit: null,
  stopLoss: null,
  clientOrderId: null,
} as const;

/** All in: the cash in whole cents. */
function buyFor(cash: Money): OrderTerms {
  return { ...MARKET_ORDER, side: 'buy', quantity: null, notional: (cash - (cash % CENT)) as Money };
}

function sell(quantity: Quantity): OrderTerms {
  return { ...MARKET_ORDER, side: 'sell', quantity, notional: null };
}

function configurationFor(bars: BarColumns): SimulationConfiguration {
  return {
    seed: 'bench',
    instruments: [
      {
        symbol: SYMBOL,
        assetClass: 'us_equity',
        tradable: true,
        fractionable: true,
        marginable: true,
        maintenanceRate: null,
        shortable: false,
        easyToBorrow: false,
      },
    ],
    startTime: bars.time[0] as number,
    endTime: (bars.time[bars.length - 1] as number) + MINUTE_MS,
    baseTimeframe: '1Min',
    initialCash: fromFloat(INITIAL_CASH) as Money,
    hours: 'regular',
    fill: {
      arrival: 'open',
      intrabar: 'pessimistic',
      limit: { rule: 'touch' },
      collar: 'none',
      trail: 'path',
      legs: 'parent_filled',
    },
    slippage: { model: 'none' },
    volume: { model: 'unlimited' },
    fees: { model: 'none' },
    account: { multiplier: '1', shortingEnabled: false },
    regulation: { rules: 'none', washTrades: 'allow' },
    quotes: { halfSpreadBasisPoints: ratio('0') },
  };
}
