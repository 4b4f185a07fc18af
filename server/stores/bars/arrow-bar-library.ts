/** Bars from Arrow files, and what the catalogue knows of them: the library that sessions read. */
import { type BarColumns, concatBars, emptyBars, firstAtOrAfter, sliceBars } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import type { BarIntake } from '../../sessions/bar-intake';
import type { Asset, BarCoverage, BarLibrary } from '../../sessions/bar-library';
import type { Catalogue } from '../catalogue/catalogue';
import type { Asset as AssetRow, BarSet as BarSetRow } from '../catalogue/generated/client';
import { BarCache } from './bar-cache';
import { type BarFileFacts, type BarFileName, readBarFile } from './bar-files';
import { barWriter } from './bar-writer';

/** About forty symbol-years of regular minutes. */
const CACHE_BYTES_MAX = 256 * 1024 * 1024;
/** Lists of the files of a version: small, but a process may see many versions. */
const FILE_LISTS_MAX = 5_000;

interface BarFile extends BarFileName, BarFileFacts {
  readonly firstTime: number;
  readonly lastTime: number;
}

/** What is loaded, as of one moment. */
interface Shelves {
  readonly assets: readonly Asset[];
  readonly assetsByKey: ReadonlyMap<string, Asset>;
  readonly coverages: readonly BarCoverage[];
  readonly coveragesByKey: ReadonlyMap<string, BarCoverage>;
}

export interface BarLibraryOptions {
  readonly dataDir: string;
  readonly catalogue: Catalogue;
  readonly cacheBytesMax?: number;
}

export function openBarLibrary(options: BarLibraryOptions): BarLibrary & BarIntake {
  const { dataDir, catalogue, cacheBytesMax = CACHE_BYTES_MAX } = options;
  const cache = new BarCache(cacheBytesMax);
  const fileLists = new Map<string, Promise<readonly BarFile[]>>();
  let shelves: Promise<Shelves> | null = null;

  /** Read again after an import; this process is the only one that imports (the data directory is locked). */
  function currentShelves(): Promise<Shelves> {
    if (shelves === null) {
      const loading = loadShelves(catalogue);
      shelves = loading;
      loading.catch(() => {
        if (shelves === loading) shelves = null;
      });
    }
    return shelves;
  }

  function filesOf(symbol: string, timeframe: BaseTimeframe, version: number): Promise<readonly BarFile[]> {
    const key = `${timeframe}/${symbol}/${version}`;
    const known = fileLists.get(key);
    if (known !== undefined) return known;
    const [oldest] = fileLists.keys();
    if (oldest !== undefined && fileLists.size >= FILE_LISTS_MAX) fileLists.delete(oldest);
    const listing = listFiles(catalogue, symbol, timeframe, version);
    fileLists.set(key, listing);
    listing.then(
      (files) => files.length === 0 && fileLists.delete(key), // not a version yet
      () => fileLists.delete(key),
    );
    return listing;
  }

  function load(file: BarFile): Promise<BarColumns> {
    const key = `${file.timeframe}/${file.symbol}/${file.year}/${file.version}`;
    return cache.get(key, () => readBarFile(dataDir, file, file));
  }

  const writer = barWriter({ dataDir, catalogue, load, filesOf });
  return {
    read: async (symbol, timeframe, version, from, to) => {
      const files = await filesOf(symbol, timeframe, version);
      const wanted = files.filter((file) => file.firstTime < to && file.lastTime >= from);
      const loaded = await Promise.all(wanted.map(load));
      const pieces = loaded.map((bars) =>
        sliceBars(bars, firstAtOrAfter(bars.time, from), firstAtOrAfter(bars.time, to)),
      );
      return pieces.length === 0 ? emptyBars() : concatBars(pieces);
    },
    coverage: async (symbol, timeframe) =>
      (await currentShelves()).coveragesByKey.get(`${timeframe}/${symbol}`) ?? null,
    coverages: async () => (await currentShelves()).coverages,
    asset: async (symbolOrId) => (await currentShelves()).assetsByKey.get(symbolOrId) ?? null,
    assets: async () => (await currentShelves()).assets,
    put: async (batch) => {
      const result = await writer.put(batch);
      shelves = null;
      return result;
    },
  };
}

async function loadShelves({ prisma }: Catalogue): Promise<Shelves> {
  const assets = (await prisma.asset.findMany({ orderBy: { symbol: 'asc' } })).map(assetOf);
  const sets = await prisma.barSet.findMany({ orderBy: [{ symbol: 'asc' }, { timeframe: 'asc' }] });
  const coverages = sets.map(coverageOf);
  return {
    assets,
    assetsByKey: new Map(
      assets.flatMap((asset) => [[asset.symbol, asset] as const, [asset.id, asset] as const]),
    ),
    coverages,
    coveragesByKey: new Map(
      coverages.map((coverage) => [`${coverage.timeframe}/${coverage.symbol}`, coverage]),
    ),
  };
}

/** Of each year the newest file that is not newer than the version. */
async function listFiles(
  { prisma }: Catalogue,
  symbol: string,
  timeframe: BaseTimeframe,
  version: number,
): Promise<readonly BarFile[]> {
  const rows = await prisma.barFile.findMany({
    where: { symbol, timeframe, version: { lte: version } },
    orderBy: [{ year: 'asc' }, { version: 'desc' }],
    distinct: ['year'],
  });
  return rows.map((row) => ({
    ...row,
    timeframe,
    firstTime: row.firstTime.getTime(),
    lastTime: row.lastTime.getTime(),
  }));
}

function assetOf({ createdAt: _, assetClass: __, ...row }: AssetRow): Asset {
  return { ...row, assetClass: 'us_equity' };
}

function coverageOf(row: BarSetRow): BarCoverage {
  return {
    symbol: row.symbol,
    timeframe: row.timeframe === '1Day' ? '1Day' : '1Min',
    version: row.version,
    count: row.count,
    firstTime: row.firstTime.getTime(),
    lastTime: row.lastTime.getTime(),
  };
}
