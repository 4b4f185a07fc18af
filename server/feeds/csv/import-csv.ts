/** Imports one CSV of market data, gzipped or not: the whole file or nothing of it. */
import type { BaseTimeframe } from '../../engine/market/timeframe';
import { dayNumber } from '../../engine/calendar/civil';
import { DAY_MS } from '../../engine/units/time';
import type { TimedColumns } from '../../sessions/columns';
import type { IntakeOrigin, MarketIntake, TableResult } from '../../sessions/market-intake';
import type { IntakeResult } from '../../sessions/bar-intake';
import type { Built } from './column-builder';
import { BAR_FORMAT, CsvBars } from './csv-bars';
import {
  CORPORATE_ACTION_FORMAT,
  corporateActionOf,
  SYMBOL_CHANGE_FORMAT,
  symbolChangeOf,
} from './csv-corporate-actions';
import { CsvQuotes, QUOTE_FORMAT } from './csv-quotes';
import { CsvTrades, TRADE_FORMAT } from './csv-trades';
import type { ImportKind, ImportSubject } from './import-subject';
import { countOffCalendar } from './off-calendar';
import { type CsvSource, readCsv } from './read-csv';

export interface CsvImportOptions extends CsvSource {
  readonly subject: ImportSubject;
  readonly into: MarketIntake;
}

export interface CsvImportReport {
  readonly kind: ImportKind;
  /** Null: of many symbols. */
  readonly symbol: string | null;
  /** Of bars only. */
  readonly timeframe: BaseTimeframe | null;
  /** Rows of the file, after duplicates gave way. */
  readonly rows: number;
  readonly added: number;
  readonly replaced: number;
  /** Null: what has no versions. */
  readonly version: number | null;
  /** Rows of this kind, and of the symbol if there is one, afterwards. */
  readonly count: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly warnings: Readonly<Record<string, number>>;
}

type Warnings = Record<string, number>;
type SubjectOf<Kind extends ImportKind> = Extract<ImportSubject, { kind: Kind }>;

/** Throws a CsvImportError with the rows that are wrong; then nothing was changed. */
export async function importCsv(options: CsvImportOptions): Promise<CsvImportReport> {
  const { subject } = options;
  switch (subject.kind) {
    case 'bars':
      return importBars(options, subject);
    case 'quotes':
      return importQuotes(options, subject);
    case 'trades':
      return importTrades(options, subject);
    case 'corporate-actions':
      return importCorporateActions(options);
    case 'symbol-changes':
      return importSymbolChanges(options);
  }
}

async function importBars(options: CsvImportOptions, subject: SubjectOf<'bars'>): Promise<CsvImportReport> {
  const { symbol, timeframe, assetClass } = subject;
  const csv = new CsvBars(symbol, timeframe, assetClass);
  const ignored = await readCsv(options, BAR_FORMAT, (row) => csv.take(row));
  const built = csv.builder.build();
  const off = assetClass === 'crypto' ? 0 : countOffCalendar(built.columns.time, timeframe === '1Day');
  const origin = originOf(options, ignored, {
    'vwap outside low and high': csv.vwapsOutside,
    ...orderWarnings(built),
    'bars while the market was closed': off,
  });
  const batch = { symbol, timeframe, assetClass, bars: built.columns, ...origin, synthetic: false };
  return seriesReport(subject, timeframe, built.columns, origin, await options.into.bars.put(batch));
}

async function importQuotes(
  options: CsvImportOptions,
  subject: SubjectOf<'quotes'>,
): Promise<CsvImportReport> {
  const csv = new CsvQuotes();
  const ignored = await readCsv(options, QUOTE_FORMAT, (row) => csv.take(row));
  const built = csv.builder.build();
  const origin = originOf(options, ignored, {
    'quotes with one side only': csv.oneSided,
    'quotes with the bid above the ask': csv.crossed,
    ...orderWarnings(built),
    'quotes while the market was closed': offCalendar(subject, built.columns),
  });
  const { symbol, assetClass } = subject;
  const result = await options.into.quotes.put({ symbol, assetClass, columns: built.columns, ...origin });
  return seriesReport(subject, null, built.columns, origin, result);
}

