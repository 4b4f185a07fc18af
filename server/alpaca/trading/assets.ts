/** `GET /v2/assets`: what the session can trade. Symbols outside it do not exist for it. */
import * as z from 'zod';
import { choice, list } from '../../schema/query';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { assetsOf, findAsset } from '../session-assets';
import { assetToWire } from '../wire/asset';
import { notFound } from '../wire/error';

const EXCHANGES = ['AMEX', 'ARCA', 'BATS', 'NYSE', 'NASDAQ', 'NYSEARCA', 'OTC', 'CRYPTO', ''] as const;

const assetsQuery = z.object({
  status: choice(['active', 'inactive', 'all'], 'all'),
  asset_class: list,
  exchange: choice(EXCHANGES, ''),
  attributes: list,
});

export const listAssets = endpoint({
  method: 'GET',
  path: '/v2/assets',
  authorisation: 'own_session',
  query: assetsQuery,
  run: async ({ host, gate, query }) => {
    const assets = [...(await assetsOf(host, gate.bars)).values()].map(assetToWire);
    const { status, asset_class: classes, exchange, attributes } = query;
    return ok(
      assets.filter(
        (asset) =>
          status !== 'inactive' &&
          (classes === null || classes.includes(asset.class)) &&
          (exchange === '' || asset.exchange === exchange) &&
          // No asset of ours has any of Alpaca's attributes.
          attributes === null,
      ),
    );
  },
});

export const getAsset = endpoint({
  method: 'GET',
  path: '/v2/assets/{symbol_or_asset_id*}',
  authorisation: 'own_session',
  run: async ({ host, gate, params }) => {
    const name = params.symbol_or_asset_id ?? '';
    const asset = findAsset(await assetsOf(host, gate.bars), name);
    return asset === undefined ? notFound(`asset not found for ${name}`) : ok(assetToWire(asset));
  },
});
