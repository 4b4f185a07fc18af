/** How a chart's window of bars grows. */
import { expect, test } from 'vitest';
import { barAtOrBefore, BARS_HELD_MAX, rowsOf, withOlder, withTail, type ChartBar } from './bar-series';

const bar = (time: number, close = 10): ChartBar => ({
  time,
  open: 10,
  high: 11,
  low: 9,
  close,
  volume: 100,
});
const times = (bars: readonly ChartBar[]): number[] => bars.map(({ time }) => time);

test('the tail replaces the bar that was still growing', () => {
  const grown = withTail([bar(1), bar(2, 10)], [bar(2, 12), bar(3)]);
  expect(times(grown)).toEqual([1, 2, 3]);
  expect(grown[1]?.close).toBe(12);
});

test('an empty tail changes nothing', () => expect(times(withTail([bar(1)], []))).toEqual([1]));

test('older bars go in front, without those that are there', () => {
  expect(times(withOlder([bar(3), bar(4)], [bar(1), bar(2), bar(3)]))).toEqual([1, 2, 3, 4]);
});

test('the window is bounded: the tail pushes out the oldest, older bars stop at the bound', () => {
  const full = Array.from({ length: BARS_HELD_MAX }, (_, time) => bar(time + 10));
  expect(withTail(full, [bar(BARS_HELD_MAX + 10)])).toHaveLength(BARS_HELD_MAX);
  expect(times(withOlder(full, [bar(1)]))[0]).toBe(10);
});

test('finds the bar that a moment belongs to', () => {
  const bars = [bar(10), bar(20), bar(30)];
  expect(barAtOrBefore(bars, 25)?.time).toBe(20);
  expect(barAtOrBefore(bars, 30)?.time).toBe(30);
  expect(barAtOrBefore(bars, 9)).toBeUndefined();
});

test('a row without a price is left out', () => {
  const column = [1, null];
  const arrays = { time: [5, 6], open: column, high: column, low: column, close: column, volume: [7, 8] };
  expect(rowsOf({ ...arrays, vwap: [null, null], tradeCount: [null, null] })).toEqual([
    { time: 5, open: 1, high: 1, low: 1, close: 1, volume: 7 },
  ]);
});
