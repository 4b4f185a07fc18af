/** Where an import goes: through the server that works on the data directory, else straight into it. */
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvImportReport, importCsv } from '../feeds/csv/import-csv';
import { IMPORT_CSV_PATH, LOCK_TOKEN_HEADER, readImportAnswer } from '../feeds/csv/import-request';
import { openCatalogue } from '../stores/catalogue/catalogue';
import { lockHolderOf } from '../stores/catalogue/directory-lock';
import { openMarketStore } from '../stores/market-store';
import { wordsOf } from '../feeds/csv/import-subject';
import type { ImportFile } from './import-arguments';

const READ_BYTES = 256 * 1024;
const ANSWER_BYTES_MAX = 1024 * 1024;

export type OnProgress = (bytes: number, rows: number | null) => void;

export interface ImportTarget {
  readonly describe: string;
  run(file: ImportFile, onProgress: OnProgress): Promise<CsvImportReport>;
  close(): Promise<void>;
}

/** Throws a DirectoryLockedError when a process holds the data directory and does not listen (yet). */
export async function openImportTarget(
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<ImportTarget> {
  const holder = lockHolderOf(dataDir);
  if (holder !== null && holder.origin !== null) return throughServer(holder.origin, holder.token);
  const catalogue = await openCatalogue({ dataDir, databaseUrl });
  const into = openMarketStore({ dataDir, catalogue });
  return {
    describe: dataDir,
    run: ({ path, name, subject }, onProgress) => {
      const file = createReadStream(path, { highWaterMark: READ_BYTES });
      return importCsv({ file, subject, into, source: name, onProgress });
    },
    close: () => catalogue.close(),
  };
}

function throughServer(origin: string, token: string): ImportTarget {
  return {
    describe: `the server at ${origin}`,
    run: async ({ path, name, subject }, onProgress) => {
      const url = new URL(IMPORT_CSV_PATH, origin);
      url.search = new URLSearchParams({ ...wordsOf(subject), source: name }).toString();
      const file = createReadStream(path, { highWaterMark: READ_BYTES });
      file.on('data', () => onProgress(file.bytesRead, null));
      const { status, text } = await post(url, token, file);
      return readImportAnswer(name, status, text);
    },
    close: async () => undefined,
  };
}

/** A refusal may arrive while the file is still being sent: then the answer counts, not the broken pipe. */
async function post(url: URL, token: string, body: Readable): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'text/csv', [LOCK_TOKEN_HEADER]: token };
  const request = httpRequest(url, { method: 'POST', headers });
  const responded = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  pipeline(body, request).catch(() => undefined); // what went wrong also fails the response, and tells more there
  const response = await responded;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    if (text.length < ANSWER_BYTES_MAX) text += String(chunk);
  }
  return { status: response.statusCode ?? 0, text };
}
