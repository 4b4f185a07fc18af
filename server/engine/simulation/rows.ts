/** Many records of one shape as rows under one header: a snapshot of a long session stays small and quick to read. */
import type { JsonValue } from './codec';

/** Exact numbers are written as whole billionths, which need no parsing of decimals. */
export interface Rows {
  readonly fields: readonly string[];
  /** Which of the fields hold exact numbers. */
  readonly exact: readonly string[];
  readonly rows: readonly (readonly JsonValue[])[];
}

/** Writes `fields` of every record; `exact` names those that hold billionths. */
export function toRows<T extends object>(
  records: readonly T[],
  fields: readonly (keyof T & string)[],
  exact: readonly (keyof T & string)[],
): Rows {
  const isExact = fields.map((field) => exact.includes(field));
  const rows = records.map((record) =>
    fields.map((field, column) => {
      const value = record[field];
      return isExact[column] && value !== null ? String(value) : (value as JsonValue);
    }),
  );
  return { fields, exact, rows };
}

/** Hands every record to `take`, a new one each time. Throws where a row does not fit its header. */
export function eachRow(stored: Rows, take: (record: Record<string, unknown>) => void): void {
  const isExact = stored.fields.map((field) => stored.exact.includes(field));
  for (const row of stored.rows) {
    if (row.length !== stored.fields.length) {
      throw new Error(`expected ${stored.fields.length} fields in a row, found ${row.length}`);
    }
    const record: Record<string, unknown> = {};
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      record[stored.fields[column] as string] =
        isExact[column] && typeof value === 'string' ? BigInt(value) : value;
    }
    take(record);
  }
}
