/** Measures minute bars: the statistics by which synthetic data is told from real. For tests. */
import { newYorkDate } from '../../engine/calendar/new-york';
import { type TradingDay, tradingDay } from '../../engine/calendar/trading-day';
import type { Bar } from '../../engine/market/bars';
import { MINUTE_MS } from '../../engine/units/time';
import {
  autocorrelation,
  correlation,
  deviation,
  excessKurtosis,
  mean,
  meanSquare,
  quantile,
  share,
  sum,
} from './sample';

const FULL_DAY_MINUTES = 390;
const MIDDAY = { from: 150, to: 210 };
const EDGE = 30;
/** Minutes of the day whose mean is taken together when the time of day is removed. */
const BUCKET = 10;

export interface SessionBars {
  readonly day: TradingDay;
  /** By minute since the open; undefined where there is no bar. */
  readonly regular: readonly (Bar | undefined)[];
  readonly before: readonly Bar[];
  readonly after: readonly Bar[];
}

export function sessionsOf(bars: readonly Bar[]): SessionBars[] {
  const byDate = groupBy(bars, (bar) => newYorkDate(bar.time));
  return [...byDate].flatMap(([date, ofDate]) => {
    const day = tradingDay(date);
    if (day === undefined) return [];
    const byTime = new Map(ofDate.map((bar) => [bar.time, bar]));
    const minutes = (day.close - day.open) / MINUTE_MS;
    return {
      day,
      regular: Array.from({ length: minutes }, (_, minute) => byTime.get(day.open + minute * MINUTE_MS)),
      before: ofDate.filter((bar) => bar.time < day.open),
      after: ofDate.filter((bar) => bar.time >= day.close),
    };
  });
}

export const isFull = ({ regular }: SessionBars): boolean => regular.length === FULL_DAY_MINUTES;

interface Observation {
  readonly minute: number;
  readonly value: number;
}

/** Logarithmic returns from bar to bar within a session; the first bar's from its open. */
function returnsOf(sessions: readonly SessionBars[]): Observation[] {
  return sessions.flatMap(({ regular }) => {
    let before: number | null = null;
    return regular.flatMap((bar, minute) => {
      if (bar === undefined) return [];
      const value = Math.log(bar.close / (before ?? bar.open));
      before = bar.close;
      return { minute, value };
    });
  });
}

function logVolumesOf(sessions: readonly SessionBars[]): Observation[] {
  return sessions.flatMap(({ regular }) =>
    regular.flatMap((bar, minute) => (bar === undefined ? [] : { minute, value: Math.log(bar.volume) })),
  );
}

/** Divided by the mean absolute value of their time of day. */
function withoutSwing(observations: readonly Observation[]): number[] {
  const means = bucketMeans(observations, Math.abs);
  return observations.map(({ minute, value }) => value / (means[Math.floor(minute / BUCKET)] as number));
}

/** Less the mean of their time of day. */
function withoutLevel(observations: readonly Observation[]): number[] {
  const means = bucketMeans(observations, (value) => value);
  return observations.map(({ minute, value }) => value - (means[Math.floor(minute / BUCKET)] as number));
}

function bucketMeans(observations: readonly Observation[], of: (value: number) => number): number[] {
  const buckets = Array.from({ length: Math.ceil(FULL_DAY_MINUTES / BUCKET) }, () => [] as number[]);
  for (const { minute, value } of observations) buckets[Math.floor(minute / BUCKET)]?.push(of(value));
  return buckets.map(mean);
}

