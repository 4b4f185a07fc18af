/** The one place that clips market data to simulated now: a bar is readable only once it is complete. */
import { aggregate, closedBars, periodAround } from '../engine/market/aggregate';
import {
  barAt,
  concatBars,
  emptyBars,
  firstAtOrAfter,
  sliceBars,
  type Bar,
  type BarColumns,
} from '../engine/market/bars';
import { fixedLength, type Timeframe } from '../engine/market/timeframe';
import { DAY_MS, type EpochMs } from '../engine/units/time';
import type { BarLibrary } from './bar-library';
import type { SessionHost } from './session-host';
import { tapeFrom } from './session-tape';

/** What is needed of a session: its pinned data, its clock. */
export type BarReader = Pick<SessionHost, 'record' | 'tape' | 'read'>;

export interface BarQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Start of the first bar wanted. */
  readonly from: EpochMs;
  /** Start of the last bar wanted, inclusive. */
  readonly to: EpochMs;
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** Goes on behind the bar with this start: the last one of the page before. */
  readonly after?: EpochMs;
  /** Also the bar in progress, made of what has closed of it. It changes until it is complete. */
  readonly forming?: boolean;
}

/** How much is read at first for a page, and at most at a time. Trading takes a sixth of the hours of a week. */
const READ_AHEAD = 6;
const READ_MIN_MS = 3 * DAY_MS;
const READ_MAX_MS = 366 * DAY_MS;
/** No bar is older than the calendar. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * Bars of a session's symbol, ascending or descending as asked, at most `limit`. A symbol outside the session,
 * or a timeframe finer than its base, has none. Bars before the session's start are there as far as data goes.
 *
 * Everything is made from base bars that had closed by now, so what comes later cannot show, whatever is asked.
 */
export async function readBars(reader: BarReader, library: BarLibrary, query: BarQuery): Promise<BarColumns> {
  const window = windowOf(
    query,
    reader.read((simulation) => simulation.now),
  );
  const pieces: BarColumns[] = [];
  let missing = query.limit;
  let span = firstSpan(query);
  let edge = query.order === 'asc' ? window.from : window.to;
  while (missing > 0 && window.from <= window.to && edge >= window.from && edge <= window.to) {
    const part = partAt(query, window, edge, span);
    const found = await readPart(reader, library, query, part, window);
    const piece =
      query.order === 'asc'
        ? sliceBars(found, 0, missing)
        : sliceBars(found, found.length - missing, found.length);
    pieces.push(piece);
    missing -= piece.length;
    edge = query.order === 'asc' ? part.to : part.from - 1;
    span = Math.min(span * 2, READ_MAX_MS);
  }
  const filled = pieces.filter((piece) => piece.length > 0);
  return query.order === 'asc' ? concatBars(filled) : reversed(concatBars(filled.reverse()));
}

/** The newest closed base bar; null before the first one. */
export async function latestBar(reader: BarReader, library: BarLibrary, symbol: string): Promise<Bar | null> {
  const now = reader.read((simulation) => simulation.now);
  const tape = reader.tape.of(symbol);
  const index = tape?.lastClosed(now) ?? -1;
  if (tape !== undefined && index >= 0) return barAt(tape.bars, index);
  const timeframe: Timeframe = { amount: 1, unit: reader.tape.baseTimeframe === '1Min' ? 'Min' : 'Day' };
  return lastOf(
    await readBars(reader, library, { symbol, timeframe, from: EARLIEST, to: now, limit: 1, order: 'desc' }),
  );
}

export interface SnapshotBars {
  /** The newest closed base bar. */
  readonly latest: Bar | null;
  /** Today's, as far as it has closed, or that of the last day that traded. */
  readonly daily: Bar | null;
  readonly previousDaily: Bar | null;
}

