/** What is wrong in a CSV file, by row: said as what was expected and what was found. */

export interface CsvFault {
  /** Line of the file; the header is row 1. Zero: the file as a whole. */
  readonly row: number;
  /** Null: the row as a whole. */
  readonly column: string | null;
  readonly expected: string;
  readonly found: string;
}

/** A file that was refused whole. Told apart by `code`, never by `instanceof`. */
export class CsvImportError extends Error {
  override readonly name = 'CsvImportError';
  readonly code = 'csv_invalid';
  constructor(
    readonly source: string,
    readonly faults: readonly CsvFault[],
    /** Reading stopped early: there may be more faults than these. */
    readonly stopped = false,
  ) {
    const more = stopped ? '\nstopped here; there may be more' : '';
    super(`${source} was not imported\n${faults.map(describeFault).join('\n')}${more}`);
  }
}

function describeFault({ row, column, expected, found }: CsvFault): string {
  const where = row === 0 ? 'file' : `row ${row}${column === null ? '' : `, ${column}`}`;
  return `${where}: expected ${expected}, found ${found}`;
}

const FOUND_MAX = 60;

/** What stands in the file, quoted and cut. */
export function quoted(text: string): string {
  if (text === '') return 'nothing';
  return JSON.stringify(text.length > FOUND_MAX ? `${text.slice(0, FOUND_MAX)}...` : text);
}
