/** Engine values as the browser shows them: decimals as text, times as epoch milliseconds, names instead of ordinals. */
import { sessionClass, tradingDayAt } from '../engine/calendar/trading-day';
import type { Fill, Order } from '../engine/orders/order';
import type { AccountView, PositionView, SimulationView } from '../engine/simulation/view';
import { formatDecimal } from '../engine/units/decimal';
import { averagePrice, BILLION, multiplyDivide } from '../engine/units/fixed-point';
import type { EpochMs } from '../engine/units/time';

const text = (value: bigint | null): string | null => (value === null ? null : formatDecimal(value));

/** Percent with two decimals, or null where the base is nothing. */
function percent(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  const hundredths = multiplyDivide(part, 10_000n, whole, 'half_up');
  return formatDecimal(multiplyDivide(hundredths, BILLION, 100n, 'half_up'));
}

export type MarketPhase = 'pre' | 'open' | 'post' | 'closed';

export function marketPhase(time: EpochMs): MarketPhase {
  const kind = sessionClass(time);
  if (kind === 'regular') return 'open';
  if (kind === 'closed') return 'closed';
  const day = tradingDayAt(time);
  return day !== undefined && time < day.open ? 'pre' : 'post';
}

export function orderRow(simulation: SimulationView, order: Order) {
  return {
    id: simulation.orderId(order.ordinal),
    clientOrderId: simulation.clientOrderId(order),
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    quantity: text(order.quantity),
    notional: text(order.notional),
    limitPrice: text(order.limitPrice),
    /** Of a trailing stop: where its mark from closed bars puts it. */
    stopPrice: text(simulation.trail(order)?.stopPrice ?? order.stopPrice),
    trailPrice: text(order.trailPrice),
    trailPercent: text(order.trailPercent),
    orderClass: order.orderClass,
    filledQuantity: formatDecimal(order.filledQuantity),
    averagePrice:
      order.filledQuantity === 0n
        ? null
        : formatDecimal(averagePrice(order.filledNotional, order.filledQuantity)),
    reserved: formatDecimal(order.reserved),
    status: simulation.statusOf(order),
    isOpen: order.state === 'open' || order.state === 'held',
    isTriggered: order.triggeredAt !== null,
    cancelReason: order.cancelReason,
    acceptedAt: order.acceptedAt,
    updatedAt: order.updatedAt,
    expiresAt: order.expiresAt,
  };
}
export type OrderRow = ReturnType<typeof orderRow>;

export function fillRow(simulation: SimulationView, fill: Fill) {
  return {
    id: simulation.fillId(fill.ordinal),
    orderId: simulation.orderId(fill.order),
    symbol: fill.symbol,
    side: fill.side,
    at: fill.at,
    /** Start of the base bar that it happened in; its own time is that bar's close for what filled inside it. */
    barTime: fill.barTime,
    price: formatDecimal(fill.price),
    quantity: formatDecimal(fill.quantity),
    positionQuantity: formatDecimal(fill.positionQuantity),
    tags: [...fill.tags],
  };
}

export function positionRow(position: PositionView) {
  const unrealized = position.marketValue - position.costBasis;
  return {
    symbol: position.symbol,
    quantity: formatDecimal(position.quantity),
    heldQuantity: formatDecimal(position.heldQuantity),
    averageEntryPrice: formatDecimal(position.averageEntryPrice),
    lastPrice: text(position.lastPrice),
    costBasis: formatDecimal(position.costBasis),
    marketValue: formatDecimal(position.marketValue),
    unrealizedProfit: formatDecimal(unrealized),
    unrealizedPercent: percent(unrealized, position.costBasis),
  };
}

export function accountSummary(account: AccountView) {
  const dayProfit = account.equity - account.lastEquity;
  return {
    cash: formatDecimal(account.cash),
    reserved: formatDecimal(account.reserved),
    buyingPower: formatDecimal(account.buyingPower),
    longMarketValue: formatDecimal(account.longMarketValue),
    equity: formatDecimal(account.equity),
    dayProfit: formatDecimal(dayProfit),
    dayProfitPercent: percent(dayProfit, account.lastEquity),
    realizedProfit: formatDecimal(account.realizedProfit),
    unrealizedProfit: formatDecimal(account.unrealizedProfit),
  };
}
