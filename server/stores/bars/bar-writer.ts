/** Puts new bars on disk and then, in one transaction, into the catalogue: before that nobody sees them. */
import type { BarColumns } from '../../engine/market/bars';
import { emptyBars } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import { uuidOfText } from '../../engine/units/ids';
import type { BarBatch, BarIntake, IntakeResult } from '../../sessions/bar-intake';
import type { Catalogue } from '../catalogue/catalogue';
import type { Prisma } from '../catalogue/generated/client';
import { type BarFileFacts, writeBarFile } from './bar-files';
import { byYear, mergeBars } from './merge-bars';

/** Alpaca's field must hold one of its exchanges; a file of bars names none. */
const EXCHANGE_UNKNOWN = 'NASDAQ';

interface KnownFile extends BarFileFacts {
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  readonly year: number;
  readonly version: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

interface Shelf<File extends KnownFile> {
  readonly dataDir: string;
  readonly catalogue: Catalogue;
  load(file: File): Promise<BarColumns>;
  filesOf(symbol: string, timeframe: BaseTimeframe, version: number): Promise<readonly File[]>;
}

/** A year that the batch touches, as it will be. */
interface ChangedYear {
  readonly year: number;
  readonly bars: BarColumns;
  readonly added: number;
  readonly replaced: number;
}

export function barWriter<File extends KnownFile>(shelf: Shelf<File>): BarIntake {
  /** Batches of one symbol and timeframe follow each other: each merges into what the one before left. */
  const lastOf = new Map<string, Promise<unknown>>();
  return {
    put: async (batch) => {
      assertAscending(batch);
      const key = `${batch.timeframe}/${batch.symbol}`;
      const before = lastOf.get(key) ?? Promise.resolve();
      const result = before.then(
        () => putAlone(shelf, batch),
        () => putAlone(shelf, batch),
      );
      lastOf.set(key, result);
      const forget = (): void => void (lastOf.get(key) === result && lastOf.delete(key));
      result.then(forget, forget);
      return result;
    },
  };
}

async function putAlone<File extends KnownFile>(shelf: Shelf<File>, batch: BarBatch): Promise<IntakeResult> {
  const { symbol, timeframe } = batch;
  const id = { symbol_timeframe: { symbol, timeframe } };
  const set = await shelf.catalogue.prisma.barSet.findUnique({ where: id });
  const known = set === null ? [] : await shelf.filesOf(symbol, timeframe, set.version);
  const changed = await changedYears(shelf, batch, known);
  if (changed.length === 0) {
    return { version: set?.version ?? 0, added: 0, replaced: 0, count: set?.count ?? 0 };
  }
  const version = (set?.version ?? 0) + 1;
  const written: KnownFile[] = [];
  for (const { year, bars } of changed) {
    const name = { symbol, timeframe, year, version };
    written.push({ ...name, ...spanOf(bars), ...(await writeBarFile(shelf.dataDir, name, bars)) });
  }
  const untouched = known.filter((file) => !changed.some(({ year }) => year === file.year));
  const result = {
    version,
    added: sum(changed.map(({ added }) => added)),
    replaced: sum(changed.map(({ replaced }) => replaced)),
    count: sum([...untouched, ...written].map(({ rows }) => rows)),
  };
  await publish(shelf.catalogue, batch, result, written, [...untouched, ...written]);
  return result;
}

async function changedYears<File extends KnownFile>(
  shelf: Shelf<File>,
  batch: BarBatch,
  known: readonly File[],
): Promise<ChangedYear[]> {
  const changed: ChangedYear[] = [];
  for (const { year, bars } of byYear(batch.bars)) {
    const file = known.find((candidate) => candidate.year === year);
    const merged = mergeBars(file === undefined ? emptyBars() : await shelf.load(file), bars);
    if (merged.added + merged.replaced > 0) changed.push({ year, ...merged });
  }
  return changed;
}

/** The moment at which the new version exists. Refused when another writer made a version meanwhile. */
async function publish(
  { prisma }: Catalogue,
  batch: BarBatch,
  { version, added, replaced, count }: IntakeResult,
  written: readonly KnownFile[],
  all: readonly KnownFile[],
): Promise<void> {
  const { symbol, timeframe } = batch;
  const set = {
    version,
    count,
    firstTime: new Date(Math.min(...all.map(({ firstTime }) => firstTime))),
    lastTime: new Date(Math.max(...all.map(({ lastTime }) => lastTime))),
  };
  await prisma.$transaction(async (transaction) => {
    await upsertAsset(transaction, batch);
    if (version === 1) {
      await transaction.barSet.create({ data: { symbol, timeframe, ...set, synthetic: batch.synthetic } });
    } else {
      const { count: updated } = await transaction.barSet.updateMany({
        where: { symbol, timeframe, version: version - 1 },
        data: { ...set, ...(batch.synthetic ? { synthetic: true } : {}) },
      });
      if (updated !== 1)
        throw new Error(`${symbol} ${timeframe} was changed by somebody else, import it again`);
    }
    await transaction.barFile.createMany({
      data: written.map((file) => ({
        ...file,
        firstTime: new Date(file.firstTime),
        lastTime: new Date(file.lastTime),
      })),
    });
    await transaction.import.create({
      data: {
        feed: batch.feed,
        source: batch.source,
        symbol,
        timeframe,
        version,
        rows: batch.bars.length,
        added,
        replaced,
        warnings: batch.warnings,
      },
    });
  });
}

/** A known asset keeps its name; invented bars mark it for good. */
async function upsertAsset(transaction: Prisma.TransactionClient, batch: BarBatch): Promise<void> {
  const { symbol, synthetic } = batch;
  await transaction.asset.upsert({
    where: { symbol },
    create: {
      id: uuidOfText(`us_equity/${symbol}`),
      symbol,
      name: batch.name ?? symbol,
      assetClass: 'us_equity',
      exchange: batch.exchange ?? EXCHANGE_UNKNOWN,
      synthetic,
    },
    update: synthetic ? { synthetic } : {},
  });
}

function spanOf(bars: BarColumns): { firstTime: number; lastTime: number } {
  return { firstTime: bars.time[0] as number, lastTime: bars.time[bars.length - 1] as number };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function assertAscending({ symbol, bars }: BarBatch): void {
  for (let index = 1; index < bars.length; index++) {
    if (!((bars.time[index] as number) > (bars.time[index - 1] as number))) {
      throw new Error(
        `expected bars of ${symbol} ascending by time, found bar ${index} at or before the one before`,
      );
    }
  }
}
