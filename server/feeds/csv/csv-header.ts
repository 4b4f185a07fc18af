/** The header of a CSV of bars: which column is which, under the names that vendors use. */
import { type CsvFault, quoted } from './csv-fault';

export type CsvColumn =
  'timestamp' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'vwap' | 'trades' | 'symbol';

const NAMES: Record<CsvColumn, readonly string[]> = {
  timestamp: ['timestamp', 'time', 'date', 'datetime', 'date_time', 't'],
  open: ['open', 'o'],
  high: ['high', 'h'],
  low: ['low', 'l'],
  close: ['close', 'c', 'last'],
  volume: ['volume', 'vol', 'v'],
  vwap: ['vwap', 'vw', 'average', 'volume_weighted'],
  trades: ['trades', 'trade_count', 'tradecount', 'transactions', 'count', 'n'],
  symbol: ['symbol', 'ticker', 's'],
};
const REQUIRED: readonly CsvColumn[] = ['timestamp', 'open', 'high', 'low', 'close', 'volume'];
const SEPARATORS = [',', ';', '\t'] as const;
const EXPECTED = 'a header like timestamp,open,high,low,close,volume[,vwap,trades]';

export interface CsvLayout {
  readonly separator: number;
  /** What each field of a row is; null: a column that we do not use. */
  readonly columns: readonly (CsvColumn | null)[];
  /** Names of the columns that we do not use. */
  readonly ignored: readonly string[];
}

export function readHeader(line: string): CsvLayout | CsvFault {
  const text = line.replace(/^\uFEFF/, '');
  const separator = SEPARATORS.find((candidate) => text.includes(candidate)) ?? ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const columns = names.map(columnOf);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    return {
      row: 1,
      column: null,
      expected: EXPECTED,
      found: `${quoted(text)} without ${missing.join(', ')}`,
    };
  }
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice !== undefined && twice !== null) {
    return { row: 1, column: twice, expected: 'one column', found: `${quoted(text)} with two of them` };
  }
  const ignored = names.filter((_, index) => columns[index] === null);
  return { separator: separator.charCodeAt(0), columns, ignored };
}

function columnOf(name: string): CsvColumn | null {
  const word = name.toLowerCase().replaceAll(/[\s-]+/g, '_');
  for (const column of Object.keys(NAMES) as CsvColumn[]) if (NAMES[column].includes(word)) return column;
  return null;
}
