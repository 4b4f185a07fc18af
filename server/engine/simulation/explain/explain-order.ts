/** Gathers what the explanation of an order needs from a running simulation. */
import type { TrailMarks } from '../../matching/trail-marks';
import type { Tape } from '../../market/tape';
import type { Order } from '../../orders/order';
import type { EpochMs } from '../../units/time';
import type { SimulationConfiguration } from '../configuration';
import type { SimulationState } from '../state';
import { explain } from './explain';
import type { Explanation } from './explanation';

export function explainOrder(
  policies: SimulationConfiguration,
  state: SimulationState,
  tape: Tape,
  marks: TrailMarks,
  order: Order,
  from?: EpochMs,
  to?: EpochMs,
): Explanation {
  const symbol = tape.of(order.symbol);
  const parent = order.parent === null || order.orderClass === 'oco' ? null : state.order(order.parent);
  const terms = {
    policies,
    now: state.now,
    tape: symbol,
    fills: state.fillsOf(order.ordinal),
    liveFrom: parent === null ? null : (parent.filledAt ?? Infinity),
    markBefore: (index: number) => (symbol === undefined ? null : marks.before(order, symbol, index)),
    leavesUnprotected: isLeftUnprotected(state, order),
  };
  return explain(order, terms, from, to);
}

/** A parent that ended partly filled took its exits along, and its shares stayed. */
function isLeftUnprotected(state: SimulationState, order: Order): boolean {
  const isEnded = order.state === 'canceled' || order.state === 'expired';
  const hadExits = order.legs.length > 0 && order.orderClass !== 'oco';
  return isEnded && hadExits && order.filledQuantity > 0n && order.legs.every((leg) => !isFilled(state, leg));
}

function isFilled(state: SimulationState, ordinal: number): boolean {
  return state.order(ordinal).filledQuantity > 0n;
}
