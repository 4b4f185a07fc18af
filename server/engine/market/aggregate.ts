/** Larger bars out of base bars: any of Alpaca's timeframes from minutes or days, and when each is complete. */
import { addDays } from '../calendar/civil';
import { newYorkDate, newYorkMidnight, newYorkMonday, newYorkMonth, newYorkTime } from '../calendar/new-york';
import { tradingDay, tradingDaysBetween } from '../calendar/trading-day';
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../units/time';
import { emptyBars, firstAtOrAfter, sliceBars, type BarColumns } from './bars';
import { fixedLength, type BaseTimeframe, type Timeframe } from './timeframe';

/** Alpaca publishes volume-weighted prices with six decimals. */
const VWAP_SCALE = 1e6;

export interface AggregatedBars {
  readonly bars: BarColumns;
  /** When each bar is complete: a reader whose now is before that may only see it as a bar in progress. */
  readonly ends: Float64Array;
}

/** Which base bars, `first` up to not with `last`, make the bar stamped `time` that is complete at `end`. */
interface Group {
  readonly first: number;
  readonly last: number;
  readonly time: EpochMs;
  readonly end: EpochMs;
}

/**
 * Aggregates base bars to `timeframe`; null when they are too coarse for it (minutes out of days).
 *
 *   minutes, hours   buckets counted from New York midnight, cut at the next one; extended hours included
 *   day              stamped New York midnight; only minutes of regular hours, for prices and for volume, so
 *                    that the bar is complete, and never changes again, at the session's close
 *   week, months     stamped Monday, or the 1st, at New York midnight; made of day bars
 *
 * Without base bars there is no bar. (Stamps, and extended hours kept out of day bars: Alpaca's market-data FAQ.)
 */
export function aggregate(
  base: BarColumns,
  baseTimeframe: BaseTimeframe,
  timeframe: Timeframe,
): AggregatedBars | null {
  const length = fixedLength(timeframe);
  if (length !== null) {
    if (baseTimeframe !== '1Min') return null;
    return length === MINUTE_MS ? asTheyAre(base, '1Min') : combine(base, clockGroups(base.time, length));
  }
  const days = baseTimeframe === '1Day' ? asTheyAre(base, '1Day') : combine(base, dayGroups(base.time));
  return timeframe.unit === 'Day' ? days : combine(days.bars, periodGroups(days, timeframe));
}

/** When the base bar that starts at `time` is complete: a minute later, or at the close of its session. */
export function baseBarEnd(timeframe: BaseTimeframe, time: EpochMs): EpochMs {
  if (timeframe === '1Min') return time + MINUTE_MS;
  return tradingDay(newYorkDate(time))?.close ?? midnightAfter(time);
}

/** The base bars that are complete at `now`: what a reader at that time may know. A view, no copy. */
export function closedBars(base: BarColumns, timeframe: BaseTimeframe, now: EpochMs): BarColumns {
  if (timeframe === '1Min') return sliceBars(base, 0, firstAtOrAfter(base.time, now - MINUTE_MS + 1));
  let count = firstAtOrAfter(base.time, now);
  while (count > 0 && baseBarEnd('1Day', base.time[count - 1] as number) > now) count -= 1;
  return sliceBars(base, 0, count);
}

/** Where the period that holds `time` begins and ends: no bar of `timeframe` reaches over these borders. */
export function periodAround(timeframe: Timeframe, time: EpochMs): { from: EpochMs; to: EpochMs } {
  if (timeframe.unit === 'Week') {
    const from = newYorkMonday(time);
    return { from, to: newYorkMidnight(from + 7 * DAY_MS + 12 * HOUR_MS) };
  }
  if (timeframe.unit === 'Month') {
    const from = newYorkMonth(time, timeframe.amount);
    return { from, to: newYorkMonth(from + (timeframe.amount * 31 + 1) * DAY_MS, timeframe.amount) };
  }
  const from = newYorkMidnight(time);
  return { from, to: midnightAfter(from) };
}

