/** Orders: place, read, replace, cancel. Each is one command; what comes back is the order as it stands after it. */
import * as z from 'zod';
import type { Order } from '../../engine/orders/order';
import type { SimulationEvent } from '../../engine/simulation/event';
import { orderChangesRequest, orderRequest } from '../../schema/order';
import type { SessionHost } from '../../sessions/session-host';
import { multiStatus, noContent, ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import type { Gate } from '../gate';
import { ACCOUNT } from '../session-account';
import { assetsOf, findAsset } from '../session-assets';
import { answerToRejection, invalid, notFound } from '../wire/error';
import { orderToWire } from '../wire/order';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The order that a path names, or what to answer instead. */
function findOrder(host: SessionHost, id: string): Order | Answer {
  if (!UUID.test(id)) return invalid('order_id is missing');
  const order = host.read((simulation) => simulation.orderById(id.toLowerCase()));
  return order ?? notFound(`order not found for ${id}`);
}

const isAnswer = (value: Order | Answer): value is Answer => 'body' in value;

async function answerWith(gate: Gate, host: SessionHost, ordinal: number): Promise<Answer> {
  const assets = await assetsOf(host, gate.bars);
  return host.read((simulation) => {
    const order = simulation.order(ordinal);
    if (order === undefined) throw new Error(`expected order ${ordinal} after it was accepted`);
    return ok(orderToWire(simulation, assets, order));
  });
}

/** The order that a command made: accepted, or taking another's place. */
function orderMade(events: readonly SimulationEvent[]): number {
  for (const event of events) {
    if (event.type === 'OrderAccepted') return event.order;
    if (event.type === 'OrderReplaced') return event.by;
  }
  throw new Error('expected the events of an accepted order to hold it');
}

export const placeOrder = endpoint({
  method: 'POST',
  path: '/v2/orders',
  authorisation: 'own_session',
  body: orderRequest,
  run: async ({ host, gate, body, by }) => {
    const asset = findAsset(await assetsOf(host, gate.bars), body.symbol);
    const terms = { ...body, symbol: asset?.symbol ?? body.symbol };
    const result = await host.execute({ type: 'PlaceOrder', account: ACCOUNT, terms }, by());
    return result.ok ? answerWith(gate, host, orderMade(result.events)) : answerToRejection(result.rejection);
  },
});

export const getOrder = endpoint({
  method: 'GET',
  path: '/v2/orders/{order_id}',
  authorisation: 'own_session',
  run: ({ host, gate, params }) => {
    const order = findOrder(host, params.order_id ?? '');
    return isAnswer(order) ? order : answerWith(gate, host, order.ordinal);
  },
});

export const getOrderByClientOrderId = endpoint({
  method: 'GET',
  path: '/v2/orders:by_client_order_id',
  authorisation: 'own_session',
  query: z.object({ client_order_id: z.string('client_order_id is required').min(1) }),
  run: ({ host, gate, query }) => {
    const id = query.client_order_id;
    const order = host.read((simulation) => simulation.orderByClientOrderId(ACCOUNT, id));
    return order === undefined
      ? notFound(`order not found for ${id}`)
      : answerWith(gate, host, order.ordinal);
  },
});

export const replaceOrder = endpoint({
  method: 'PATCH',
  path: '/v2/orders/{order_id}',
  authorisation: 'own_session',
  body: orderChangesRequest,
  run: async ({ host, gate, params, body: changes, by }) => {
    const order = findOrder(host, params.order_id ?? '');
    if (isAnswer(order)) return order;
    const result = await host.execute(
      { type: 'ReplaceOrder', account: ACCOUNT, order: order.ordinal, changes },
      by(),
    );
    return result.ok ? answerWith(gate, host, orderMade(result.events)) : answerToRejection(result.rejection);
  },
});

export const cancelOrder = endpoint({
  method: 'DELETE',
  path: '/v2/orders/{order_id}',
  authorisation: 'own_session',
  run: async ({ host, params, by }) => {
    const order = findOrder(host, params.order_id ?? '');
    if (isAnswer(order)) return order;
    const result = await host.execute({ type: 'CancelOrder', account: ACCOUNT, order: order.ordinal }, by());
    return result.ok ? noContent : answerToRejection(result.rejection);
  },
});

export const cancelAllOrders = endpoint({
  method: 'DELETE',
  path: '/v2/orders',
  authorisation: 'own_session',
  run: async ({ host, by }) => {
    const open = host.read((simulation) =>
      simulation.openOrders(ACCOUNT).map(({ ordinal }) => ({ ordinal, id: simulation.orderId(ordinal) })),
    );
    const entries: unknown[] = [];
    for (const { ordinal, id } of open) {
      const result = await host.execute({ type: 'CancelOrder', account: ACCOUNT, order: ordinal }, by(id));
      entries.push({ id, ...(result.ok ? { status: 200 } : answerToRejection(result.rejection)) });
    }
    return multiStatus(entries);
  },
});
