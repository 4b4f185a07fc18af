/** Reads the bytes of a CSV of bars, piece by piece, into columns; collects what is wrong by row. */
import { newYorkMidnight, newYorkTime } from '../../engine/calendar/new-york';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import { DAY_MS, MINUTE_MS } from '../../engine/units/time';
import { BarBuilder } from './bar-builder';
import { type CsvFault, quoted } from './csv-fault';
import { type CsvColumn, type CsvLayout, readHeader } from './csv-header';
import { INSTANT_EXPECTED, InstantReader } from './csv-instant';
import { parseNumber, textOf } from './csv-number';

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
/** Enough to see what is wrong with a file. */
export const FAULTS_MAX = 20;
const LINE_BYTES_MAX = 64 * 1024;
/** Twenty symbol-decades of minutes; 640 MB of columns. */
const ROWS_MAX = 10_000_000;

/** Where a column goes in the row's values: the order of BAR_FIELDS, and then the symbol, which is only checked. */
const PLACES: readonly CsvColumn[] = [
  'timestamp',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'vwap',
  'trades',
  'symbol',
];
const [TIME, OPEN, HIGH, LOW, CLOSE, VWAP, TRADES, SYMBOL] = [0, 1, 2, 3, 4, 6, 7, 8];
const FIELDS = 8;

export class CsvBars {
  readonly builder = new BarBuilder();
  readonly faults: CsvFault[] = [];
  vwapsOutside = 0;
  private layout: CsvLayout | null = null;
  private row = 0;
  private rest: Uint8Array = new Uint8Array(0);
  private readonly instants = new InstantReader();
  /** The place of each column of the file; -1: not used. */
  private places = new Int8Array(0);
  /** The current row. One array for all rows: a million small objects cost more than the parsing. */
  private readonly values = new Float64Array(FIELDS);
  private failedRow = 0;
  /** The lines of the file cannot be told apart any more. */
  private lost = false;
  /** Where the fields of the current line begin and end, two entries a field. */
  private spans = new Int32Array(0);

  constructor(
    private readonly symbol: string,
    private readonly timeframe: BaseTimeframe,
  ) {}

  /** True when reading on is of no use: too much is wrong. */
  get hopeless(): boolean {
    return this.lost || this.faults.length >= FAULTS_MAX || (this.layout === null && this.faults.length > 0);
  }