export async function snapshotBars(
  reader: BarReader,
  library: BarLibrary,
  symbol: string,
): Promise<SnapshotBars> {
  const now = reader.read((simulation) => simulation.now);
  const timeframe: Timeframe = { amount: 1, unit: 'Day' };
  const days = await readBars(reader, library, {
    symbol,
    timeframe,
    from: EARLIEST,
    to: now,
    limit: 2,
    order: 'desc',
    forming: true,
  });
  return {
    latest: await latestBar(reader, library, symbol),
    daily: days.length > 0 ? barAt(days, 0) : null,
    previousDaily: days.length > 1 ? barAt(days, 1) : null,
  };
}

interface Window {
  readonly now: EpochMs;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

function windowOf({ from, to, after, order }: BarQuery, now: EpochMs): Window {
  const first = order === 'asc' && after !== undefined ? Math.max(from, after + 1) : from;
  const last = order === 'desc' && after !== undefined ? Math.min(to, after - 1) : to;
  return { now, from: Math.max(first, EARLIEST), to: Math.min(last, now) };
}

const PERIOD_DAYS = { Day: 1, Week: 7, Month: 31 } as const;

function firstSpan({ timeframe, limit }: BarQuery): number {
  const { amount, unit } = timeframe;
  const page =
    unit === 'Min' || unit === 'Hour'
      ? limit * (fixedLength(timeframe) ?? 0) * READ_AHEAD
      : limit * amount * PERIOD_DAYS[unit] * 2 * DAY_MS;
  return Math.min(READ_MAX_MS, Math.max(READ_MIN_MS, page));
}

/** A stretch of whole periods next to `edge`, so that no larger bar is cut in two. */
function partAt(
  query: BarQuery,
  window: Window,
  edge: EpochMs,
  span: number,
): { from: EpochMs; to: EpochMs } {
  const { timeframe, order } = query;
  const near = periodAround(timeframe, edge);
  if (order === 'asc') {
    return { from: near.from, to: periodAround(timeframe, Math.min(edge + span, window.to)).to };
  }
  return { from: periodAround(timeframe, Math.max(edge - span, window.from)).from, to: near.to };
}

async function readPart(
  reader: BarReader,
  library: BarLibrary,
  { symbol, timeframe, forming = false }: BarQuery,
  part: { from: EpochMs; to: EpochMs },
  window: Window,
): Promise<BarColumns> {
  const base = await baseBars(reader, library, symbol, part.from, Math.min(part.to, window.now));
  const { baseTimeframe } = reader.tape;
  const larger = aggregate(closedBars(base, baseTimeframe, window.now), baseTimeframe, timeframe);
  if (larger === null) return emptyBars();
  const { bars, ends } = larger;
  let count = bars.length;
  while (!forming && count > 0 && (ends[count - 1] as number) > window.now) count -= 1;
  const last = Math.min(count, firstAtOrAfter(bars.time, window.to + 1));
  return sliceBars(bars, firstAtOrAfter(bars.time, window.from), last);
}

/** From the session's tape where it reaches, which is in memory; from the library before that. */
async function baseBars(
  { record, tape }: BarReader,
  library: BarLibrary,
  symbol: string,
  from: EpochMs,
  to: EpochMs,
): Promise<BarColumns> {
  const version = record.dataVersions[symbol];
  const loaded = tape.of(symbol);
  if (version === undefined || loaded === undefined || from >= to) return emptyBars();
  if (from < tapeFrom(record)) return library.read(symbol, tape.baseTimeframe, version, from, to);
  const { bars } = loaded;
  return sliceBars(bars, firstAtOrAfter(bars.time, from), firstAtOrAfter(bars.time, to));
}

function lastOf(bars: BarColumns): Bar | null {
  return bars.length === 0 ? null : barAt(bars, bars.length - 1);
}

function reversed(bars: BarColumns): BarColumns {
  return {
    length: bars.length,
    time: bars.time.toReversed(),
    open: bars.open.toReversed(),
    high: bars.high.toReversed(),
    low: bars.low.toReversed(),
    close: bars.close.toReversed(),
    volume: bars.volume.toReversed(),
    vwap: bars.vwap.toReversed(),
    tradeCount: bars.tradeCount.toReversed(),
  };
}
