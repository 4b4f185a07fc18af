/** Reads a CSV file, gzipped or not, row by row: all of it, or an error that names the rows that are wrong. */
import { StringDecoder } from 'node:string_decoder';
import { CsvImportError } from './csv-fault';
import type { CsvFormat } from './csv-header';
import { CsvReader } from './csv-reader';
import { type CsvRow, FAULTS_MAX } from './csv-row';
import { unzipped } from './unzipped';

/** Called as the file is read: bytes of the file so far, rows so far. */
export type OnRead = (bytes: number, rows: number) => void;

export interface CsvSource {
  readonly file: AsyncIterable<Uint8Array>;
  /** The file's name, for messages and the history of imports. */
  readonly source: string;
  readonly onProgress?: OnRead | undefined;
}

/** Gives every row to `take`; returns the names of the columns that were not used. Throws a CsvImportError. */
export async function readCsv<Column extends string>(
  { file, source, onProgress }: CsvSource,
  format: CsvFormat<Column>,
  take: (row: CsvRow<Column>) => void,
): Promise<readonly string[]> {
  const reader = new CsvReader(format, take);
  // Not a TextDecoder: that makes two bytes of every character, which all that follows then pays for.
  const decoder = new StringDecoder('utf8');
  let bytes = 0;
  const counted = (async function* () {
    for await (const chunk of file) {
      bytes += chunk.length;
      yield chunk;
    }
  })();
  try {
    for await (const chunk of unzipped(counted)) {
      reader.push(decoder.write(chunk));
      onProgress?.(bytes, reader.rows);
      if (reader.hopeless) break;
    }
    reader.push(decoder.end());
    reader.end();
  } catch (error) {
    throw gzipFault(source, error) ?? error;
  }
  const { faults, ignored } = reader;
  if (faults.length > 0) throw new CsvImportError(source, faults, faults.length >= FAULTS_MAX);
  return ignored;
}

function gzipFault(source: string, error: unknown): CsvImportError | null {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (!code.startsWith('Z_')) return null;
  const found = error instanceof Error ? error.message : code;
  return new CsvImportError(source, [{ row: 0, column: null, expected: 'a whole gzip file', found }]);
}
