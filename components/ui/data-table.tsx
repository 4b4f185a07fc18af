'use client';
/** One table for all blotters: numbers to the right in equal digits, the head stays while rows scroll. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** Left out on narrow screens, where the table must not scroll sideways. */
  readonly isExtra?: boolean;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

export function DataTable<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  const place = (column: Column<Row>): string =>
    `${column.isNumber === true ? 'text-right tabular-nums' : 'text-left'} ${column.isExtra === true ? 'max-md:hidden' : ''}`;
  return (
    <table className="w-full border-separate border-spacing-0 text-12">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={`sticky top-0 z-10 h-7 border-b border-line bg-surface-1 px-3 text-11 font-medium whitespace-nowrap text-faint max-md:px-2 ${place(column)}`}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className="hover:bg-surface-2">
            {columns.map((column) => (
              <td
                key={column.id}
                className={`h-7 border-b border-line px-3 whitespace-nowrap max-lg:h-9 max-md:px-2 ${place(column)}`}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
