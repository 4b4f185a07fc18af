/** A fill as an account activity. Its id sorts by time and is what the next page is asked for with. */
import type { Fill } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import { instant, newYorkDigits } from './instant';

export function activityId(simulation: SimulationView, fill: Fill): string {
  return `${newYorkDigits(fill.at)}::${simulation.fillId(fill.ordinal)}`;
}

export function fillToWire(simulation: SimulationView, fill: Fill) {
  const isLast = fill.leavesQuantity === 0n;
  return {
    id: activityId(simulation, fill),
    account_id: simulation.accountId(fill.account),
    activity_type: 'FILL',
    transaction_time: instant(fill.at),
    type: isLast ? 'fill' : 'partial_fill',
    price: formatDecimal(fill.price),
    qty: formatDecimal(fill.quantity),
    side: fill.side,
    symbol: fill.symbol,
    leaves_qty: formatDecimal(fill.leavesQuantity),
    order_id: simulation.orderId(fill.order),
    cum_qty: formatDecimal(fill.cumQuantity),
    order_status: isLast ? 'filled' : 'partially_filled',
  };
}
