/** Two sessions in a row, told as the last minutes of one and the first of the next. */
import type { EpochMs } from '../units/time';
import type { Ohlcv } from './scenario.fixture';

/** 2024-03-12 15:58 New York; the session closes two minutes on. */
export const BEFORE_THE_CLOSE: EpochMs = 1_710_273_480_000;
const MINUTES_TO_THE_OPEN = 1_052;

export const flat = (price: number): Ohlcv => [price, price, price, price];

/** Bars at 15:58 and 15:59, then from 09:30 of 2024-03-13 on. */
export function overnight(evening: readonly Ohlcv[], morning: readonly Ohlcv[]): (Ohlcv | null)[] {
  const night = Array<null>(MINUTES_TO_THE_OPEN - evening.length).fill(null);
  return [...evening, ...night, ...morning];
}
