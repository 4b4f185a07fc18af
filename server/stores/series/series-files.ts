/** The files of a series in a data directory: `bars/1Min/AAPL/2024.v3.arrow`, checked against the catalogue when read. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { TimedColumns } from '../../sessions/columns';
import { decodeColumns, encodeColumns } from './arrow-file';
import { writeFileAtomically } from './atomic-file';
import type { SeriesKind } from './series-kind';

/** Which file: of one symbol and period, as one import left it. */
export interface SeriesFileName {
  readonly symbol: string;
  readonly period: string;
  readonly version: number;
}

/** What the catalogue knows of a file. */
export interface SeriesFileFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly checksum: string;
}

function pathOf(dataDir: string, folder: string, { symbol, period, version }: SeriesFileName): string {
  return join(dataDir, ...folder.split('/'), encodeURIComponent(symbol), `${period}.v${version}.arrow`);
}

export async function writeSeriesFile<C extends TimedColumns>(
  dataDir: string,
  kind: SeriesKind<C>,
  name: SeriesFileName,
  columns: C,
): Promise<SeriesFileFacts> {
  const about = { symbol: name.symbol, kind: kind.folder, version: `${name.version}` };
  const bytes = encodeColumns(kind, columns, about);
  await writeFileAtomically(pathOf(dataDir, kind.folder, name), bytes);
  return { rows: columns.length, bytes: bytes.length, checksum: checksumOf(bytes) };
}

/** Throws when the file is gone or is not the one that was written: a session must not run on other data. */
export async function readSeriesFile<C extends TimedColumns>(
  dataDir: string,
  kind: SeriesKind<C>,
  file: SeriesFileName & SeriesFileFacts,
): Promise<C> {
  const path = pathOf(dataDir, kind.folder, file);
  const bytes = await readWhole(path);
  const checksum = checksumOf(bytes);
  if (checksum !== file.checksum) {
    throw new Error(
      `${path} was changed: expected ${file.bytes} bytes with SHA-256 ${file.checksum}, ` +
        `found ${bytes.length} bytes with ${checksum}; restore it from a copy`,
    );
  }
  return decodeColumns(kind, bytes);
}

/** Into memory of its own: columns are views of it, which must begin on a multiple of eight. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

function checksumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
