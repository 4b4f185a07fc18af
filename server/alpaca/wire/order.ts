/** An order as Alpaca writes it (contract README, section 7): all fields, decimals as strings. */
import type { Order } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import { averagePrice } from '../../engine/units/fixed-point';
import type { AssetsBySymbol } from '../session-assets';
import { instant, instantOrNull } from './instant';

const decimalOrNull = (value: bigint | null): string | null => (value === null ? null : formatDecimal(value));

/** By itself: members of a bracket, oco or oto are told one by one. */
export function orderToWire(simulation: SimulationView, assets: AssetsBySymbol, order: Order) {
  return { ...fieldsOf(simulation, assets, order), legs: null };
}

/** With the legs that are its own now inside it. */
export function orderWithLegs(simulation: SimulationView, assets: AssetsBySymbol, order: Order) {
  const legs = order.legs.flatMap((ordinal) => {
    const leg = simulation.order(ordinal);
    // A parent that was replaced has handed its legs on.
    return leg?.parent === order.ordinal ? [orderToWire(simulation, assets, leg)] : [];
  });
  return { ...fieldsOf(simulation, assets, order), legs: legs.length === 0 ? null : legs };
}

function fieldsOf(simulation: SimulationView, assets: AssetsBySymbol, order: Order) {
  const accepted = instant(order.acceptedAt);
  const trail = simulation.trail(order);
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
    order_class: order.orderClass === 'simple' ? '' : order.orderClass,
    order_type: order.type,
    type: order.type,
    side: order.side,
    position_intent: order.positionIntent,
    time_in_force: order.timeInForce,
    limit_price: decimalOrNull(order.limitPrice),
    // A trailing stop's price follows its high-water mark.
    stop_price: decimalOrNull(trail?.stopPrice ?? order.stopPrice),
    status: simulation.statusOf(order),
    extended_hours: order.extendedHours,
    trail_percent: decimalOrNull(order.trailPercent),
    trail_price: decimalOrNull(order.trailPrice),
    hwm: decimalOrNull(trail?.highWaterMark ?? null),
    ratio_qty: null,
    subtag: null,
    source: null,
  };
}

function filledAveragePrice(order: Order): string | null {
  if (order.filledQuantity === 0n) return null;
  return formatDecimal(averagePrice(order.filledNotional, order.filledQuantity));
}