export function statisticsOf(bars: readonly Bar[]) {
  const all = sessionsOf(bars);
  const sessions = all.filter(isFull);
  const present = sessions.flatMap(({ regular }) => regular.filter((bar) => bar !== undefined));
  const returns = returnsOf(sessions);
  const values = returns.map(({ value }) => value);
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  const flat = withoutSwing(returns);
  const flatSizes = flat.map(Math.abs);
  const volumes = withoutLevel(logVolumesOf(sessions));
  const moveFrom = (from: number, to: number): number =>
    mean(returns.filter(({ minute }) => minute >= from && minute < to).map(({ value }) => Math.abs(value)));
  const midday = moveFrom(MIDDAY.from, MIDDAY.to);
  const shares = volumeShares(sessions);
  const lengths = sessions.map(({ regular }) => Math.log(lastClose(regular) / firstOpen(regular)));
  const gaps = all.slice(1).map(({ regular }, index) => {
    const previous = all[index];
    return Math.log(firstOpen(regular) / (previous === undefined ? NaN : lastClose(previous.regular)));
  });
  const dayVolumes = sessions.map(({ regular }) => Math.log(volumeOf(regular)));
  const realised = sessions.map((session) =>
    Math.log(Math.sqrt(sum(returnsOf([session]).map(({ value }) => value ** 2)))),
  );
  const closes = present.map((bar) => bar.close);
  const wholeCents = closes.filter((price) => onGrid(price, 100));
  return {
    ...shares,
    swingOpen: moveFrom(0, EDGE) / midday,
    swingClose: moveFrom(FULL_DAY_MINUTES - EDGE, FULL_DAY_MINUTES) / midday,
    moveBps: mean(sizes) * 1e4,
    kurtosis: excessKurtosis(values),
    kurtosisFlat: excessKurtosis(flat),
    size99: quantile(sizes, 0.99) / deviation(values),
    size999: quantile(sizes, 0.999) / deviation(values),
    acf1: autocorrelation(values, 1),
    varianceRatio: sum(values.map((value) => value ** 2)) / sum(lengths.map((length) => length ** 2)),
    acfSize1: autocorrelation(flatSizes, 1),
    acfSize5: autocorrelation(flatSizes, 5),
    acfSize30: autocorrelation(flatSizes, 30),
    acfSize390: autocorrelation(flatSizes, FULL_DAY_MINUTES),
    realisedSpread: deviation(realised),
    volumeSpread: deviation(volumes),
    acfVolume1: autocorrelation(volumes, 1),
    acfVolume30: autocorrelation(volumes, 30),
    acfVolume390: autocorrelation(volumes, FULL_DAY_MINUTES),
    volumeWithMove: correlation(volumes, flatSizes),
    dayVolumeSpread: deviation(dayVolumes),
    overnightShare: meanSquare(gaps) / (meanSquare(gaps) + meanSquare(lengths)),
    overnightBps: deviation(gaps) * 1e4,
    overnightLargest: Math.max(...gaps.map(Math.abs)) / deviation(gaps),
    rangeOverMove: mean(present.map((bar) => Math.log(bar.high / bar.low))) / mean(sizes),
    closeAtEnd: share(present, (bar) => bar.close === bar.high || bar.close === bar.low),
    singlePrice: share(present, (bar) => bar.high === bar.low),
    opensAtClose: mean(openings(sessions).map(([open, close]) => (open === close ? 1 : 0))),
    openingCents: mean(openings(sessions).map(([open, close]) => Math.abs(open - close) * 100)),
    offCents: share(closes, (price) => !onGrid(price, 100)),
    halfCents: share(closes, (price) => !onGrid(price, 100) && onGrid(price, 200)),
    fiveCents: share(wholeCents, (price) => onGrid(price, 20)),
    coverage: present.length / (sessions.length * FULL_DAY_MINUTES),
    ...silences(sessions),
    medianVolume: quantile(
      present.map((bar) => bar.volume).sort((a, b) => a - b),
      0.5,
    ),
    medianTrades: quantile(
      present.map((bar) => bar.tradeCount).sort((a, b) => a - b),
      0.5,
    ),
    sharesPerTrade: quantile(
      present.map((bar) => bar.volume / bar.tradeCount).sort((a, b) => a - b),
      0.5,
    ),
    tradesWithVolume: correlation(
      present.map((bar) => Math.log(bar.tradeCount)),
      present.map((bar) => Math.log(bar.volume)),
    ),
    vwapInside: share(present, (bar) => bar.vwap >= bar.low && bar.vwap <= bar.high),
    ...extendedShares(sessions),
  };
}

export type BarStatistics = ReturnType<typeof statisticsOf>;

