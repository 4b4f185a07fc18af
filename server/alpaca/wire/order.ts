/** An order as Alpaca writes it (contract README, section 7): all fields, decimals as strings. */
import type { Order } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import { averagePrice } from '../../engine/units/fixed-point';
import { positionIntentOf } from '../../schema/order';
import type { AssetsBySymbol } from '../session-assets';
import { instant, instantOrNull } from './instant';

const decimalOrNull = (value: bigint | null): string | null => (value === null ? null : formatDecimal(value));

export function orderToWire(simulation: SimulationView, assets: AssetsBySymbol, order: Order) {
  const accepted = instant(order.acceptedAt);
  const idOrNull = (ordinal: number | null): string | null =>
    ordinal === null ? null : simulation.orderId(ordinal);
  return {
    id: simulation.orderId(order.ordinal),
    client_order_id: simulation.clientOrderId(order),
    created_at: accepted,
    updated_at: instant(order.updatedAt),
    submitted_at: accepted,
    filled_at: instantOrNull(order.filledAt),
    expired_at: instantOrNull(order.expiredAt),
    // Absent where there is none: the published schema allows no null here.
    ...(order.expiresAt === null ? {} : { expires_at: instant(order.expiresAt) }),
    cancel_requested_at: null,
    canceled_at: instantOrNull(order.canceledAt),
    failed_at: null,
    replaced_at: instantOrNull(order.replacedAt),
    replaced_by: idOrNull(order.replacedBy),
    replaces: idOrNull(order.replaces),
    asset_id: assets.get(order.symbol)?.id,
    symbol: order.symbol,
    asset_class: 'us_equity',
    notional: decimalOrNull(order.notional),
    qty: decimalOrNull(order.quantity),
    filled_qty: formatDecimal(order.filledQuantity),
    filled_avg_price: filledAveragePrice(order),
    // Simple orders of stocks say nothing here (README, section 0.1, row 5).
    order_class: '',
    order_type: order.type,
    type: order.type,
    side: order.side,
    position_intent: positionIntentOf(order.side),
    time_in_force: order.timeInForce,
    limit_price: decimalOrNull(order.limitPrice),
    stop_price: decimalOrNull(order.stopPrice),
    status: simulation.statusOf(order),
    extended_hours: false,
    legs: null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    ratio_qty: null,
    subtag: null,
    source: null,
  };
}

function filledAveragePrice(order: Order): string | null {
  if (order.filledQuantity === 0n) return null;
  return formatDecimal(averagePrice(order.filledNotional, order.filledQuantity));
}