  push(chunk: Uint8Array): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to >= 0 && !this.hopeless; to = bytes.indexOf(NEWLINE, from)) {
      this.readLine(bytes, from, to);
      from = to + 1;
    }
    this.rest = bytes.slice(from);
    if (!this.hopeless && this.rest.length > LINE_BYTES_MAX) {
      this.fault(null, `a line of at most ${LINE_BYTES_MAX} bytes`, 'a longer one', this.row + 1);
      this.lost = true;
    }
  }

  /** Columns of the file that say nothing to us. */
  get ignored(): readonly string[] {
    return this.layout?.ignored ?? [];
  }

  end(): void {
    if (this.rest.length > 0 && !this.hopeless) this.readLine(this.rest, 0, this.rest.length);
    if (this.builder.count === 0 && this.faults.length === 0) {
      this.fault(null, 'at least one bar', this.layout === null ? 'an empty file' : 'only a header');
    }
  }

  private readLine(bytes: Uint8Array, from: number, lineEnd: number): void {
    this.row++;
    const to = lineEnd > from && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (to === from) return; // an empty line
    if (this.layout === null) return this.readFirstLine(textOf(bytes, from, to));
    this.readRow(bytes, from, to, this.layout);
  }

  private readFirstLine(line: string): void {
    const layout = readHeader(line);
    if ('expected' in layout) return void this.faults.push({ ...layout, row: this.row });
    this.layout = layout;
    this.spans = new Int32Array(layout.columns.length * 2);
    this.places = Int8Array.from(layout.columns, (column) => (column === null ? -1 : PLACES.indexOf(column)));
  }

  private readRow(bytes: Uint8Array, from: number, to: number, layout: CsvLayout): void {
    const found = this.splitFields(bytes, from, to, layout.separator);
    if (found < 0) {
      // Quotes are taken off: what they protect, a separator or a line break, has no place among numbers.
      const bare = Buffer.from(bytes.subarray(from, to).filter((byte) => byte !== QUOTE));
      return this.readRow(bare, 0, bare.length, layout);
    }
    if (found !== layout.columns.length) {
      return this.fault(null, `${layout.columns.length} fields as in the header`, `${found} fields`);
    }
    if (this.builder.count >= ROWS_MAX) return this.fault(null, `at most ${ROWS_MAX} bars`, 'more');
    if (this.readFields(bytes) && this.isSound()) this.builder.add(this.values);
  }

  /** Fills `spans`; returns the number of fields, which may be more than there is room for, or -1 for quotes. */
  private splitFields(bytes: Uint8Array, from: number, to: number, separator: number): number {
    const { spans } = this;
    let field = 0;
    let begin = from;
    for (let index = from; index < to; index++) {
      const byte = bytes[index];
      if (byte === QUOTE) return -1;
      if (byte !== separator) continue;
      spans[field * 2] = begin;
      spans[field * 2 + 1] = index;
      field++;
      begin = index + 1;
    }
    spans[field * 2] = begin;
    spans[field * 2 + 1] = to;
    return field + 1;
  }

  private readFields(bytes: Uint8Array): boolean {
    const { spans, places, values } = this;
    values[VWAP] = NaN;
    values[TRADES] = NaN;
    for (let field = 0; field < places.length; field++) {
      const place = places[field] as number;
      const from = spans[field * 2] as number;
      const to = spans[field * 2 + 1] as number;
      if (place < 0) continue;
      if (place === SYMBOL) this.checkSymbol(bytes, from, to);
      else
        values[place] =
          place === TIME ? this.readTime(bytes, from, to) : this.readNumber(bytes, from, to, place);
    }
    // Some vendors write 0 where they mean that there is none.
    if (values[VWAP] === 0) values[VWAP] = NaN;
    return this.failedRow !== this.row;
  }

  private readNumber(bytes: Uint8Array, from: number, to: number, place: number): number {
    const isOptional = place >= VWAP;
    if (from === to && isOptional) return NaN;
    const value = parseNumber(bytes, from, to);
    if (value >= 0 && value < Infinity) return value;
    const text = textOf(bytes, from, to);
    if (isOptional && /^\s*(nan|null|none)?\s*$/i.test(text)) return NaN;
    this.fault(PLACES[place] ?? null, 'a number that is not negative', quoted(text));
    return NaN;
  }

  private readTime(bytes: Uint8Array, from: number, to: number): number {
    const time = this.instants.read(bytes, from, to);
    if (Number.isNaN(time)) this.fault('timestamp', INSTANT_EXPECTED, quoted(textOf(bytes, from, to)));
    else if (this.timeframe === '1Day') return sessionStart(time);
    else if (time % MINUTE_MS !== 0 || this.instants.dateOnly) {
      this.fault('timestamp', 'the start of a minute', quoted(textOf(bytes, from, to)));
    }
    return time;
  }

  private checkSymbol(bytes: Uint8Array, from: number, to: number): void {
    const text = textOf(bytes, from, to);
    if (text.trim().toUpperCase() !== this.symbol) this.fault('symbol', quoted(this.symbol), quoted(text));
  }

  private isSound(): boolean {
    const { values } = this;
    const low = values[LOW] as number;
    const high = values[HIGH] as number;
    if (!(low > 0)) this.fault('low', 'a price above 0', `${low}`);
    else if (high < low) this.fault('high', `at least the low, ${low}`, `${high}`);
    else if (!within(values[OPEN], low, high))
      this.fault('open', `a price from ${low} to ${high}`, `${values[OPEN]}`);
    else if (!within(values[CLOSE], low, high)) {
      this.fault('close', `a price from ${low} to ${high}`, `${values[CLOSE]}`);
    } else {
      // Trades that do not update high and low still count in a tape's vwap: noticed, not refused.
      const vwap = values[VWAP] as number;
      if (vwap < low || vwap > high) this.vwapsOutside++;
      return true;
    }
    return false;
  }

  private fault(column: string | null, expected: string, found: string, row = this.row): void {
    this.failedRow = row;
    if (this.faults.length < FAULTS_MAX) this.faults.push({ row, column, expected, found });
  }
}

function within(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}

/**
 * A daily bar is stamped midnight New York of its session. A date alone, and midnight UTC, which is never
 * midnight in New York, name the session's date; any other time belongs to New York's date at that time.
 */
function sessionStart(time: number): number {
  if (time % DAY_MS !== 0) return newYorkMidnight(time);
  return newYorkTime(new Date(time).toISOString().slice(0, 10), 0);
}
