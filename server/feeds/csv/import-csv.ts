/** Imports one CSV of bars, gzipped or not: the whole file or nothing of it. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import type { BarIntake } from '../../sessions/bar-intake';
import { CsvBars, FAULTS_MAX } from './csv-bars';
import { CsvImportError } from './csv-fault';
import { countOffCalendar } from './off-calendar';

const GZIP_MAGIC = [0x1f, 0x8b];

export interface CsvImportOptions {
  readonly library: BarIntake;
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  /** The file's name, for messages and the history of imports. */
  readonly source: string;
  /** Called as the file is read: bytes of the file so far, bars so far. */
  readonly onProgress?: (bytes: number, bars: number) => void;
}

export interface CsvImportReport {
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  /** Bars in the file, after duplicates gave way. */
  readonly rows: number;
  readonly added: number;
  readonly replaced: number;
  /** 'nothing new' when neither added nor replaced anything. */
  readonly version: number;
  /** Bars of the symbol and timeframe afterwards. */
  readonly count: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly warnings: Readonly<Record<string, number>>;
}

/** Throws a CsvImportError with the rows that are wrong; then nothing was changed. */
export async function importCsv(
  file: AsyncIterable<Uint8Array>,
  options: CsvImportOptions,
): Promise<CsvImportReport> {
  const { symbol, timeframe, source } = options;
  const csv = await readCsv(file, options);
  const { bars, outOfOrder, duplicates } = csv.builder.build();
  const warnings = noted({
    ...Object.fromEntries(csv.ignored.map((name) => [`column ignored: ${name.slice(0, 40)}`, 1])),
    'vwap outside low and high': csv.vwapsOutside,
    'rows out of order, sorted': outOfOrder,
    'rows of the same time, the last one kept': duplicates,
    'bars while the market was closed': countOffCalendar(bars, timeframe),
  });
  const batch = { symbol, timeframe, bars, feed: 'csv', source, warnings, synthetic: false };
  const { version, added, replaced, count } = await options.library.put(batch);
  const [firstTime, lastTime] = [bars.time[0] ?? NaN, bars.time[bars.length - 1] ?? NaN];
  return {
    symbol,
    timeframe,
    rows: bars.length,
    added,
    replaced,
    version,
    count,
    firstTime,
    lastTime,
    warnings,
  };
}

async function readCsv(
  file: AsyncIterable<Uint8Array>,
  { symbol, timeframe, source, onProgress }: CsvImportOptions,
): Promise<CsvBars> {
  const csv = new CsvBars(symbol, timeframe);
  let bytes = 0;
  const counted = (async function* () {
    for await (const chunk of file) {
      bytes += chunk.length;
      yield chunk;
    }
  })();
  try {
    for await (const chunk of unzipped(counted)) {
      csv.push(chunk);
      onProgress?.(bytes, csv.builder.count);
      if (csv.hopeless) break;
    }
    csv.end();
  } catch (error) {
    throw gzipFault(source, error) ?? error;
  }
  if (csv.faults.length > 0) throw new CsvImportError(source, csv.faults, csv.faults.length >= FAULTS_MAX);
  return csv;
}

/** Told by the first two bytes, not by the name. */
async function* unzipped(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = file[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < GZIP_MAGIC.length) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  const whole = (async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  if (!GZIP_MAGIC.every((byte, index) => first[index] === byte)) return yield* whole;
  const source = Readable.from(whole);
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
  }
}

function gzipFault(source: string, error: unknown): CsvImportError | null {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (!code.startsWith('Z_')) return null;
  const found = error instanceof Error ? error.message : code;
  return new CsvImportError(source, [{ row: 0, column: null, expected: 'a whole gzip file', found }]);
}

function noted(warnings: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(warnings).filter(([, count]) => count > 0));
}
