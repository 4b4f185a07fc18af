/** The files of bars in a data directory: `bars/1Min/AAPL/2024.v3.arrow`, checked against the catalogue when read. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarColumns } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import { decodeBars, encodeBars } from './arrow-file';
import { writeFileAtomically } from './atomic-file';

/** Which file: of one symbol, timeframe and year, as one import left it. */
export interface BarFileName {
  readonly symbol: string;
  readonly timeframe: BaseTimeframe;
  readonly year: number;
  readonly version: number;
}

/** What the catalogue knows of a file. */
export interface BarFileFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly checksum: string;
}

function barFilePath(dataDir: string, { symbol, timeframe, year, version }: BarFileName): string {
  return join(dataDir, 'bars', timeframe, encodeURIComponent(symbol), `${year}.v${version}.arrow`);
}

export async function writeBarFile(
  dataDir: string,
  name: BarFileName,
  bars: BarColumns,
): Promise<BarFileFacts> {
  const bytes = encodeBars(bars, {
    symbol: name.symbol,
    timeframe: name.timeframe,
    version: `${name.version}`,
  });
  await writeFileAtomically(barFilePath(dataDir, name), bytes);
  return { rows: bars.length, bytes: bytes.length, checksum: checksumOf(bytes) };
}

/** Throws when the file is gone or is not the one that was written: a session must not run on other bars. */
export async function readBarFile(
  dataDir: string,
  name: BarFileName,
  facts: BarFileFacts,
): Promise<BarColumns> {
  const path = barFilePath(dataDir, name);
  const bytes = await readWhole(path);
  const checksum = checksumOf(bytes);
  if (checksum !== facts.checksum) {
    throw new Error(
      `${path} was changed: expected ${facts.bytes} bytes with SHA-256 ${facts.checksum}, ` +
        `found ${bytes.length} bytes with ${checksum}; restore it from a copy`,
    );
  }
  return decodeBars(bytes);
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
