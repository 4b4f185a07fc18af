/** What was typed after `npm run import --`. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import {
  importSubject,
  type ImportSubject,
  isOfManySymbols,
  subjectWords,
} from '../feeds/csv/import-subject';

export const USAGE = `npm run import -- csv FILE... [--kind KIND] [--symbol AAPL] [--timeframe 1Min|1Day]
                         [--class us_equity|crypto] [--data-dir .paddock]

Reads CSV files, gzipped or not. What is in them, by kind:
  bars               timestamp,open,high,low,close,volume[,vwap,trades]; the kind unless told
  quotes             timestamp,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,...,ask_size, by the minute
  trades             timestamp,price,size[,exchange,conditions,suspicious,bid,bid_size,ask,ask_size]
  corporate-actions  symbol,ex_date,type,new_for_old,cash_per_share[,close_before]
  symbol-changes     security,valid_to,ticker[,exchange_code]
Of bars, quotes and trades the symbol is taken from the file's name (AAPL.csv.gz) unless told. Of a coin say
--class crypto and the pair: --symbol BTC/USD`;

/** What was typed makes no sense; the usage helps. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

export interface ImportFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly subject: ImportSubject;
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
  const { 'data-dir': dataDir, ...words } = values;
  return {
    dataDir: dataDir === undefined ? defaultDataDir : resolve(workingDirectory, dataDir),
    files: paths.map((path) => ({
      ...fileAt(resolve(workingDirectory, path)),
      subject: subjectOf(words, path),
    })),
  };
}

const TEXT = { type: 'string' } as const;
const OPTIONS = { kind: TEXT, symbol: TEXT, timeframe: TEXT, class: TEXT, 'data-dir': TEXT };

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Words = Readonly<Record<'kind' | 'symbol' | 'timeframe' | 'class', string | undefined>>;

function subjectOf(told: Partial<Words>, path: string): ImportSubject {
  const words = subjectWords.safeParse(told);
  if (!words.success) throw usageError(words.error, told);
  const isNamed = told.symbol !== undefined || isOfManySymbols(words.data.kind);
  const [stem = ''] = basename(path).split('.');
  const subject = importSubject.safeParse(isNamed ? told : { ...told, symbol: stem });
  if (subject.success) return subject.data;
  if (!isNamed && subject.error.issues.some(({ path: [name] }) => name === 'symbol')) {
    const [issue] = subject.error.issues;
    throw new UsageError(`${basename(path)} does not name a symbol (${issue?.message ?? ''}): say --symbol`);
  }
  throw usageError(subject.error, told);
}

function usageError(error: z.ZodError, told: Readonly<Record<string, string | undefined>>): UsageError {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? '');
  return new UsageError(`--${name}: ${issue?.message ?? 'not valid'}, found ${told[name] ?? 'nothing'}`);
}

function fileAt(path: string): { path: string; name: string; bytes: number } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    throw new Error(`expected a file at ${path}, found ${stat === undefined ? 'nothing' : 'something else'}`);
  }
  return { path, name: basename(path), bytes: stat.size };
}
