/** Orders: place, read, replace, cancel. Each is one command; what comes back is the order as it stands after it. */
import * as z from 'zod';
import type { Order } from '../../engine/orders/order';
import type { SimulationEvent } from '../../engine/simulation/event';
import type { Rejection } from '../../engine/simulation/rejection';
import { orderChangesRequest, orderRequest } from '../../schema/order';
import { flag } from '../../schema/query';
import type { ExecuteResult, SessionHost } from '../../sessions/session-host';
import { multiStatus, noContent, ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import type { Gate } from '../gate';
import { ACCOUNT } from '../session-account';
import { assetsOf, findAsset } from '../session-assets';
import { invalid, notFound } from '../wire/error';
import { answerToRejection } from '../wire/rejection';
import { orderToWire, orderWithLegs } from '../wire/order';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The order that a path names, or what to answer instead. */
function findOrder(host: SessionHost, id: string): Order | Answer {
  if (!UUID.test(id)) return invalid('order_id is missing');
  const order = host.read((simulation) => simulation.orderById(id.toLowerCase()));
  return order ?? notFound(`order not found for ${id}`);
}

const isAnswer = (value: Order | Answer): value is Answer => 'body' in value;

/** Which order it is, and whether its legs are told inside it. */
interface Told {
  readonly ordinal: number;
  readonly isNested: boolean;
}

async function answerWith(gate: Gate, host: SessionHost, { ordinal, isNested }: Told): Promise<Answer> {
  const assets = await assetsOf(host, gate.bars);
  return host.read((simulation) => {
    const order = simulation.order(ordinal);
    if (order === undefined) throw new Error(`expected order ${ordinal} after it was accepted`);
    return ok((isNested ? orderWithLegs : orderToWire)(simulation, assets, order));
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

/** What a client sent is told back whole, legs and all. */
function answerToChange(gate: Gate, host: SessionHost, result: ExecuteResult): Answer | Promise<Answer> {
  if (!result.ok) return answerToRejection(result.rejection, host);
  return answerWith(gate, host, { ordinal: orderMade(result.events), isNested: true });
}

const nestedQuery = { nested: flag };

export const placeOrder = endpoint({
  method: 'POST',
  path: '/v2/orders',
  authorisation: 'own_session',
  body: orderRequest,
  run: async ({ host, gate, body, by }) => {
    const { symbol } = body.terms;
    const asset = findAsset(await assetsOf(host, gate.bars), symbol);
    const terms = { ...body.terms, symbol: asset?.symbol ?? symbol };
    const { positionIntent } = body;
    const result = await host.execute({ type: 'PlaceOrder', account: ACCOUNT, terms, positionIntent }, by());
    return answerToChange(gate, host, result);
  },
});

export const getOrder = endpoint({
  method: 'GET',
  path: '/v2/orders/{order_id}',
  authorisation: 'own_session',
  query: z.object(nestedQuery),
  run: ({ host, gate, params, query }) => {
    const order = findOrder(host, params.order_id ?? '');
    if (isAnswer(order)) return order;
    return answerWith(gate, host, { ordinal: order.ordinal, isNested: query.nested });
  },
});

export const getOrderByClientOrderId = endpoint({
  method: 'GET',
  path: '/v2/orders:by_client_order_id',
  authorisation: 'own_session',
  query: z.object({ ...nestedQuery, client_order_id: z.string('client_order_id is required').min(1) }),
  run: ({ host, gate, query }) => {
    const id = query.client_order_id;
    const order = host.read((simulation) => simulation.orderByClientOrderId(ACCOUNT, id));
    return order === undefined
      ? notFound(`order not found for ${id}`)
      : answerWith(gate, host, { ordinal: order.ordinal, isNested: query.nested });
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
    return answerToChange(gate, host, result);
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
    return result.ok ? noContent : answerToRejection(result.rejection, host);
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
      const isDone = result.ok || isCanceled(result.rejection);
      entries.push({ id, ...(isDone ? { status: 200 } : answerToRejection(result.rejection, host)) });
    }
    return multiStatus(entries);
  },
});

/** By the cancel of another member of its bracket, oco or oto. */
function isCanceled(rejection: Rejection): boolean {
  return rejection.code === 'order_not_cancelable' && rejection.state === 'canceled';
}
