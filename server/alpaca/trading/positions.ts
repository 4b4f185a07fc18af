/** Positions: read them, close one whole or in part, close all. */
import * as z from 'zod';
import type { ClosePosition } from '../../engine/simulation/command';
import { closeRequest } from '../../schema/order';
import { flag } from '../../schema/query';
import type { By, SessionHost } from '../../sessions/session-host';
import { multiStatus, ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { assetsOf, findAsset, type AssetsBySymbol } from '../session-assets';
import { notFound } from '../wire/error';
import { answerToRejection } from '../wire/rejection';
import { orderToWire } from '../wire/order';
import { positionToWire } from '../wire/position';

const NO_POSITION = notFound('position does not exist');

export const listPositions = endpoint({
  method: 'GET',
  path: '/v2/positions',
  authorisation: 'own_session',
  run: async ({ host, gate }) => {
    const assets = await assetsOf(host, gate.bars);
    return host.read((simulation) =>
      ok(
        simulation.positions(ACCOUNT).flatMap((position) => {
          const asset = assets.get(position.symbol);
          return asset === undefined ? [] : [positionToWire(position, asset)];
        }),
      ),
    );
  },
});

export const getPosition = endpoint({
  method: 'GET',
  path: '/v2/positions/{symbol_or_asset_id*}',
  authorisation: 'own_session',
  run: async ({ host, gate, params }) => {
    const assets = await assetsOf(host, gate.bars);
    const asset = findAsset(assets, params.symbol_or_asset_id ?? '');
    if (asset === undefined) return NO_POSITION;
    const position = host.read((simulation) => simulation.position(ACCOUNT, asset.symbol));
    return position === undefined ? NO_POSITION : ok(positionToWire(position, asset));
  },
});

interface Closing {
  readonly host: SessionHost;
  readonly assets: AssetsBySymbol;
  readonly symbol: string;
  readonly amount: ClosePosition['amount'];
  readonly by: By;
}

async function close({ host, assets, symbol, amount, by }: Closing): Promise<Answer> {
  const result = await host.execute({ type: 'ClosePosition', account: ACCOUNT, symbol, amount }, by);
  if (!result.ok) return answerToRejection(result.rejection, host);
  return host.read((simulation) => {
    const accepted = result.events.find((event) => event.type === 'OrderAccepted');
    const order = accepted === undefined ? undefined : simulation.order(accepted.order);
    if (order === undefined) throw new Error('expected the events of a closing to hold its order');
    return ok(orderToWire(simulation, assets, order));
  });
}

export const closePosition = endpoint({
  method: 'DELETE',
  path: '/v2/positions/{symbol_or_asset_id*}',
  authorisation: 'own_session',
  query: closeRequest,
  run: async ({ host, gate, params, query: amount, by }) => {
    const assets = await assetsOf(host, gate.bars);
    const asset = findAsset(assets, params.symbol_or_asset_id ?? '');
    return asset === undefined
      ? NO_POSITION
      : close({ host, assets, symbol: asset.symbol, amount, by: by() });
  },
});

export const closeAllPositions = endpoint({
  method: 'DELETE',
  path: '/v2/positions',
  authorisation: 'own_session',
  query: z.object({ cancel_orders: flag }),
  run: async ({ host, gate, query, by }) => {
    const assets = await assetsOf(host, gate.bars);
    const open = query.cancel_orders ? host.read((simulation) => simulation.openOrders(ACCOUNT)) : [];
    for (const { ordinal } of open) {
      await host.execute({ type: 'CancelOrder', account: ACCOUNT, order: ordinal }, by(`cancel/${ordinal}`));
    }
    const symbols = host.read((simulation) => simulation.positions(ACCOUNT).map(({ symbol }) => symbol));
    const entries: unknown[] = [];
    for (const symbol of symbols) {
      const answer = await close({ host, assets, symbol, amount: 'all', by: by(`close/${symbol}`) });
      entries.push({ symbol, ...answer });
    }
    return multiStatus(entries);
  },
});
