/** Puts new rows on disk and then, in one transaction, into the catalogue: before that nobody sees them. */
import { uuidOfText } from '../../engine/units/ids';
import { AssetClassError, type IntakeResult } from '../../sessions/bar-intake';
import { emptyColumns, type TimedColumns } from '../../sessions/columns';
import type { SeriesBatch } from '../../sessions/market-intake';
import type { Catalogue } from '../catalogue/catalogue';
import type { Prisma } from '../catalogue/generated/client';
import { byPeriod, mergeSeries } from './merge-series';
import { type SeriesFileFacts, type SeriesFileName, writeSeriesFile } from './series-files';
import type { SeriesKind } from './series-kind';

/** Alpaca's field must hold one of its exchanges; a file of bars names none. */
const EXCHANGE_UNKNOWN = { us_equity: 'NASDAQ', crypto: 'CRYPTO' } as const;
/** Coins are neither lent nor bought on credit. */
const CRYPTO_TERMS = { marginable: false, shortable: false, easyToBorrow: false };

/** A batch, and what an asset that is not known yet gets. */
export interface StoredBatch<C> extends SeriesBatch<C> {
  readonly name?: string | undefined;
  readonly exchange?: string | undefined;
  readonly synthetic: boolean;
}

export interface KnownFile extends SeriesFileName, SeriesFileFacts {
  readonly firstTime: number;
  readonly lastTime: number;
}

export interface WriterParts {
  readonly dataDir: string;
  readonly catalogue: Catalogue;
  load<C extends TimedColumns>(kind: SeriesKind<C>, file: KnownFile): Promise<C>;
  filesOf(folder: string, symbol: string, version: number): Promise<readonly KnownFile[]>;
}

/** A file's rows as they will be. */
interface ChangedPeriod<C> {
  readonly period: string;
  readonly columns: C;
  readonly added: number;
  readonly replaced: number;
}

export interface SeriesWriter {
  put<C extends TimedColumns>(kind: SeriesKind<C>, batch: StoredBatch<C>): Promise<IntakeResult>;
}

export function seriesWriter(parts: WriterParts): SeriesWriter {
  /** Batches of one series follow each other: each merges into what the one before left. */
  const lastOf = new Map<string, Promise<unknown>>();
  return {
    put: async (kind, batch) => {
      assertAscending(kind, batch);
      const key = `${kind.folder}/${batch.symbol}`;
      const before = lastOf.get(key) ?? Promise.resolve();
      const result = before.then(
        () => putAlone(parts, kind, batch),
        () => putAlone(parts, kind, batch),
      );
      lastOf.set(key, result);
      const forget = (): void => void (lastOf.get(key) === result && lastOf.delete(key));
      result.then(forget, forget);
      return result;
    },
  };
}

async function putAlone<C extends TimedColumns>(
  parts: WriterParts,
  kind: SeriesKind<C>,
  batch: StoredBatch<C>,
): Promise<IntakeResult> {
  const { symbol } = batch;
  const { prisma } = parts.catalogue;
  const set = await prisma.series.findUnique({ where: { symbol_kind: { symbol, kind: kind.folder } } });
  await assertClass(prisma, batch);
  const known = set === null ? [] : await parts.filesOf(kind.folder, symbol, set.version);
  const changed = await changedPeriods(parts, kind, batch, known);
  if (changed.length === 0) {
    return { version: set?.version ?? 0, added: 0, replaced: 0, count: set?.count ?? 0 };
  }
  const version = (set?.version ?? 0) + 1;
  const written: KnownFile[] = [];
  for (const { period, columns } of changed) {
    const name = { symbol, period, version };
    const facts = await writeSeriesFile(parts.dataDir, kind, name, columns);
    written.push({ ...name, ...spanOf(columns), ...facts });
  }
  const untouched = known.filter((file) => !changed.some(({ period }) => period === file.period));
  const result = {
    version,
    added: sum(changed.map(({ added }) => added)),
    replaced: sum(changed.map(({ replaced }) => replaced)),
    count: sum([...untouched, ...written].map(({ rows }) => rows)),
  };
  await publish(parts.catalogue, kind.folder, batch, result, written, [...untouched, ...written]);
  return result;
}

