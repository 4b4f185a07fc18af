/** One row of a CSV, read column by column; what is wrong is collected with the row's number. */
import type { CsvFault } from './csv-fault';
import { quoted } from './csv-fault';
import type { CsvLayout } from './csv-header';
import { INSTANT_EXPECTED, InstantReader } from './csv-instant';
import { isBlank, parseNumber } from './csv-number';

/** Enough to see what is wrong with a file. */
export const FAULTS_MAX = 20;

/** One for all rows: a million small objects cost more than the parsing. */
export class CsvRow<Column extends string> {
  number = 0;
  private record: readonly string[] = [];
  private failedRow = 0;
  private readonly instants = new InstantReader();

  constructor(
    private readonly places: CsvLayout<Column>['places'],
    private readonly faults: CsvFault[],
  ) {}

  turnTo(record: readonly string[], number: number): void {
    this.record = record;
    this.number = number;
  }

  /** Something in this row is wrong. */
  get isFaulty(): boolean {
    return this.failedRow === this.number;
  }

  /** The time read last was a date without a time of day. */
  get isDateOnly(): boolean {
    return this.instants.dateOnly;
  }

  has(column: Column): boolean {
    return this.places[column] >= 0;
  }

  /** Empty where the file does not have the column. */
  text(column: Column): string {
    return this.record[this.places[column]] ?? '';
  }

  /** Epoch milliseconds. */
  time(column: Column): number {
    const time = this.instants.read(this.text(column));
    if (Number.isNaN(time)) this.fault(column, INSTANT_EXPECTED);
    return time;
  }

  amount(column: Column): number {
    const value = parseNumber(this.text(column));
    if (value >= 0) return value;
    this.fault(column, 'a number that is not negative');
    return NaN;
  }

  /** NaN where the source does not tell. */
  optionalAmount(column: Column): number {
    return isBlank(this.text(column)) ? NaN : this.amount(column);
  }

  /** Some vendors write 0 where they mean that there is none. */
  optionalPrice(column: Column): number {
    const value = this.optionalAmount(column);
    return value === 0 ? NaN : value;
  }

  fault(
    column: Column | null,
    expected: string,
    found = column === null ? '' : quoted(this.text(column)),
  ): void {
    this.failedRow = this.number;
    if (this.faults.length < FAULTS_MAX) {
      this.faults.push({ row: this.number, column, expected, found });
    }
  }
}
