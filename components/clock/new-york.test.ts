/** New York's wall clock, in summer, in winter and on the days when it changes. */
import { expect, test } from 'vitest';
import { formatClock, formatMinute, newYorkMidnight, newYorkOffsetMs } from './new-york';

test('a summer morning', () => {
  expect(formatClock(Date.parse('2024-03-12T14:31:00Z'))).toBe('Tue 2024-03-12 10:31:00 ET');
});

test('a winter evening that is tomorrow in UTC', () => {
  expect(formatClock(Date.parse('2024-01-03T00:59:59Z'))).toBe('Tue 2024-01-02 19:59:59 ET');
});

test('clocks go from 01:59 to 03:00 in March', () => {
  expect(formatMinute(Date.parse('2024-03-10T06:59:00Z'))).toBe('01:59');
  expect(formatMinute(Date.parse('2024-03-10T07:00:00Z'))).toBe('03:00');
});

test('the hour before and after clocks go back has two offsets', () => {
  expect(newYorkOffsetMs(Date.parse('2024-11-03T05:30:00Z'))).toBe(-4 * 3_600_000);
  expect(newYorkOffsetMs(Date.parse('2024-11-03T06:30:00Z'))).toBe(-5 * 3_600_000);
});

test('midnight of a day, also when its offset changed since', () => {
  expect(newYorkMidnight(Date.parse('2024-07-09T18:00:00Z'))).toBe(Date.parse('2024-07-09T04:00:00Z'));
  expect(newYorkMidnight(Date.parse('2024-03-10T18:00:00Z'))).toBe(Date.parse('2024-03-10T05:00:00Z'));
  expect(newYorkMidnight(Date.parse('2024-11-03T18:00:00Z'))).toBe(Date.parse('2024-11-03T04:00:00Z'));
});
