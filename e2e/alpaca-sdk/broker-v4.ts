/** `@alpacahq/alpaca-trade-api` 4.x, pointed at Paddock by its own `basePath`. */
import { marketData, trading } from '@alpacahq/alpaca-trade-api';
import * as z from 'zod';
import type { BotFill, BotOrder, Broker, Connection, PlacedOrder } from './broker';

const fillRows = z.array(
  z.object({ id: z.string(), order_id: z.string(), side: z.string(), price: z.string(), qty: z.string() }),
);

const feeRows = z.array(z.object({ net_amount: z.string() }));

const text = z.string();

function placedOrder(order: trading.Order): PlacedOrder {
  return {
    id: text.parse(order.id),
    clientOrderId: text.parse(order.clientOrderId),
    side: text.parse(order.side),
    type: text.parse(order.type),
  };
}

export function brokerV4({ origin, keyId, secretKey }: Connection): Broker {
  const credentials = { basePath: origin, keyId, secret: secretKey };
  const configuration = new trading.Configuration(credentials);
  const accounts = new trading.AccountsApi(configuration);
  const activities = new trading.AccountActivitiesApi(configuration);
  const clock = new trading.ClockApi(configuration);
  const orders = new trading.OrdersApi(configuration);
  const positions = new trading.PositionsApi(configuration);
  const stocks = new marketData.StockApi(new marketData.Configuration(credentials));

  return {
    name: '@alpacahq/alpaca-trade-api 4',
    account: async () => {
      const { cash, equity } = await accounts.getAccount();
      return { cash: text.parse(cash), equity: text.parse(equity) };
    },
    isOpen: async () => (await clock.legacyClock()).isOpen,
    position: async (symbol) => {
      const all = await positions.getAllOpenPositions();
      const held = all.find((position) => position.symbol === symbol);
      if (held === undefined) return null;
      return (await positions.getOpenPosition({ symbolOrAssetId: symbol })).qty;
    },
    place: async (order) => placedOrder(await orders.postOrder({ postOrderRequest: requestOf(order) })),
    openOrders: async () => (await orders.getAllOrders({ status: 'open', nested: true })).map(placedOrder),
    cancelAll: async () => void (await orders.deleteAllOrders()),
    latestClose: async (symbol) => (await stocks.stockLatestBarSingle({ symbol, feed: 'iex' })).bar.c,
    closesSince: async (symbol, start) => {
      const closes: number[] = [];
      let pageToken: string | undefined;
      do {
        const page = await stocks.stockBars({
          symbols: symbol,
          timeframe: '1Min',
          start,
          limit: 100,
          pageToken,
        });
        closes.push(...(page.bars[symbol] ?? []).map((bar) => bar.c));
        pageToken = page.nextPageToken ?? undefined;
      } while (pageToken !== undefined);
      return closes;
    },
    fillsAfter: async (id): Promise<BotFill[]> => {
      // The SDK's model of this union drops what only fills have, so the rows are taken as they came.
      const answer = await activities.getAccountActivitiesByActivityTypeRaw({
        activityType: 'FILL',
        direction: 'asc',
        pageToken: id ?? undefined,
      });
      const rows = fillRows.parse(await answer.raw.json());
      return rows.map(({ order_id: orderId, ...row }) => ({ ...row, orderId }));
    },
    fees: async () => {
      const answer = await activities.getAccountActivitiesByActivityTypeRaw({ activityType: 'FEE' });
      return feeRows.parse(await answer.raw.json()).map(({ net_amount: amount }) => amount);
    },
  };
}

function requestOf(order: BotOrder): trading.PostOrderRequest {
  const { symbol, qty, side, type, timeInForce, clientOrderId, price } = order;
  return {
    symbol,
    qty,
    side,
    type,
    timeInForce,
    clientOrderId,
    ...(type === 'limit' ? { limitPrice: price } : {}),
    ...(type === 'stop' ? { stopPrice: price } : {}),
  };
}
