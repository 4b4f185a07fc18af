/** A kind of market data that is kept in files: its columns, its folder, and which rows share a file. */
import type { EpochMs } from '../../engine/units/time';
import type { ColumnShape, TimedColumns } from '../../sessions/columns';

/** Which file a time belongs to: its name, and the first time that belongs to another one. */
export interface Period {
  readonly name: string;
  readonly end: EpochMs;
}

export interface SeriesKind<C extends TimedColumns> {
  /** Folder of the files in the data directory, and name of the kind in the catalogue. */
  readonly folder: string;
  readonly shape: ColumnShape<C>;
  /** Names of columns in the files where they differ from those in memory. */
  readonly columnNames: Readonly<Record<string, string>>;
  /** For people who open a file with another tool. */
  readonly description: Readonly<Record<string, string>>;
  /** A time may occur once, or several times. */
  readonly unique: boolean;
  periodAt(time: EpochMs): Period;
}

/** Years are of UTC: a file's span then needs no time zone to be known. */
export function yearAt(time: EpochMs): Period {
  const year = new Date(time).getUTCFullYear();
  return { name: `${year}`, end: Date.UTC(year + 1, 0, 1) };
}