/** Of minutes in which both have a return: how much two symbols move together. */
export function comovement(left: readonly Bar[], right: readonly Bar[]): number {
  const seriesOf = (bars: readonly Bar[]): Map<string, number> =>
    new Map(
      sessionsOf(bars)
        .filter(isFull)
        .flatMap((session) =>
          returnsOf([session]).map(({ minute, value }) => [`${session.day.date}/${minute}`, value]),
        ),
    );
  const [a, b] = [seriesOf(left), seriesOf(right)];
  const shared = [...a.keys()].filter((key) => b.has(key));
  return correlation(
    shared.map((key) => a.get(key) ?? 0),
    shared.map((key) => b.get(key) ?? 0),
  );
}

/** Share of a regular session's volume by time of day. */
export function volumeShares(sessions: readonly SessionBars[]) {
  const total = sum(sessions.map(({ regular }) => volumeOf(regular)));
  const from = (start: number, end?: number): number =>
    sum(sessions.map(({ regular }) => volumeOf(regular.slice(start, end)))) / total;
  const midday = from(MIDDAY.from, MIDDAY.to);
  return {
    volumeOpen: from(0, EDGE),
    volumeMidday: midday,
    volumeClose: from(-EDGE),
    volumeFirst: from(0, 1),
    volumeLast: from(-1),
    volumeOpenOverMidday: (2 * from(0, EDGE)) / midday,
    volumeCloseOverMidday: (2 * from(-EDGE)) / midday,
  };
}

function extendedShares(sessions: readonly SessionBars[]) {
  const regular = sum(sessions.map((session) => volumeOf(session.regular)));
  const before = sum(sessions.map((session) => volumeOf(session.before)));
  const after = sum(sessions.map((session) => volumeOf(session.after)));
  const auction = sum(
    sessions.map(({ day, after }) => volumeOf(after.filter((bar) => bar.time === day.close))),
  );
  const day = regular + before + after;
  const beforeBars = sum(sessions.map((session) => session.before.length));
  const beforeMinutes = sum(
    sessions.map((session) => (session.day.open - session.day.extendedOpen) / MINUTE_MS),
  );
  return {
    morningShare: before / day,
    eveningShare: after / day,
    auctionShare: auction / day,
    morningCoverage: beforeBars / beforeMinutes,
  };
}

/** Runs of minutes without a bar, and where bars are more frequent. */
function silences(sessions: readonly SessionBars[]) {
  const runs: number[] = [];
  for (const { regular } of sessions) {
    let run = 0;
    for (const bar of regular) {
      if (bar === undefined) run++;
      else if (run > 0) runs.push(run);
      if (bar !== undefined) run = 0;
    }
    if (run > 0) runs.push(run);
  }
  const coverageFrom = (from: number, to?: number): number =>
    mean(
      sessions.flatMap(({ regular }) => regular.slice(from, to).map((bar) => (bar === undefined ? 0 : 1))),
    );
  return {
    silenceMean: mean(runs),
    silenceLongest: Math.max(0, ...runs),
    coverageMidday: coverageFrom(MIDDAY.from, MIDDAY.to),
    coverageClose: coverageFrom(-EDGE),
  };
}

/** Open of each bar with the close of the bar before, within a session. */
function openings(sessions: readonly SessionBars[]): [number, number][] {
  return sessions.flatMap(({ regular }) => {
    const bars = regular.filter((bar) => bar !== undefined);
    return bars.slice(1).map((bar, index): [number, number] => [bar.open, bars[index]?.close ?? NaN]);
  });
}

export function volumeOf(bars: readonly (Bar | undefined)[]): number {
  return sum(bars.map((bar) => bar?.volume ?? 0));
}

function firstOpen(bars: readonly (Bar | undefined)[]): number {
  return bars.find((bar) => bar !== undefined)?.open ?? NaN;
}

function lastClose(bars: readonly (Bar | undefined)[]): number {
  return bars.findLast((bar) => bar !== undefined)?.close ?? NaN;
}

function onGrid(price: number, perDollar: number): boolean {
  return Math.abs(price * perDollar - Math.round(price * perDollar)) < 1e-6;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
