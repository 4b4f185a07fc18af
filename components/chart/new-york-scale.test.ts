/** Ticks of the time axis fall on New York's days, not on UTC's. */
import { expect, test } from 'vitest';
import { tickWeight } from './new-york-scale';

const seconds = (iso: string): number => Date.parse(iso) / 1_000;

test('a winter evening does not become a new day at midnight UTC', () => {
  expect(tickWeight(seconds('2024-01-02T23:59:00Z'), seconds('2024-01-03T00:00:00Z'))).toBe(30);
});

test('the first bar after a night carries the day', () => {
  expect(tickWeight(seconds('2024-01-02T20:59:00Z'), seconds('2024-01-03T14:30:00Z'))).toBe(50);
});

test('over the clock change the first bar on Monday carries the day', () => {
  expect(tickWeight(seconds('2024-03-08T20:59:00Z'), seconds('2024-03-11T13:30:00Z'))).toBe(50);
});

test('months and years outweigh days', () => {
  expect(tickWeight(seconds('2024-01-31T20:59:00Z'), seconds('2024-02-01T14:30:00Z'))).toBe(60);
  expect(tickWeight(seconds('2023-12-29T20:59:00Z'), seconds('2024-01-02T14:30:00Z'))).toBe(70);
});

test('within a day the largest unit that changed counts', () => {
  expect(tickWeight(seconds('2024-03-12T13:59:00Z'), seconds('2024-03-12T14:00:00Z'))).toBe(30);
  expect(tickWeight(seconds('2024-03-12T14:29:00Z'), seconds('2024-03-12T14:30:00Z'))).toBe(22);
  expect(tickWeight(seconds('2024-03-12T14:34:00Z'), seconds('2024-03-12T14:35:00Z'))).toBe(21);
  expect(tickWeight(seconds('2024-03-12T14:35:00Z'), seconds('2024-03-12T14:36:00Z'))).toBe(20);
});

test('noon in New York is a half day', () => {
  expect(tickWeight(seconds('2024-03-12T15:59:00Z'), seconds('2024-03-12T16:00:00Z'))).toBe(33);
});
