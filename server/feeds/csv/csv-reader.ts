/** Turns the text of a CSV, given in pieces, into rows; papaparse cuts them into fields. */
import Papa from 'papaparse';
import { type CsvFault, quoted } from './csv-fault';
import { type CsvFormat, type CsvLayout, readHeader, separatorOf } from './csv-header';
import { CsvRow, FAULTS_MAX } from './csv-row';

const LINE_LENGTH_MAX = 64 * 1024;
/** Twenty symbol-decades of minutes; 640 MB of columns. */
const ROWS_MAX = 10_000_000;
const NEWLINE = '\n';
const QUOTE = '"';

export class CsvReader<Column extends string> {
  readonly faults: CsvFault[] = [];
  /** Rows of data so far. */
  rows = 0;
  private line = 0;
  private rest = '';
  private layout: CsvLayout<Column> | null = null;
  private row: CsvRow<Column> | null = null;
  /** The lines of the file cannot be told apart any more. */
  private lost = false;

  constructor(
    private readonly format: CsvFormat<Column>,
    private readonly take: (row: CsvRow<Column>) => void,
  ) {}

  /** True when reading on is of no use: too much is wrong. */
  get hopeless(): boolean {
    return this.lost || this.faults.length >= FAULTS_MAX;
  }

  /** Columns of the file that say nothing to us. */
  get ignored(): readonly string[] {
    return this.layout?.ignored ?? [];
  }

  /** Pieces are cut at line ends, so that each parses alone and every record has its line's number. */
  push(text: string): void {
    const cut = text.lastIndexOf(NEWLINE);
    if (cut >= 0) this.readLines(this.rest + text.slice(0, cut));
    this.rest = cut >= 0 ? text.slice(cut + 1) : this.rest + text;
    if (!this.hopeless && this.rest.length > LINE_LENGTH_MAX) {
      this.giveUp(this.line + 1, `a line of at most ${LINE_LENGTH_MAX} characters`, 'a longer one');
    }
  }

  end(): void {
    if (this.rest !== '' && !this.hopeless) this.readLines(this.rest);
    if (this.rows > 0 || this.faults.length > 0) return;
    const found = this.layout === null ? 'an empty file' : 'only a header';
    this.faults.push({
      row: this.line,
      column: null,
      expected: `at least one ${this.format.rowWord}`,
      found,
    });
  }

  private readLines(lines: string): void {
    if (this.hopeless) return;
    const text = lines.includes('\r') ? lines.replaceAll('\r\n', NEWLINE).replace(/\r$/, '') : lines;
    const delimiter = this.layout?.separator ?? separatorOf(text.trimStart().split(NEWLINE, 1)[0] ?? '');
    const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: NEWLINE });
    if (text.includes(QUOTE) && (errors.length > 0 || data.some(isBroken))) {
      const at = Math.min(
        errors[0]?.row ?? Infinity,
        ...data.flatMap((one, index) => (isBroken(one) ? index : [])),
      );
      const found = quoted(data[at]?.join(delimiter) ?? '');
      return this.giveUp(this.line + at + 1, 'quotes in pairs, on one line', found);
    }
    for (const record of data) {
      this.line++;
      if (record.length === 1 && record[0] === '') continue; // an empty line
      this.readRecord(record, delimiter);
      if (this.hopeless) return;
    }
  }

  private readRecord(record: readonly string[], separator: string): void {
    const { layout, row } = this;
    if (layout === null || row === null) return this.readFirst(record, separator);
    this.rows++;
    row.turnTo(record, this.line);
    if (record.length !== layout.width) {
      return row.fault(null, `${layout.width} fields as in the header`, `${record.length} fields`);
    }
    if (this.rows > ROWS_MAX) return this.giveUp(this.line, `at most ${ROWS_MAX} rows`, 'more');
    this.take(row);
  }

  private readFirst(record: readonly string[], separator: string): void {
    const layout = readHeader(record, separator, this.format, this.line);
    if ('expected' in layout) {
      this.faults.push(layout);
      this.lost = true;
      return;
    }
    this.layout = layout;
    this.row = new CsvRow(layout.places, this.faults);
  }

  private giveUp(row: number, expected: string, found: string): void {
    this.faults.push({ row, column: null, expected, found });
    this.lost = true;
  }
}

function isBroken(record: readonly string[]): boolean {
  return record.some((field) => field.includes(NEWLINE));
}
