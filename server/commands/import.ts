/** `npm run import -- csv FILE...`: brings files of market data into the data directory. */
import { resolve } from 'node:path';
import type { CsvImportReport } from '../feeds/csv/import-csv';
import type { ImportKind } from '../feeds/csv/import-subject';
import { type ImportFile, readArguments, USAGE } from './import-arguments';
import { importProgress } from './import-progress';
import { openImportTarget } from './import-target';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(): Promise<void> {
  const { env } = process;
  const directory = env['INIT_CWD'] ?? process.cwd();
  const { files, dataDir } = readArguments(
    process.argv.slice(2),
    resolve(env['PADDOCK_DATA_DIR'] || '.paddock'),
    directory,
  );
  const target = await openImportTarget(dataDir, env['DATABASE_URL'] || undefined);
  try {
    for (const file of files) {
      const start = performance.now();
      const progress = importProgress(file, process.stderr);
      const report = await target.run(file, progress.report).finally(() => progress.stop());
      console.log(describe(file, report, performance.now() - start));
    }
  } finally {
    await target.close();
  }
}

function describe(file: ImportFile, report: CsvImportReport, elapsedMs: number): string {
  const { rows, added, replaced, count } = report;
  const [one, many] = WORDS[report.kind];
  const of = [report.symbol, report.timeframe ?? many].filter((word) => word !== null).join(' ');
  const version = report.version === null ? '' : `, version ${report.version}`;
  const read = `${amount(rows)} ${rows === 1 ? one : many}`;
  const changed =
    added + replaced === 0
      ? `${of}: nothing new in ${file.name} (${read})${version}`
      : `${of}: ${read} read in ${(elapsedMs / 1000).toFixed(1)} s, ` +
        `${amount(added)} added, ${amount(replaced)} replaced${version}, ${amount(count)} in all, ` +
        `${isoTime(report.firstTime)} to ${isoTime(report.lastTime)}`;
  const warnings = Object.entries(report.warnings).map(
    ([text, times]) => `  noticed: ${text} (${amount(times)})`,
  );
  return [changed, ...warnings].join('\n');
}

const WORDS: Readonly<Record<ImportKind, readonly [string, string]>> = {
  bars: ['bar', 'bars'],
  quotes: ['quote', 'quotes'],
  trades: ['trade', 'trades'],
  'corporate-actions': ['corporate action', 'corporate actions'],
  'symbol-changes': ['symbol change', 'symbol changes'],
};

function amount(value: number): string {
  return value.toLocaleString('en-US');
}

function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

main().catch((error: unknown) => {
  const isUsage = (error as { code?: unknown }).code === 'usage';
  console.error(error instanceof Error ? error.message : String(error));
  if (isUsage) console.error(`\n${USAGE}`);
  process.exitCode = isUsage ? EXIT_USAGE : EXIT_FAILED;
});
