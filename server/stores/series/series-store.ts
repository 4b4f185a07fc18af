/** Series in Arrow files, and what the catalogue knows of them: versions that never change, read without parsing. */
import { firstAtOrAfter } from '../../engine/market/bars';
import type { EpochMs } from '../../engine/units/time';
import type { IntakeResult } from '../../sessions/bar-intake';
import type { Asset } from '../../sessions/bar-library';
import { emptyColumns, joinColumns, sliceColumns, type TimedColumns } from '../../sessions/columns';
import type { SeriesCoverage } from '../../sessions/series-coverage';
import type { Catalogue } from '../catalogue/catalogue';
import { loadShelves, type Shelves } from './shelves';
import { SeriesCache } from './series-cache';
import { readSeriesFile } from './series-files';
import type { SeriesKind } from './series-kind';
import { type KnownFile, seriesWriter, type StoredBatch } from './series-writer';

/** About forty symbol-years of regular minutes, or ten busy days of trades. */
const CACHE_BYTES_MAX = 256 * 1024 * 1024;
/** Lists of the files of a version: small, but a process may see many versions. */
const FILE_LISTS_MAX = 5_000;

export interface SeriesStoreOptions {
  readonly dataDir: string;
  readonly catalogue: Catalogue;
  readonly cacheBytesMax?: number;
}

export interface SeriesStore {
  /** Rows with `from <= time < to` of one version. */
  read<C extends TimedColumns>(
    kind: SeriesKind<C>,
    symbol: string,
    version: number,
    from: EpochMs,
    to: EpochMs,
  ): Promise<C>;
  coverage(folder: string, symbol: string): Promise<SeriesCoverage | null>;
  coverages(folder: string): Promise<readonly SeriesCoverage[]>;
  asset(symbolOrId: string): Promise<Asset | null>;
  assets(): Promise<readonly Asset[]>;
  put<C extends TimedColumns>(kind: SeriesKind<C>, batch: StoredBatch<C>): Promise<IntakeResult>;
}

export function openSeriesStore(options: SeriesStoreOptions): SeriesStore {
  const { dataDir, catalogue, cacheBytesMax = CACHE_BYTES_MAX } = options;
  const cache = new SeriesCache(cacheBytesMax);
  const fileLists = new Map<string, Promise<readonly KnownFile[]>>();
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

  function filesOf(folder: string, symbol: string, version: number): Promise<readonly KnownFile[]> {
    const key = `${folder}/${symbol}/${version}`;
    const known = fileLists.get(key);
    if (known !== undefined) return known;
    const [oldest] = fileLists.keys();
    if (oldest !== undefined && fileLists.size >= FILE_LISTS_MAX) fileLists.delete(oldest);
    const listing = listFiles(catalogue, folder, symbol, version);
    fileLists.set(key, listing);
    listing.then(
      (files) => files.length === 0 && fileLists.delete(key), // not a version yet
      () => fileLists.delete(key),
    );
    return listing;
  }

  function load<C extends TimedColumns>(kind: SeriesKind<C>, file: KnownFile): Promise<C> {
    const key = `${kind.folder}/${file.symbol}/${file.period}/${file.version}`;
    return cache.get(key, () => readSeriesFile(dataDir, kind, file));
  }

  const writer = seriesWriter({ dataDir, catalogue, load, filesOf });
  return {
    read: async (kind, symbol, version, from, to) => {
      const files = await filesOf(kind.folder, symbol, version);
      const wanted = files.filter((file) => file.firstTime < to && file.lastTime >= from);
      const loaded = await Promise.all(wanted.map((file) => load(kind, file)));
      const pieces = loaded.map((columns) => {
        const start = firstAtOrAfter(columns.time, from);
        return sliceColumns(kind.shape, columns, start, Math.max(start, firstAtOrAfter(columns.time, to)));
      });
      return pieces.length === 0 ? emptyColumns(kind.shape) : joinColumns(kind.shape, pieces);
    },
    coverage: async (folder, symbol) => (await currentShelves()).coverages.get(folder)?.get(symbol) ?? null,
    coverages: async (folder) => [...((await currentShelves()).coverages.get(folder)?.values() ?? [])],
    asset: async (symbolOrId) => (await currentShelves()).assetsByKey.get(symbolOrId) ?? null,
    assets: async () => (await currentShelves()).assets,
    put: async (kind, batch) => {
      const result = await writer.put(kind, batch);
      shelves = null;
      return result;
    },
  };
}

/** Of each period the newest file that is not newer than the version. */
async function listFiles(
  { prisma }: Catalogue,
  kind: string,
  symbol: string,
  version: number,
): Promise<readonly KnownFile[]> {
  const rows = await prisma.seriesFile.findMany({
    where: { symbol, kind, version: { lte: version } },
    orderBy: [{ period: 'asc' }, { version: 'desc' }],
    distinct: ['period'],
  });
  return rows.map((row) => ({
    ...row,
    firstTime: row.firstTime.getTime(),
    lastTime: row.lastTime.getTime(),
  }));
}
