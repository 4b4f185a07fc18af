/** How far the clock goes: base steps within the day's hours, and the targets that people and bots name. */
import {
  firstClosingAfter,
  firstEndingAfter,
  nextClose,
  nextOpen,
  tradingDayByIndex,
  type TradingDay,
} from '../calendar/trading-day';
import type { BaseTimeframe } from '../market/timeframe';
import { MINUTE_MS, type EpochMs } from '../units/time';

export interface ClockTerms {
  readonly baseTimeframe: BaseTimeframe;
  readonly hours: 'regular' | 'extended';
  readonly endTime: EpochMs;
}

interface Hours {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

function hoursOf(day: TradingDay, terms: ClockTerms): Hours {
  if (terms.hours === 'regular' || terms.baseTimeframe === '1Day') return { from: day.open, to: day.close };
  return { from: day.extendedOpen, to: day.extendedClose };
}

/**
 * One base step on: the next bar boundary, gaps included. A step that would leave the day's hours goes to the
 * next day's first instant; a daily clock rests only at opens and closes.
 */
export function nextStep(time: EpochMs, terms: ClockTerms): EpochMs {
  const isRegular = terms.hours === 'regular' || terms.baseTimeframe === '1Day';
  const hours = hoursOf(isRegular ? firstClosingAfter(time) : firstEndingAfter(time), terms);
  if (time < hours.from) return hours.from;
  if (terms.baseTimeframe === '1Day') return hours.to;
  return (Math.floor(time / MINUTE_MS) + 1) * MINUTE_MS;
}

/** `bars` base steps on, not beyond the end. */
export function stepsOn(time: EpochMs, bars: number, terms: ClockTerms): EpochMs {
  let reached = time;
  for (let step = 0; step < bars && reached < terms.endTime; step++) reached = nextStep(reached, terms);
  return reached;
}

/** A daily clock rests at the first open or close at or after `time`; any other clock where it was sent. */
export function restAtOrAfter(time: EpochMs, terms: ClockTerms): EpochMs {
  if (terms.baseTimeframe !== '1Day') return time;
  return Math.min(nextOpen(time - 1), nextClose(time - 1));
}

/** Base bars whose hours ended in `from < t <= to`, whether or not anything traded. */
export function barsBetween(from: EpochMs, to: EpochMs, terms: ClockTerms): number {
  if (to <= from) return 0;
  let bars = 0;
  let day: TradingDay | undefined = firstEndingAfter(from);
  while (day !== undefined) {
    const hours = hoursOf(day, terms);
    if (hours.from >= to) return bars;
    bars += barsWithin(hours, from, to, terms.baseTimeframe);
    day = tradingDayByIndex(day.index + 1);
  }
  return bars;
}

function barsWithin(hours: Hours, from: EpochMs, to: EpochMs, baseTimeframe: BaseTimeframe): number {
  if (baseTimeframe === '1Day') return from < hours.to && to >= hours.to ? 1 : 0;
  const start = Math.max(from, hours.from);
  const end = Math.min(to, hours.to);
  return end > start ? Math.floor(end / MINUTE_MS) - Math.floor(start / MINUTE_MS) : 0;
}