async function importTrades(
  options: CsvImportOptions,
  subject: SubjectOf<'trades'>,
): Promise<CsvImportReport> {
  const csv = new CsvTrades();
  const ignored = await readCsv(options, TRADE_FORMAT, (row) => csv.take(row));
  const built = csv.builder.build();
  const origin = originOf(options, ignored, {
    'trades that the source suspects': csv.suspicious,
    ...orderWarnings(built),
    'trades while the market was closed': offCalendar(subject, built.columns),
  });
  const { symbol, assetClass } = subject;
  const result = await options.into.trades.put({ symbol, assetClass, columns: built.columns, ...origin });
  return seriesReport(subject, null, built.columns, origin, result);
}

async function importCorporateActions(options: CsvImportOptions): Promise<CsvImportReport> {
  const actions = new LastOfEach(
    corporateActionOf,
    ({ symbol, exDate, type }) => `${symbol}/${exDate}/${type}`,
  );
  const ignored = await readCsv(options, CORPORATE_ACTION_FORMAT, (row) => actions.take(row));
  const origin = originOf(options, ignored, { [ROWS_TWICE]: actions.duplicates });
  const result = await options.into.corporateActions.putCorporateActions(actions.all, origin);
  const dates = actions.all.map(({ exDate }) => exDate);
  return tableReport('corporate-actions', dates, origin, result);
}

async function importSymbolChanges(options: CsvImportOptions): Promise<CsvImportReport> {
  const changes = new LastOfEach(symbolChangeOf, ({ security, validTo }) => `${security}/${validTo}`);
  const ignored = await readCsv(options, SYMBOL_CHANGE_FORMAT, (row) => changes.take(row));
  const origin = originOf(options, ignored, { [ROWS_TWICE]: changes.duplicates });
  const result = await options.into.corporateActions.putSymbolChanges(changes.all, origin);
  const dates = changes.all.map(({ validTo }) => validTo);
  return tableReport('symbol-changes', dates, origin, result);
}

const ROWS_TWICE = 'rows of the same thing, the last one kept';

/** Of several rows of one key the last one. */
class LastOfEach<Row, Read> {
  duplicates = 0;
  private readonly byKey = new Map<string, Read>();

  constructor(
    private readonly read: (row: Row) => Read | null,
    private readonly keyOf: (read: Read) => string,
  ) {}

  take(row: Row): void {
    const read = this.read(row);
    if (read === null) return;
    const key = this.keyOf(read);
    if (this.byKey.has(key)) this.duplicates++;
    this.byKey.set(key, read);
  }

  get all(): readonly Read[] {
    return [...this.byKey.values()];
  }
}

function orderWarnings({ outOfOrder, duplicates }: Built<TimedColumns>): Warnings {
  return {
    'rows out of order, sorted': outOfOrder,
    'rows of the same time, the last one kept': duplicates,
  };
}

/** Coins are traded around the clock. */
function offCalendar({ assetClass }: SubjectOf<'quotes' | 'trades'>, { time }: TimedColumns): number {
  return assetClass === 'crypto' ? 0 : countOffCalendar(time, false);
}

function originOf({ source }: CsvSource, ignored: readonly string[], warnings: Warnings): IntakeOrigin {
  const all = {
    ...Object.fromEntries(ignored.map((name) => [`column ignored: ${name.slice(0, 40)}`, 1])),
    ...warnings,
  };
  const noticed = Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
  return { feed: 'csv', source, warnings: noticed };
}

function seriesReport(
  { kind, symbol }: SubjectOf<'bars' | 'quotes' | 'trades'>,
  timeframe: BaseTimeframe | null,
  { time, length }: TimedColumns,
  { warnings }: IntakeOrigin,
  { version, added, replaced, count }: IntakeResult,
): CsvImportReport {
  const [firstTime, lastTime] = [time[0] ?? NaN, time[length - 1] ?? NaN];
  return {
    kind,
    symbol,
    timeframe,
    rows: length,
    added,
    replaced,
    version,
    count,
    firstTime,
    lastTime,
    warnings,
  };
}

function tableReport(
  kind: ImportKind,
  dates: readonly string[],
  { warnings }: IntakeOrigin,
  result: TableResult,
): CsvImportReport {
  const days = dates.map((date) => dayNumber(date) * DAY_MS);
  return {
    kind,
    symbol: null,
    timeframe: null,
    rows: dates.length,
    ...result,
    version: null,
    firstTime: days.reduce((first, day) => Math.min(first, day), Infinity),
    lastTime: days.reduce((last, day) => Math.max(last, day), -Infinity),
    warnings,
  };
}
