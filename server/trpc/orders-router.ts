/** Orders of the account: place, cancel, list. */
import { TRPCError } from '@trpc/server';
import * as z from 'zod';
import { orderRequest } from '../schema/order';
import type { SessionHost } from '../sessions/session-host';
import { router, sessionProcedure } from './procedure';
import { accepted } from './refusal';
import { orderRow, type OrderRow } from './view';
import { WORKBENCH_ACCOUNT, WORKBENCH_ACTOR } from './workbench-actor';

const ORDERS_MAX = 500;

const listInput = z.object({
  status: z.enum(['open', 'all']).default('all'),
  limit: z.int().min(1).max(ORDERS_MAX).default(ORDERS_MAX),
});
const placeInput = z.object({ order: orderRequest });
const cancelInput = z.object({ orderId: z.uuid('expected the id of an order') });

function rowById(host: SessionHost, id: string): OrderRow {
  return host.read((simulation) => {
    const order = simulation.orderById(id);
    if (order === undefined || order.account !== WORKBENCH_ACCOUNT) {
      throw new TRPCError({ code: 'NOT_FOUND', message: `There is no order ${id} in this session.` });
    }
    return orderRow(simulation, order);
  });
}

export const ordersRouter = router({
  /** Newest first. */
  list: sessionProcedure.input(listInput).query(({ ctx, input }) =>
    ctx.host.read((simulation) => {
      const orders =
        input.status === 'open'
          ? simulation.openOrders(WORKBENCH_ACCOUNT)
          : simulation.orders(WORKBENCH_ACCOUNT);
      return orders
        .slice(-input.limit)
        .reverse()
        .map((order) => orderRow(simulation, order));
    }),
  ),

  /** The browser makes the client order id; sent again after a lost answer, the order is placed once. */
  place: sessionProcedure.input(placeInput).mutation(async ({ ctx, input: { order } }) => {
    const { terms, positionIntent } = order;
    const commandId = terms.clientOrderId === null ? undefined : `place:${terms.clientOrderId}`;
    const command = { type: 'PlaceOrder', account: WORKBENCH_ACCOUNT, terms, positionIntent } as const;
    const { events } = accepted(await ctx.host.execute(command, { actor: WORKBENCH_ACTOR, commandId }));
    const acceptance = events.find((event) => event.type === 'OrderAccepted');
    if (acceptance === undefined) throw new Error('expected an accepted order among the events, found none');
    return rowById(
      ctx.host,
      ctx.host.read((simulation) => simulation.orderId(acceptance.order)),
    );
  }),

  cancel: sessionProcedure.input(cancelInput).mutation(async ({ ctx, input }) => {
    const order = ctx.host.read((simulation) => {
      const found = simulation.orderById(input.orderId);
      return found?.account === WORKBENCH_ACCOUNT ? found.ordinal : null;
    });
    if (order === null) return rowById(ctx.host, input.orderId);
    const command = { type: 'CancelOrder', account: WORKBENCH_ACCOUNT, order } as const;
    accepted(await ctx.host.execute(command, { actor: WORKBENCH_ACTOR }));
    return rowById(ctx.host, input.orderId);
  }),
});