/** Twelve hours beyond a day: past the end of a day of 25 hours, before the end of the next. */
function midnightAfter(time: EpochMs): EpochMs {
  return newYorkMidnight(newYorkMidnight(time) + DAY_MS + 12 * HOUR_MS);
}

function asTheyAre(bars: BarColumns, timeframe: BaseTimeframe): AggregatedBars {
  const ends = new Float64Array(bars.length);
  for (let index = 0; index < bars.length; index += 1) {
    ends[index] = baseBarEnd(timeframe, bars.time[index] as number);
  }
  return { bars, ends };
}

function clockGroups(times: Float64Array, length: number): Group[] {
  const groups: Group[] = [];
  let midnight = -Infinity;
  let nextMidnight = -Infinity;
  let index = 0;
  while (index < times.length) {
    const at = times[index] as number;
    if (at >= nextMidnight) {
      midnight = newYorkMidnight(at);
      nextMidnight = midnightAfter(at);
    }
    const time = midnight + Math.floor((at - midnight) / length) * length;
    const end = Math.min(time + length, nextMidnight);
    const first = index;
    while (index < times.length && (times[index] as number) < end) index += 1;
    groups.push({ first, last: index, time, end });
  }
  return groups;
}

function dayGroups(times: Float64Array): Group[] {
  if (times.length === 0) return [];
  const from = newYorkDate(times[0] as number);
  const to = newYorkDate(times[times.length - 1] as number);
  return tradingDaysBetween(from, to).flatMap((day) => {
    const first = firstAtOrAfter(times, day.open);
    const last = firstAtOrAfter(times, day.close);
    return first < last ? [{ first, last, time: newYorkTime(day.date, 0), end: day.close }] : [];
  });
}

/** A week or month is complete at the close of its last trading day, or of a later day that has a bar. */
function periodGroups(days: AggregatedBars, timeframe: Timeframe): Group[] {
  const times = days.bars.time;
  const groups: Group[] = [];
  let index = 0;
  while (index < times.length) {
    const { from, to } = periodAround(timeframe, times[index] as number);
    const first = index;
    while (index < times.length && (times[index] as number) < to) index += 1;
    const lastDay = tradingDaysBetween(newYorkDate(from), addDays(newYorkDate(to), -1)).at(-1);
    const end = Math.max(lastDay?.close ?? to, days.ends[index - 1] as number);
    groups.push({ first, last: index, time: from, end });
  }
  return groups;
}

function combine(base: BarColumns, groups: readonly Group[]): AggregatedBars {
  const bars = emptyBars(groups.length);
  const ends = new Float64Array(groups.length);
  groups.forEach((group, index) => {
    bars.time[index] = group.time;
    ends[index] = group.end;
    combineGroup(base, group, bars, index);
  });
  return { bars, ends };
}

/** `vwap` and `tradeCount` are told only when every part that traded tells its own. */
function combineGroup(base: BarColumns, { first, last }: Group, into: BarColumns, index: number): void {
  let high = -Infinity;
  let low = Infinity;
  let volume = 0;
  let weighted = 0;
  let tradeCount = 0;
  for (let part = first; part < last; part += 1) {
    high = Math.max(high, base.high[part] as number);
    low = Math.min(low, base.low[part] as number);
    const traded = base.volume[part] as number;
    if (traded === 0) continue;
    volume += traded;
    weighted += traded * (base.vwap[part] as number);
    tradeCount += base.tradeCount[part] as number;
  }
  into.open[index] = base.open[first] as number;
  into.high[index] = high;
  into.low[index] = low;
  into.close[index] = base.close[last - 1] as number;
  into.volume[index] = volume;
  into.vwap[index] = volume === 0 ? NaN : Math.round((weighted / volume) * VWAP_SCALE) / VWAP_SCALE;
  into.tradeCount[index] = tradeCount;
}
