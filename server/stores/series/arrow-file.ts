/** Columns as an Arrow IPC file: written once, read back as typed arrays over the file's own bytes. */
import {
  type DataType,
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  Uint32,
  Uint8,
} from 'apache-arrow';
import {
  type Column,
  columnOf,
  columnsFrom,
  type ColumnType,
  fieldsOf,
  type TimedColumns,
} from '../../sessions/columns';
import type { SeriesKind } from './series-kind';

/**
 * Prices, sizes and times are 64-bit floats, times as epoch milliseconds. Arrow's own timestamps are 64-bit
 * integers, which JavaScript can only read as one bigint a row; floats it reads where they lie.
 */
const TYPES = { float64: new Float64(), uint32: new Uint32(), uint8: new Uint8() } as const;
const ARRAYS = { float64: Float64Array, uint32: Uint32Array, uint8: Uint8Array } as const;

type Children = Record<string, DataType>;

/** One record batch, so that each column is one array. */
export function encodeColumns<C extends TimedColumns>(
  kind: SeriesKind<C>,
  columns: C,
  about: Readonly<Record<string, string>>,
): Uint8Array {
  const { length } = columns;
  const shape = fieldsOf(kind.shape);
  const fields = shape.map(([name, type]) => Field.new(storedName(kind, name), TYPES[type], false));
  const children = shape.map(([name, type]) => dataOf(type, columnOf(columns, name), length));
  const metadata = new Map(Object.entries({ ...about, ...kind.description }));
  const rows = makeData({ type: new Struct<Children>(fields), length, nullCount: 0, children });
  const batch = new RecordBatch<Children>(new Schema<Children>(fields, metadata), rows);
  return RecordBatchFileWriter.writeAll(new Table<Children>([batch])).toUint8Array(true);
}

function dataOf(type: ColumnType, data: Column, length: number) {
  if (data instanceof Float64Array) return makeData({ type: TYPES.float64, length, nullCount: 0, data });
  if (data instanceof Uint32Array) return makeData({ type: TYPES.uint32, length, nullCount: 0, data });
  if (type !== 'uint8') throw new Error(`expected a column of ${type}, found one of bytes`);
  return makeData({ type: TYPES.uint8, length, nullCount: 0, data });
}

/** No copy: the columns are views of `bytes`, which must not change any more. Throws on a foreign file. */
export function decodeColumns<C extends TimedColumns>(kind: SeriesKind<C>, bytes: Uint8Array): C {
  const table = tableFromIPC<Children>(bytes);
  return columnsFrom(kind.shape, table.numRows, (name, type) => {
    const chunks = table.getChild(storedName(kind, name))?.data ?? [];
    const values: unknown = chunks[0]?.values;
    if (chunks.length !== 1 || !(values instanceof ARRAYS[type])) {
      throw new Error(`expected one chunk of ${type} in column ${name}, found ${chunks.length}`);
    }
    return values.subarray(0, table.numRows);
  });
}

function storedName<C extends TimedColumns>({ columnNames }: SeriesKind<C>, name: string): string {
  return columnNames[name] ?? name;
}
