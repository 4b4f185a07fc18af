/** The timeframes that the chart offers, and where their bars begin. */
import { newYorkMidnight } from '../clock/new-york';

const MINUTE_MS = 60_000;

const TIMEFRAMES = [
  { id: '1Min', label: '1m', words: '1 minute', lengthMs: MINUTE_MS },
  { id: '5Min', label: '5m', words: '5 minutes', lengthMs: 5 * MINUTE_MS },
  { id: '15Min', label: '15m', words: '15 minutes', lengthMs: 15 * MINUTE_MS },
  { id: '1Hour', label: '1h', words: '1 hour', lengthMs: 60 * MINUTE_MS },
  { id: '1Day', label: '1D', words: '1 day', lengthMs: null },
] as const;
export type ChartTimeframe = (typeof TIMEFRAMES)[number];

/** A session on daily bars has no smaller ones. */
export function timeframesOf(baseTimeframe: '1Min' | '1Day'): readonly ChartTimeframe[] {
  return baseTimeframe === '1Day' ? TIMEFRAMES.filter(({ id }) => id === '1Day') : TIMEFRAMES;
}

/** Start of the bar that a moment falls in, also when that bar cannot be seen yet. */
export function barStart(timeframe: ChartTimeframe, time: number): number {
  if (timeframe.lengthMs === null) return newYorkMidnight(time);
  return Math.floor(time / timeframe.lengthMs) * timeframe.lengthMs;
}