async function changedPeriods<C extends TimedColumns>(
  parts: WriterParts,
  kind: SeriesKind<C>,
  batch: StoredBatch<C>,
  known: readonly KnownFile[],
): Promise<ChangedPeriod<C>[]> {
  const changed: ChangedPeriod<C>[] = [];
  for (const { period, columns } of byPeriod(kind, batch.columns)) {
    const file = known.find((candidate) => candidate.period === period);
    const before = file === undefined ? emptyColumns(kind.shape) : await parts.load(kind, file);
    const merged = mergeSeries(kind.shape, before, columns);
    if (merged.added + merged.replaced > 0) changed.push({ period, ...merged });
  }
  return changed;
}

/** The moment at which the new version exists. Refused when another writer made a version meanwhile. */
async function publish(
  { prisma }: Catalogue,
  kind: string,
  batch: StoredBatch<TimedColumns>,
  { version, added, replaced, count }: IntakeResult,
  written: readonly KnownFile[],
  all: readonly KnownFile[],
): Promise<void> {
  const { symbol, feed, source, warnings, columns } = batch;
  const set = {
    version,
    count,
    firstTime: new Date(Math.min(...all.map(({ firstTime }) => firstTime))),
    lastTime: new Date(Math.max(...all.map(({ lastTime }) => lastTime))),
  };
  await prisma.$transaction(async (transaction) => {
    await upsertAsset(transaction, batch);
    if (version === 1) {
      await transaction.series.create({ data: { symbol, kind, ...set, synthetic: batch.synthetic } });
    } else {
      const { count: updated } = await transaction.series.updateMany({
        where: { symbol, kind, version: version - 1 },
        data: { ...set, ...(batch.synthetic ? { synthetic: true } : {}) },
      });
      if (updated !== 1) throw new Error(`${symbol} ${kind} was changed by somebody else, import it again`);
    }
    await transaction.seriesFile.createMany({
      data: written.map((file) => ({
        ...file,
        kind,
        firstTime: new Date(file.firstTime),
        lastTime: new Date(file.lastTime),
      })),
    });
    await transaction.import.create({
      data: { feed, source, symbol, kind, version, rows: columns.length, added, replaced, warnings },
    });
  });
}

/** A known asset keeps its name; invented data marks it for good. */
async function upsertAsset(
  transaction: Prisma.TransactionClient,
  batch: StoredBatch<TimedColumns>,
): Promise<void> {
  const { symbol, synthetic, assetClass } = batch;
  await transaction.asset.upsert({
    where: { symbol },
    create: {
      id: uuidOfText(`${assetClass}/${symbol}`),
      symbol,
      name: batch.name ?? symbol,
      assetClass,
      exchange: batch.exchange ?? EXCHANGE_UNKNOWN[assetClass],
      ...(assetClass === 'crypto' ? CRYPTO_TERMS : {}),
      synthetic,
    },
    update: synthetic ? { synthetic } : {},
  });
}

async function assertClass(
  prisma: Catalogue['prisma'],
  { symbol, assetClass }: StoredBatch<TimedColumns>,
): Promise<void> {
  const known = await prisma.asset.findUnique({ where: { symbol } });
  if (known !== null && known.assetClass !== assetClass) {
    throw new AssetClassError(symbol, known.assetClass, assetClass);
  }
}

function spanOf({ time, length }: TimedColumns): { firstTime: number; lastTime: number } {
  return { firstTime: time[0] as number, lastTime: time[length - 1] as number };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function assertAscending<C extends TimedColumns>(kind: SeriesKind<C>, batch: StoredBatch<C>): void {
  const { time, length } = batch.columns;
  for (let index = 1; index < length; index++) {
    const step = (time[index] as number) - (time[index - 1] as number);
    if (step > 0 || (step === 0 && !kind.unique)) continue;
    throw new Error(
      `expected ${kind.folder} of ${batch.symbol} ascending by time, found row ${index} at or before the one before`,
    );
  }
}
