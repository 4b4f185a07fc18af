/** Bars against their targets: a year of minutes into memory, and a CSV onto disk. */
import { reportOf } from './child';
import { costRow, median, rateRow, type Row } from './row';
import type { StoreReport } from './store-process';

const IMPORT_BARS = 400_000;
const IMPORTS = 5;
const LOAD_TARGET_MS = 50;
const IMPORT_TARGET = 300_000;

export async function storeRows(): Promise<Row[]> {
  const args = [String(IMPORT_BARS), String(IMPORTS)];
  const { loadMs, importMs } = await reportOf<StoreReport>('store-process.ts', args);
  const [firstLoad = NaN] = loadMs;
  const [firstImport = NaN, ...laterImports] = importMs;
  return [
    costRow('load of a symbol-year of minutes, nothing cached, p50', median(loadMs), 'ms', LOAD_TARGET_MS, 1),
    costRow('load of a symbol-year of minutes, first of a process', firstLoad, 'ms', LOAD_TARGET_MS, null),
    rateRow('import of CSV, warm', rate(median(laterImports)), 'bars/s', IMPORT_TARGET),
    {
      ...rateRow('import of CSV, first of a process', rate(firstImport), 'bars/s', IMPORT_TARGET),
      bar: null,
    },
  ];
}

function rate(milliseconds: number): number {
  return (IMPORT_BARS / milliseconds) * 1000;
}
