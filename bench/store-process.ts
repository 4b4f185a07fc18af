/** Measures the embedded stores in a process and a data directory of its own: loading a year, importing a CSV. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BarColumns } from '../server/engine/market/bars';
import { DAY_MS } from '../server/engine/units/time';
import { importCsv } from '../server/feeds/csv/import-csv';
import { openBarLibrary } from '../server/stores/bars/arrow-bar-library';
import { openCatalogue } from '../server/stores/catalogue/catalogue';
import { openMarketStore } from '../server/stores/market-store';
import { syntheticMinutes } from './synthetic-minutes';

export interface StoreReport {
  readonly loadMs: readonly number[];
  readonly importMs: readonly number[];
}

/** The regular minutes of 2010: 251 whole days and a half one. */
const BARS_OF_A_YEAR = 98_100;
const LOADS = 31;
const [importBars = '0', imports = '0'] = process.argv.slice(2);

const dataDir = await mkdtemp(join(tmpdir(), 'paddock-bench-'));
const catalogue = await openCatalogue({ dataDir });
try {
  const report: StoreReport = { importMs: await importTimes(), loadMs: await loadTimes() };
  process.send?.(report);
} finally {
  await catalogue.close();
  await rm(dataDir, { recursive: true, force: true });
}

/** Each time through a library that was just opened: nothing of the bars is in its memory. */
async function loadTimes(): Promise<number[]> {
  const bars = syntheticMinutes(BARS_OF_A_YEAR, 1);
  const batch = { symbol: 'YEAR', timeframe: '1Min', feed: 'bench', source: 'bench', warnings: {} } as const;
  const { version } = await openBarLibrary({ dataDir, catalogue }).put({ ...batch, bars, synthetic: true });
  const [from, to] = [(bars.time[0] as number) - DAY_MS, (bars.time[bars.length - 1] as number) + DAY_MS];
  const took: number[] = [];
  for (let round = 0; round < LOADS; round++) {
    const library = openBarLibrary({ dataDir, catalogue });
    const started = performance.now();
    const loaded = await library.read('YEAR', '1Min', version, from, to);
    took.push(performance.now() - started);
    if (loaded.length !== bars.length)
      throw new Error(`expected ${bars.length} bars, found ${loaded.length}`);
  }
  return took;
}

/** The same file under one new symbol after another, from disk to the catalogue. */
async function importTimes(): Promise<number[]> {
  const bars = syntheticMinutes(Number(importBars), 2);
  const file = join(dataDir, 'bench.csv');
  await writeFile(file, csvOf(bars));
  const into = openMarketStore({ dataDir, catalogue });
  const took: number[] = [];
  for (let round = 0; round < Number(imports); round++) {
    const started = performance.now();
    const ofBars = { kind: 'bars', timeframe: '1Min', assetClass: 'us_equity' } as const;
    const { added } = await importCsv({
      file: createReadStream(file, { highWaterMark: 1 << 18 }),
      subject: { ...ofBars, symbol: `CSV${round}` },
      into,
      source: 'bench.csv',
    });
    took.push(performance.now() - started);
    if (added !== bars.length) throw new Error(`expected ${bars.length} new bars, found ${added}`);
  }
  return took;
}

function csvOf(bars: BarColumns): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let index = 0; index < bars.length; index++) {
    const time = new Date(bars.time[index] as number).toISOString();
    const { open, high, low, close, volume } = bars;
    lines.push(`${time},${open[index]},${high[index]},${low[index]},${close[index]},${volume[index]}`);
  }
  return `${lines.join('\n')}\n`;
}
