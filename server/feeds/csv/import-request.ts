/** An import over HTTP, on both sides: what the server does with the request, what the tool reads from the answer. */
import { z } from 'zod';
import { BASE_TIMEFRAMES } from '../../engine/market/timeframe';
import type { MarketIntake } from '../../sessions/market-intake';
import { codeOf } from '../../sessions/session-error';
import { CsvImportError } from './csv-fault';
import { type CsvImportReport, importCsv } from './import-csv';
import { IMPORT_KINDS, importSubject, type ImportSubject, subjectWords } from './import-subject';

/** POST the file as it is; `kind`, `symbol`, `timeframe`, `class` and `source` (its name) in the query. */
export const IMPORT_CSV_PATH = '/v1/imports/csv';
/** Carries the token of the data directory's lock: proof that the caller owns it. */
export const LOCK_TOKEN_HEADER = 'x-paddock-token';

const importQuery = subjectWords.extend({ source: z.string().max(500).default('upload') });

const fault = z.object({
  row: z.number(),
  column: z.string().nullable(),
  expected: z.string(),
  found: z.string(),
});
const reportWire = z.object({
  kind: z.enum(IMPORT_KINDS),
  symbol: z.string().nullable(),
  timeframe: z.enum(BASE_TIMEFRAMES).nullable(),
  rows: z.number(),
  added: z.number(),
  replaced: z.number(),
  version: z.number().nullable(),
  count: z.number(),
  first_time: z.number(),
  last_time: z.number(),
  warnings: z.record(z.string(), z.number()),
});
const refusalWire = z.object({
  code: z.number(),
  message: z.string(),
  faults: z.array(fault).optional(),
  stopped: z.boolean().optional(),
});

const BAD_REQUEST = { status: 400, code: 40010001 } as const;
const UNPROCESSABLE = { status: 422, code: 42210000 } as const;

export interface ImportAnswer {
  readonly status: number;
  readonly body: z.infer<typeof reportWire> | z.infer<typeof refusalWire>;
}

export async function answerCsvImport(request: {
  readonly query: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly into: MarketIntake;
}): Promise<ImportAnswer> {
  const query = readQuery(request.query);
  if (!query.ok)
    return { status: BAD_REQUEST.status, body: { code: BAD_REQUEST.code, message: query.message } };
  const { subject, source } = query;
  const chunks = request.body[Symbol.asyncIterator]();
  try {
    const report = await importCsv({ file: kept(chunks), subject, source, into: request.into });
    return { status: 200, body: reportToWire(report) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    await drain(chunks);
    return { status: UNPROCESSABLE.status, body: refusal };
  }
}

type Query =
  | { readonly ok: true; readonly subject: ImportSubject; readonly source: string }
  | { readonly ok: false; readonly message: string };

function readQuery(record: Readonly<Record<string, string>>): Query {
  const query = importQuery.safeParse(record);
  if (!query.success) return { ok: false, message: z.prettifyError(query.error) };
  const { source, ...words } = query.data;
  const subject = importSubject.safeParse(words);
  return subject.success
    ? { ok: true, subject: subject.data, source }
    : { ok: false, message: z.prettifyError(subject.error) };
}

/** What is the file's fault, or that of what is loaded already; null for anything else. */
function refusalOf(error: unknown): z.infer<typeof refusalWire> | null {
  const { code } = UNPROCESSABLE;
  if (isCsvImportError(error)) {
    const { message, faults, stopped } = error;
    return { code, message, faults: [...faults], stopped };
  }
  return error instanceof Error && codeOf(error) === 'asset_class_conflict'
    ? { code, message: error.message }
    : null;
}

/** Reading that stops half way would end the request's stream, and with it the connection that the answer needs. */
function kept(chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}

/** A client hears an answer only when all of its file was taken. */
async function drain(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next());
}

/** The report, or the error that the server had, as if the import had run here. */
export function readImportAnswer(source: string, status: number, text: string): CsvImportReport {
  const json = parseJson(text);
  if (status === 200) return reportFromWire(reportWire.parse(json));
  const refusal = refusalWire.safeParse(json);
  if (!refusal.success) throw new Error(`the server answered ${status}: ${text.slice(0, 200)}`);
  const { faults, stopped, message } = refusal.data;
  if (faults !== undefined) throw new CsvImportError(source, faults, stopped);
  throw new Error(`the server answered ${status}: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reportToWire({ firstTime, lastTime, ...report }: CsvImportReport): z.infer<typeof reportWire> {
  return { ...report, first_time: firstTime, last_time: lastTime };
}

function reportFromWire(wire: z.infer<typeof reportWire>): CsvImportReport {
  const { first_time: firstTime, last_time: lastTime, ...report } = wire;
  return { ...report, firstTime, lastTime };
}

function isCsvImportError(error: unknown): error is CsvImportError {
  return error instanceof Error && codeOf(error) === 'csv_invalid';
}
