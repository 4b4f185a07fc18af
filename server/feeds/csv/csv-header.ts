/** The header of a CSV: which column is which, under the names that vendors use. */
import { type CsvFault, quoted } from './csv-fault';

/** The columns of a kind of file. */
export interface CsvFormat<Column extends string> {
  /** What each column may be called, in lower case with underscores. */
  readonly names: Readonly<Record<Column, readonly string[]>>;
  readonly required: readonly Column[];
  readonly example: string;
  /** What one row is, for messages. */
  readonly rowWord: string;
}

export interface CsvLayout<Column extends string> {
  readonly separator: string;
  /** How many fields a row has. */
  readonly width: number;
  /** Which field of a row each column is; -1: the file does not have it. */
  readonly places: Readonly<Record<Column, number>>;
  /** Names of the columns that say nothing to us. */
  readonly ignored: readonly string[];
}

const SEPARATORS = [',', ';', '\t'] as const;

export function separatorOf(header: string): string {
  return SEPARATORS.find((candidate) => header.includes(candidate)) ?? ',';
}

/** `names`: the fields of the header, which stands in `row`. */
export function readHeader<Column extends string>(
  names: readonly string[],
  separator: string,
  format: CsvFormat<Column>,
  row: number,
): CsvLayout<Column> | CsvFault {
  const columns = names.map((name) => columnOf(name, format));
  const text = quoted(names.join(separator));
  const missing = format.required.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const found = `${text} without ${missing.join(', ')}`;
    return { row, column: null, expected: `a header like ${format.example}`, found };
  }
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice !== undefined && twice !== null) {
    return { row, column: twice, expected: 'one column', found: `${text} with two of them` };
  }
  const all = Object.keys(format.names) as Column[];
  return {
    separator,
    width: names.length,
    places: Object.fromEntries(all.map((column) => [column, columns.indexOf(column)])) as Record<
      Column,
      number
    >,
    ignored: names.filter((_, index) => columns[index] === null),
  };
}

function columnOf<Column extends string>(name: string, { names }: CsvFormat<Column>): Column | null {
  const word = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  for (const column of Object.keys(names) as Column[]) if (names[column].includes(word)) return column;
  return null;
}
