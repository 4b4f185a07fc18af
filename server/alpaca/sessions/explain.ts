/** `GET /v1/sessions/{id}/orders/{order_id}/explain`: why an order filled or did not, over any span of its life. */
import * as z from 'zod';
import { dateOrInstant, firstInstant, lastInstant } from '../../schema/instant';
import { given, wholeNumber } from '../../schema/query';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { invalid, notFound } from '../wire/error';
import { explanationToWire } from '../wire/explanation';

const SPANS_MAX = 1_000;

const explainQuery = z
  .object({
    from: given(dateOrInstant).optional(),
    to: given(dateOrInstant).optional(),
    limit: wholeNumber(1, SPANS_MAX, SPANS_MAX),
  })
  .transform(({ from, to, limit }) => ({
    from: from ? firstInstant(from) : undefined,
    to: to ? lastInstant(to) : undefined,
    limit,
  }));

export const explainOrder = endpoint({
  method: 'GET',
  path: '/v1/sessions/{session_id}/orders/{order_id}/explain',
  authorisation: 'named_session',
  query: explainQuery,
  run: ({ host, params, query: { from, to, limit } }) => {
    if (from !== undefined && to !== undefined && to < from) return invalid('to: expected a time after from');
    // The id that we gave, or the client's own.
    const id = params.order_id ?? '';
    return host.read((simulation) => {
      const order = simulation.orderById(id.toLowerCase()) ?? simulation.orderByClientOrderId(ACCOUNT, id);
      const explanation = order && simulation.explain(order.ordinal, from, to);
      if (order === undefined || explanation === undefined) return notFound(`order not found for ${id}`);
      return ok(explanationToWire(simulation, { order, explanation, limit }));
    });
  },
});
