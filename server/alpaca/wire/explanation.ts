/** Why an order filled or did not, as the control plane writes it: our own shape in Alpaca's style. */
import type { ExplanationSpan, Explanation, NearestMiss } from '../../engine/simulation/explain/explanation';
import type { Order } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import { instant } from './instant';

export interface ExplanationPage {
  readonly order: Order;
  readonly explanation: Explanation;
  /** Spans told at once. */
  readonly limit: number;
}

/** Many small fills of one order; the log has them all. */
const FILLS_MAX = 1_000;

export function explanationToWire(
  simulation: SimulationView,
  { order, explanation, limit }: ExplanationPage,
) {
  const { spans, fills } = explanation;
  const next = spans[limit];
  return {
    order_id: simulation.orderId(order.ordinal),
    client_order_id: simulation.clientOrderId(order),
    symbol: explanation.symbol,
    side: explanation.side,
    status: simulation.statusOf(order),
    code: explanation.code,
    sentence: explanation.sentence,
    from: instant(explanation.from),
    to: instant(explanation.to),
    nearest: nearestToWire(explanation.nearest),
    spans: spans.slice(0, limit).map(spanToWire),
    // What to ask with as `from` for the spans that are left; null when these are all.
    next_from: next === undefined ? null : instant(next.from),
    fills: fills.slice(0, FILLS_MAX).map(({ at, barTime, price, quantity, tags }) => ({
      at: instant(at),
      bar_time: instant(barTime),
      price: formatDecimal(price),
      qty: formatDecimal(quantity),
      tags,
    })),
    warnings: explanation.warnings,
  };
}

function spanToWire({ code, from, to, bars, missing, nearest, cause }: ExplanationSpan) {
  const span = { code, from: instant(from), to: instant(to), bars, missing };
  return { ...span, nearest: nearestToWire(nearest), cause };
}

function nearestToWire(nearest: NearestMiss | null) {
  if (nearest === null) return null;
  const { time, price, wanted, distance } = nearest;
  return {
    time: instant(time),
    price: formatDecimal(price),
    wanted: formatDecimal(wanted),
    distance: formatDecimal(distance),
  };
}
