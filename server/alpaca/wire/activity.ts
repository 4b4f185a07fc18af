/** Account activities, fills and others. Their ids sort by time and are what the next page is asked for with. */
import type { Fill } from '../../engine/orders/order';
import type { CashActivity, CashPosting } from '../../engine/simulation/event';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import { instant, newYorkDigits } from './instant';

export function fillActivityId(simulation: SimulationView, fill: Fill): string {
  return `${newYorkDigits(fill.at)}::${simulation.fillId(fill.ordinal)}`;
}

export function fillToWire(simulation: SimulationView, fill: Fill) {
  return {
    id: fillActivityId(simulation, fill),
    account_id: simulation.accountId(fill.account),
    activity_type: 'FILL',
    transaction_time: instant(fill.at),
    type: fill.isLast ? 'fill' : 'partial_fill',
    price: formatDecimal(fill.price),
    qty: formatDecimal(fill.quantity),
    side: sideOf(simulation, fill),
    symbol: fill.symbol,
    leaves_qty: formatDecimal(fill.leavesQuantity),
    order_id: simulation.orderId(fill.order),
    cum_qty: formatDecimal(fill.cumQuantity),
    order_status: fill.isLast ? 'filled' : 'partially_filled',
  };
}

/** Sales that open a short say so. */
function sideOf(simulation: SimulationView, { order, side }: Fill): string {
  return simulation.order(order)?.positionIntent === 'sell_to_open' ? 'sell_short' : side;
}

/** Dated rows: no time of day in the id. */
export function postingActivityId(simulation: SimulationView, posting: CashPosting): string {
  return `${posting.date.replaceAll('-', '')}000000000::${simulation.activityId(posting.ordinal)}`;
}

const SUB_TYPES: Partial<Record<CashActivity, string>> = { DIV: 'CDIV' };

/** What regulators charge says by its description which of them it is. */
function subTypeOf({ activityType, description }: CashPosting): string | undefined {
  if (activityType !== 'FEE') return SUB_TYPES[activityType];
  return /^(REG|TAF)\b/.exec(description)?.[0];
}

export function postingToWire(simulation: SimulationView, posting: CashPosting) {
  const { symbol, quantity, perShareAmount } = posting;
  const subType = subTypeOf(posting);
  return {
    id: postingActivityId(simulation, posting),
    account_id: simulation.accountId(posting.account),
    activity_type: posting.activityType,
    // Absent where there is none: the published schema allows no nulls here.
    ...(subType === undefined ? {} : { activity_sub_type: subType }),
    date: posting.date,
    net_amount: formatDecimal(posting.amount),
    description: posting.description,
    ...(symbol === null ? {} : { symbol }),
    ...(quantity === null ? {} : { qty: formatDecimal(quantity) }),
    ...(perShareAmount === null ? {} : { per_share_amount: formatDecimal(perShareAmount) }),
    status: 'executed',
    created_at: instant(posting.at),
    currency: 'USD',
  };
}
