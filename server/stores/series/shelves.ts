/** What is loaded, as of one moment: assets, and what there is of each series. */
import type { Asset } from '../../sessions/bar-library';
import type { SeriesCoverage } from '../../sessions/series-coverage';
import type { Catalogue } from '../catalogue/catalogue';
import type { Asset as AssetRow, Series as SeriesRow } from '../catalogue/generated/client';

export interface Shelves {
  readonly assets: readonly Asset[];
  readonly assetsByKey: ReadonlyMap<string, Asset>;
  /** By kind, then by symbol. */
  readonly coverages: ReadonlyMap<string, ReadonlyMap<string, SeriesCoverage>>;
}

export async function loadShelves({ prisma }: Catalogue): Promise<Shelves> {
  const assets = (await prisma.asset.findMany({ orderBy: { symbol: 'asc' } })).map(assetOf);
  const rows = await prisma.series.findMany({ orderBy: { symbol: 'asc' } });
  const coverages = new Map<string, Map<string, SeriesCoverage>>();
  for (const row of rows) {
    const ofKind = coverages.get(row.kind) ?? new Map<string, SeriesCoverage>();
    coverages.set(row.kind, ofKind.set(row.symbol, coverageOf(row)));
  }
  return {
    assets,
    assetsByKey: new Map(
      assets.flatMap((asset) => [[asset.symbol, asset] as const, [asset.id, asset] as const]),
    ),
    coverages,
  };
}

function assetOf({ createdAt: _, assetClass, ...row }: AssetRow): Asset {
  return { ...row, assetClass: assetClass === 'crypto' ? 'crypto' : 'us_equity' };
}

function coverageOf({ symbol, version, count, firstTime, lastTime }: SeriesRow): SeriesCoverage {
  return { symbol, version, count, firstTime: firstTime.getTime(), lastTime: lastTime.getTime() };
}
