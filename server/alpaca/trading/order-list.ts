/** `GET /v2/orders` with all its filters (contract README, section 3.5). Times are simulated times. */
import * as z from 'zod';
import { SIDES, type Order, type Side } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { dateOrInstant, firstInstant, lastInstant } from '../../schema/instant';
import { choice, flag, given, list, wholeNumber } from '../../schema/query';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { assetsOf } from '../session-assets';
import { invalid } from '../wire/error';
import { orderToWire, orderWithLegs } from '../wire/order';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 500;

const ordersQuery = z
  .object({
    status: choice(['open', 'closed', 'all'], 'open'),
    limit: wholeNumber(1, LIMIT_MAX, LIMIT_DEFAULT),
    after: given(dateOrInstant).optional(),
    until: given(dateOrInstant).optional(),
    direction: choice(['asc', 'desc'], 'desc'),
    nested: flag,
    symbols: list,
    side: given(z.enum(SIDES, `expected ${SIDES.join(' or ')}`)).optional(),
    asset_class: list,
    before_order_id: given(z.string()).optional(),
    after_order_id: given(z.string()).optional(),
  })
  .transform((query) => ({
    status: query.status,
    limit: query.limit,
    direction: query.direction,
    isNested: query.nested,
    symbols: query.symbols,
    side: query.side ?? null,
    assetClasses: query.asset_class,
    // Both ends are exclusive; between two milliseconds the nearer one outside counts.
    after: query.after ? lastBefore(query.after) : null,
    until: query.until ? firstAfter(query.until) : null,
    beforeOrderId: query.before_order_id ?? null,
    afterOrderId: query.after_order_id ?? null,
  }));
type OrdersQuery = z.output<typeof ordersQuery>;

type Moment = z.output<typeof dateOrInstant>;
const lastBefore = (value: Moment): number => ('date' in value ? firstInstant(value) : lastInstant(value));
const firstAfter = (value: Moment): number => firstInstant(value);

interface Bounds {
  readonly after: number;
  readonly before: number;
}

/** Ordinals between which the wanted orders lie; null when an id names no order. */
function boundsOf(simulation: SimulationView, query: OrdersQuery): Bounds | null {
  const after =
    query.afterOrderId === null ? -1 : simulation.orderById(query.afterOrderId.toLowerCase())?.ordinal;
  const before =
    query.beforeOrderId === null
      ? Number.MAX_SAFE_INTEGER
      : simulation.orderById(query.beforeOrderId.toLowerCase())?.ordinal;
  return after === undefined || before === undefined ? null : { after, before };
}

const isAlive = ({ state }: Order): boolean => state === 'open' || state === 'held';

function isWanted(query: OrdersQuery, bounds: Bounds, order: Order): boolean {
  if (query.status !== 'all' && (query.status === 'open') !== isAlive(order)) return false;
  if (query.after !== null && order.acceptedAt <= query.after) return false;
  if (query.until !== null && order.acceptedAt >= query.until) return false;
  if (order.ordinal <= bounds.after || order.ordinal >= bounds.before) return false;
  if (query.side !== null && order.side !== (query.side satisfies Side)) return false;
  return query.symbols === null || query.symbols.includes(order.symbol);
}

/** A leg that is told inside its parent, which is wanted too. */
function isInside(simulation: SimulationView, query: OrdersQuery, bounds: Bounds, leg: Order): boolean {
  const parent = leg.parent === null ? undefined : simulation.order(leg.parent);
  return parent?.legs.includes(leg.ordinal) === true && isWanted(query, bounds, parent);
}

/** At most `limit` orders, looked at from the wanted end, so that a long history costs no more than its page. */
function select(simulation: SimulationView, query: OrdersQuery, bounds: Bounds): Order[] {
  if (query.assetClasses !== null && !query.assetClasses.includes('us_equity')) return [];
  const orders = query.status === 'open' ? simulation.openOrders(ACCOUNT) : simulation.orders(ACCOUNT);
  const found: Order[] = [];
  for (let index = 0; index < orders.length && found.length < query.limit; index++) {
    const order = orders[query.direction === 'asc' ? index : orders.length - 1 - index];
    if (order === undefined || !isWanted(query, bounds, order)) continue;
    if (!query.isNested || !isInside(simulation, query, bounds, order)) found.push(order);
  }
  return found;
}

function conflict(query: OrdersQuery): string | null {
  const byId = [query.beforeOrderId, query.afterOrderId].filter((id) => id !== null).length;
  if (byId === 2) return 'only one of before_order_id or after_order_id is accepted';
  const byTime = query.after !== null || query.until !== null;
  return byId === 1 && byTime ? 'before_order_id and after_order_id exclude after and until' : null;
}

export const listOrders = endpoint({
  method: 'GET',
  path: '/v2/orders',
  authorisation: 'own_session',
  query: ordersQuery,
  run: async ({ host, gate, query }) => {
    const message = conflict(query);
    if (message !== null) return invalid(message);
    const assets = await assetsOf(host, gate.bars);
    return host.read((simulation) => {
      const bounds = boundsOf(simulation, query);
      if (bounds === null) return invalid('order_id is not known');
      const toWire = query.isNested ? orderWithLegs : orderToWire;
      return ok(select(simulation, query, bounds).map((order) => toWire(simulation, assets, order)));
    });
  },
});
