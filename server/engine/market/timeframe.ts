/** Alpaca's timeframes: 1-59Min, 1-23Hour, 1Day, 1Week, 1/2/3/4/6/12Month. */
import { HOUR_MS, MINUTE_MS } from '../units/time';

export type TimeframeUnit = 'Min' | 'Hour' | 'Day' | 'Week' | 'Month';
export interface Timeframe {
  readonly amount: number;
  readonly unit: TimeframeUnit;
}

/** What a session can be built on: the bars that are stored and matched. */
export const BASE_TIMEFRAMES = ['1Min', '1Day'] as const;
export type BaseTimeframe = (typeof BASE_TIMEFRAMES)[number];

const PATTERN = /^(\d{1,2})(Min|T|Hour|H|Day|D|Week|W|Month|M)$/;
const UNITS: Record<string, TimeframeUnit> = {
  Min: 'Min',
  T: 'Min',
  Hour: 'Hour',
  H: 'Hour',
  Day: 'Day',
  D: 'Day',
  Week: 'Week',
  W: 'Week',
  Month: 'Month',
  M: 'Month',
};
const AMOUNTS: Record<TimeframeUnit, (amount: number) => boolean> = {
  Min: (amount) => amount >= 1 && amount <= 59,
  Hour: (amount) => amount >= 1 && amount <= 23,
  Day: (amount) => amount === 1,
  Week: (amount) => amount === 1,
  Month: (amount) => [1, 2, 3, 4, 6, 12].includes(amount),
};

/** Parses "5Min", "1H", "1Day"; null for what Alpaca refuses (docs: historical bars, `timeframe`). */
export function parseTimeframe(text: string): Timeframe | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const amount = Number(match[1]);
  const unit = UNITS[match[2] as string] as TimeframeUnit;
  return AMOUNTS[unit](amount) ? { amount, unit } : null;
}

export function formatTimeframe(timeframe: Timeframe): string {
  return `${timeframe.amount}${timeframe.unit}`;
}

/** Length in milliseconds of minute and hour timeframes; null where the calendar decides. */
export function fixedLength(timeframe: Timeframe): number | null {
  if (timeframe.unit === 'Min') return timeframe.amount * MINUTE_MS;
  if (timeframe.unit === 'Hour') return timeframe.amount * HOUR_MS;
  return null;
}
