/** What was typed after `npm run import --`. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BaseTimeframe } from '../engine/market/timeframe';
import { importedSymbol, importedTimeframe } from '../feeds/csv/import-request';

export const USAGE = `npm run import -- csv FILE... [--symbol AAPL] [--timeframe 1Min|1Day] [--data-dir .paddock]

Reads CSV files, gzipped or not: timestamp,open,high,low,close,volume[,vwap,trades]
The symbol is taken from the file's name (AAPL.csv.gz) unless told.`;

/** What was typed makes no sense; the usage helps. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

export interface ImportFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
}

export interface ImportArguments {
  readonly files: readonly ImportFile[];
  readonly dataDir: string;
}

/** `workingDirectory`: where the person is, which npm hides from the command by going to the project's root. */
export function readArguments(
  args: readonly string[],
  defaultDataDir: string,
  workingDirectory: string,
): ImportArguments {
  const { values, positionals } = parse(args);
  const [feed, ...paths] = positionals;
  if (feed !== 'csv') throw new UsageError(`expected the feed csv, found ${feed ?? 'nothing'}`);
  if (paths.length === 0) throw new UsageError('expected at least one file, found none');
  const timeframe = importedTimeframe.safeParse(values.timeframe ?? '1Min');
  if (!timeframe.success) throw new UsageError(`--timeframe: ${firstMessage(timeframe.error)}`);
  return {
    dataDir:
      values['data-dir'] === undefined ? defaultDataDir : resolve(workingDirectory, values['data-dir']),
    files: paths.map((path) => ({
      ...fileAt(resolve(workingDirectory, path)),
      symbol: symbolOf(values.symbol, path),
      timeframe: timeframe.data,
    })),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { symbol: { type: 'string' }, timeframe: { type: 'string' }, 'data-dir': { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function symbolOf(told: string | undefined, path: string): string {
  const [stem = ''] = basename(path).split('.');
  const symbol = importedSymbol.safeParse(told ?? stem);
  if (symbol.success) return symbol.data;
  if (told !== undefined) throw new UsageError(`--symbol: ${firstMessage(symbol.error)}, found ${told}`);
  throw new UsageError(`${basename(path)} does not name a symbol: say --symbol`);
}

function fileAt(path: string): { path: string; name: string; bytes: number } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    throw new Error(`expected a file at ${path}, found ${stat === undefined ? 'nothing' : 'something else'}`);
  }
  return { path, name: basename(path), bytes: stat.size };
}

function firstMessage(error: { readonly issues: readonly { readonly message: string }[] }): string {
  return error.issues[0]?.message ?? 'not valid';
}
