/** Bars as an Arrow IPC file: written once, read back as typed arrays over the file's own bytes. */
import {
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  tableFromIPC,
} from 'apache-arrow';
import { type BarColumns, BAR_FIELDS } from '../../engine/market/bars';

/**
 * All columns are 64-bit floats, time included: epoch milliseconds. Arrow's own timestamps are 64-bit
 * integers, which JavaScript can only read as one bigint a row; floats it reads where they lie.
 */
const COLUMN_NAMES: Record<(typeof BAR_FIELDS)[number], string> = {
  time: 'time',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
  vwap: 'vwap',
  tradeCount: 'trade_count',
};

/** For people who open the file with another tool. */
const DESCRIPTION = new Map([
  ['time', 'start of the bar, milliseconds since 1970-01-01T00:00:00Z'],
  ['prices', 'dollars, not adjusted'],
  ['vwap', 'NaN where the source does not tell'],
  ['trade_count', 'NaN where the source does not tell'],
]);

type Columns = Record<string, Float64>;
const FIELDS = BAR_FIELDS.map((name) => Field.new(COLUMN_NAMES[name], new Float64(), false));

/** One record batch, so that each column is one array. */
export function encodeBars(bars: BarColumns, about: Readonly<Record<string, string>>): Uint8Array {
  const metadata = new Map([...Object.entries(about), ...DESCRIPTION]);
  const children = BAR_FIELDS.map((name) =>
    makeData({ type: new Float64(), length: bars.length, nullCount: 0, data: bars[name] }),
  );
  const type = new Struct<Columns>(FIELDS);
  const rows = makeData({ type, length: bars.length, nullCount: 0, children });
  const table = new Table<Columns>([new RecordBatch<Columns>(new Schema<Columns>(FIELDS, metadata), rows)]);
  return RecordBatchFileWriter.writeAll(table).toUint8Array(true);
}

/** No copy: the columns are views of `bytes`, which must not change any more. Throws on a foreign file. */
export function decodeBars(bytes: Uint8Array): BarColumns {
  const table = tableFromIPC<Columns>(bytes);
  const column = (name: (typeof BAR_FIELDS)[number]): Float64Array => {
    const chunks = table.getChild(COLUMN_NAMES[name])?.data ?? [];
    const values: unknown = chunks[0]?.values;
    if (chunks.length !== 1 || !(values instanceof Float64Array)) {
      throw new Error(
        `expected one chunk of 64-bit floats in column ${COLUMN_NAMES[name]}, found ${chunks.length}`,
      );
    }
    return values.subarray(0, table.numRows);
  };
  return {
    length: table.numRows,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    vwap: column('vwap'),
    tradeCount: column('tradeCount'),
  };
}
