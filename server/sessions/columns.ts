/** Market data as struct-of-arrays columns of any kind: made, cut, joined and compared by their shape. */
import type { EpochMs } from '../engine/units/time';

export type ColumnType = 'float64' | 'uint32' | 'uint8';
export type Column = Float64Array | Uint32Array | Uint8Array;

/** One entry a row, in every column; ascending by `time`. */
export interface TimedColumns {
  readonly length: number;
  readonly time: Float64Array;
}

/** The columns of a kind of market data, in order, and how wide each is. */
export type ColumnShape<C extends TimedColumns> = Readonly<Record<Exclude<keyof C, 'length'>, ColumnType>>;

const MAKERS: Readonly<Record<ColumnType, (length: number) => Column>> = {
  float64: (length) => new Float64Array(length),
  uint32: (length) => new Uint32Array(length),
  uint8: (length) => new Uint8Array(length),
};

export function fieldsOf<C extends TimedColumns>(shape: ColumnShape<C>): readonly [string, ColumnType][] {
  return Object.entries(shape);
}

/** Columns of a shape, each made by `make`. The one place where a record of arrays becomes typed columns. */
export function columnsFrom<C extends TimedColumns>(
  shape: ColumnShape<C>,
  length: number,
  make: (name: string, type: ColumnType) => Column,
): C {
  const columns = fieldsOf(shape).map(([name, type]) => [name, make(name, type)] as const);
  return { length, ...Object.fromEntries(columns) } as unknown as C;
}

/** One column by its name in the shape. */
export function columnOf(columns: TimedColumns, name: string): Column {
  return (columns as unknown as Readonly<Record<string, Column>>)[name] as Column;
}

export function emptyColumns<C extends TimedColumns>(shape: ColumnShape<C>, length = 0): C {
  return columnsFrom(shape, length, (_, type) => MAKERS[type](length));
}

/** A view (no copy) of the rows from index `from` up to, not with, `to`. */
export function sliceColumns<C extends TimedColumns>(
  shape: ColumnShape<C>,
  columns: C,
  from: number,
  to: number,
): C {
  return columnsFrom(shape, to - from, (name) => columnOf(columns, name).subarray(from, to));
}

/** Joins pieces that follow each other in time. One piece is returned as it is, without a copy. */
export function joinColumns<C extends TimedColumns>(shape: ColumnShape<C>, pieces: readonly C[]): C {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const joined = emptyColumns(
    shape,
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  for (const [name] of fieldsOf(shape)) {
    let offset = 0;
    for (const piece of pieces) {
      columnOf(joined, name).set(columnOf(piece, name), offset);
      offset += piece.length;
    }
  }
  return joined;
}

/** Memory of their own, and no more than they need. */
export function copyColumns<C extends TimedColumns>(shape: ColumnShape<C>, columns: C): C {
  return columnsFrom(shape, columns.length, (name) => columnOf(columns, name).slice());
}

/** Rows in the order that `indexes` says. */
export function pickRows<C extends TimedColumns>(
  shape: ColumnShape<C>,
  columns: C,
  indexes: ArrayLike<number>,
): C {
  return columnsFrom(shape, indexes.length, (name, type) => {
    const from = columnOf(columns, name);
    const picked = MAKERS[type](indexes.length);
    for (let to = 0; to < indexes.length; to++) picked[to] = from[indexes[to] as number] as number;
    return picked;
  });
}

/** The first index after `from` whose time is another one. */
export function endOfInstant({ time, length }: TimedColumns, from: number): number {
  const instant: EpochMs | undefined = time[from];
  let to = from + 1;
  while (to < length && time[to] === instant) to++;
  return to;
}
