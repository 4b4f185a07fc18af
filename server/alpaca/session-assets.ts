/** The assets that a session may trade and read, by symbol: read once for as long as its host lives. */
import type { Asset, BarLibrary } from '../sessions/bar-library';
import type { SessionHost } from '../sessions/session-host';

export type AssetsBySymbol = ReadonlyMap<string, Asset>;

const known = new WeakMap<SessionHost, Promise<AssetsBySymbol>>();

export function assetsOf(host: SessionHost, bars: BarLibrary): Promise<AssetsBySymbol> {
  const loading = known.get(host);
  if (loading !== undefined) return loading;
  const fresh = load(host, bars);
  known.set(host, fresh);
  // A failure is not kept: the next request tries again.
  fresh.catch(() => known.delete(host));
  return fresh;
}

async function load(host: SessionHost, bars: BarLibrary): Promise<AssetsBySymbol> {
  const assets = new Map<string, Asset>();
  for (const { symbol } of host.record.configuration.instruments) {
    const asset = await bars.asset(symbol);
    if (asset === null)
      throw new Error(`expected an asset for ${symbol}, a symbol of session ${host.record.id}`);
    assets.set(symbol, asset);
  }
  return assets;
}

/** By symbol, whatever its case, or by asset id. */
export function findAsset(assets: AssetsBySymbol, symbolOrId: string): Asset | undefined {
  const bySymbol = assets.get(symbolOrId) ?? assets.get(symbolOrId.toUpperCase());
  if (bySymbol !== undefined) return bySymbol;
  const id = symbolOrId.toLowerCase();
  return [...assets.values()].find((asset) => asset.id === id);
}
