/** `@alpacahq/alpaca-trade-api` 3.1.3 (REST), pointed at Paddock by its own `baseUrl` and `dataBaseUrl`. */
import Alpaca from 'alpaca-trade-api-3';
import * as z from 'zod';
import type { BotOrder, Broker, Connection, PlacedOrder } from './broker';

// The SDK passes on what it got and types it as anything: it is read like any other input.
const account = z.object({ cash: z.string(), equity: z.string() });
const clock = z.object({ is_open: z.boolean() });
const order = z
  .object({ id: z.string(), client_order_id: z.string(), side: z.string(), type: z.string() })
  .transform(({ client_order_id: clientOrderId, ...rest }): PlacedOrder => ({ ...rest, clientOrderId }));
const positions = z.array(z.object({ symbol: z.string(), qty: z.string() }));
const bar = z.object({ ClosePrice: z.number() });
const fill = z
  .object({ id: z.string(), order_id: z.string(), side: z.string(), price: z.string(), qty: z.string() })
  .transform(({ order_id: orderId, ...rest }) => ({ ...rest, orderId }));

const fee = z.object({ net_amount: z.string() });

export function brokerV3({ origin, keyId, secretKey }: Connection): Broker {
  const alpaca = new Alpaca({ baseUrl: origin, dataBaseUrl: origin, keyId, secretKey, paper: true });
  return {
    name: '@alpacahq/alpaca-trade-api 3',
    account: async () => account.parse(await alpaca.getAccount()),
    isOpen: async () => clock.parse(await alpaca.getClock()).is_open,
    position: async (symbol) => {
      const all = positions.parse(await alpaca.getPositions());
      return all.find((position) => position.symbol === symbol)?.qty ?? null;
    },
    place: async (wanted) => order.parse(await alpaca.createOrder(bodyOf(wanted))),
    openOrders: async () =>
      z.array(order).parse(
        await alpaca.getOrders({
          status: 'open',
          until: undefined,
          after: undefined,
          limit: 500,
          direction: undefined,
          nested: true,
          symbols: undefined,
        }),
      ),
    cancelAll: async () => void (await alpaca.cancelAllOrders()),
    latestClose: async (symbol) => bar.parse(await alpaca.getLatestBar(symbol)).ClosePrice,
    closesSince: async (symbol, start) => {
      const closes: number[] = [];
      const options = { timeframe: '1Min', start: start.toISOString(), pageLimit: 100 };
      for await (const row of alpaca.getBarsV2(symbol, options)) closes.push(bar.parse(row).ClosePrice);
      return closes;
    },
    fillsAfter: async (id) =>
      z.array(fill).parse(
        await alpaca.getAccountActivities({
          activityTypes: ['FILL'],
          direction: 'asc',
          pageToken: id,
          pageSize: undefined,
          until: undefined,
          after: undefined,
          date: undefined,
        }),
      ),
    fees: async () => {
      const rows = await alpaca.getAccountActivities({
        activityTypes: ['FEE'],
        direction: undefined,
        pageToken: undefined,
        pageSize: undefined,
        until: undefined,
        after: undefined,
        date: undefined,
      });
      return z
        .array(fee)
        .parse(rows)
        .map(({ net_amount: amount }) => amount);
    },
  };
}

/** As bots of that version write it: numbers for prices and quantities. */
function bodyOf({ symbol, qty, side, type, timeInForce, clientOrderId, price }: BotOrder) {
  return {
    symbol,
    qty: Number(qty),
    side,
    type,
    time_in_force: timeInForce,
    client_order_id: clientOrderId,
    ...(type === 'limit' ? { limit_price: Number(price) } : {}),
    ...(type === 'stop' ? { stop_price: Number(price) } : {}),
  };
}
