/** The resting orders in the engine: placed once, then the clock goes to the end of the part in one command. */
import type { BarColumns } from '../server/engine/market/bars';
import type { Tape } from '../server/engine/market/tape';
import type { SimulationEvent } from '../server/engine/simulation/event';
import { Simulation } from '../server/engine/simulation/simulation';
import { fromFloat } from '../server/engine/units/decimal';
import type { Money, Price, Quantity } from '../server/engine/units/fixed-point';
import { MINUTE_MS } from '../server/engine/units/time';
import { benchSession, limitBuy } from './bench-session';
import { partOf, RESTING_CASH } from './resting';

const ONE = fromFloat(1) as Quantity;

/** A session over one part of the year with all orders placed, before its first bar. */
export function withRestingOrders(
  bars: BarColumns,
  tape: Tape,
  symbol: string,
  part: number,
  prices: Float64Array,
): Simulation {
  const { from, to } = partOf(bars.length, part);
  const end = (bars.time[to - 1] as number) + MINUTE_MS;
  const start = (bars.time[from] as number) - 1;
  const simulation = Simulation.start(benchSession([symbol], start, end, RESTING_CASH), tape);
  simulation.apply({ type: 'OpenAccount', cash: fromFloat(RESTING_CASH) as Money });
  for (const price of prices) {
    const terms = limitBuy(symbol, ONE, fromFloat(price) as Price, null, null);
    const { rejection } = simulation.apply({ type: 'PlaceOrder', account: 0, terms });
    if (rejection !== null) throw new Error(`expected no refusal, found ${rejection.code}`);
  }
  return simulation;
}

export function toTheEnd(simulation: Simulation): readonly SimulationEvent[] {
  return simulation.apply({ type: 'AdvanceClock', target: { to: 'end' } }).events;
}
