/** The calendar against its rules, its vectors and, where it is at hand, a calendar that others compiled. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays, parseDate, weekday } from './civil';
import { newYorkDate, newYorkMinutes, newYorkOffsetMs, newYorkTime } from './new-york';
import {
  firstClosingAfter,
  isOpen,
  nextClose,
  nextOpen,
  sessionClass,
  tradingDay,
  tradingDays,
  tradingDaysBetween,
} from './trading-day';

const at = (iso: string): number => Date.parse(iso);
const iso = (time: number): string => new Date(time).toISOString();

describe('the NYSE calendar', () => {
  test('closes at 13:00 on 2024-11-29 and 2024-07-03, not at all on 2024-01-15', () => {
    expect(iso(tradingDay('2024-11-29')?.close ?? 0)).toBe('2024-11-29T18:00:00.000Z');
    expect(iso(tradingDay('2024-07-03')?.close ?? 0)).toBe('2024-07-03T17:00:00.000Z');
    expect(tradingDay('2024-01-15')).toBeUndefined();
  });

  test('opens at 13:30Z on 2024-03-11 and 14:30Z on 2024-11-04, the first sessions after the clock changes', () => {
    expect(iso(nextOpen(at('2024-03-09T12:00:00Z')))).toBe('2024-03-11T13:30:00.000Z');
    expect(iso(nextOpen(at('2024-11-02T12:00:00Z')))).toBe('2024-11-04T14:30:00.000Z');
  });

  test('a session that has just closed is over: 16:00:00 belongs to tomorrow', () => {
    const close = at('2024-03-11T20:00:00Z');
    expect(isOpen(close - 1)).toBe(true);
    expect(isOpen(close)).toBe(false);
    expect(firstClosingAfter(close).date).toBe('2024-03-12');
    expect(nextClose(close - 1)).toBe(close);
  });

  test('extended hours run from 04:00 to 20:00, to 17:00 on half days', () => {
    expect(sessionClass(at('2024-03-11T07:59:59Z'))).toBe('closed');
    expect(sessionClass(at('2024-03-11T08:00:00Z'))).toBe('extended');
    expect(sessionClass(at('2024-03-11T23:59:59Z'))).toBe('extended');
    expect(sessionClass(at('2024-03-12T00:00:00Z'))).toBe('closed');
    expect(sessionClass(at('2024-11-29T21:59:59Z'))).toBe('extended');
    expect(sessionClass(at('2024-11-29T22:00:00Z'))).toBe('closed');
    expect(sessionClass(at('2024-03-09T15:00:00Z'))).toBe('closed');
  });

  test('days are listed by date, both ends included', () => {
    expect(tradingDaysBetween('2024-01-12', '2024-01-16').map((day) => day.date)).toEqual([
      '2024-01-12',
      '2024-01-16',
    ]);
  });

  const file = join(process.env['PADDOCK_TEST_DATA'] ?? '', 'calendar/nyse.csv');
  const compiled = process.env['PADDOCK_TEST_DATA'] !== undefined && existsSync(file);
  if (!compiled) console.info('PADDOCK_TEST_DATA is not set: the calendar is checked by rule only');
  test.runIf(compiled)('equals the compiled calendar on all 7041 sessions', () => {
    const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
    const clock = (time: number): string =>
      `${String(Math.floor(newYorkMinutes(time) / 60)).padStart(2, '0')}:${String(newYorkMinutes(time) % 60).padStart(2, '0')}`;
    expect(tradingDays().map((day) => `${day.date},${clock(day.open)},${clock(day.close)}`)).toEqual(rows);
  });

  test('has 7041 sessions and 61 early closes', () => {
    expect(tradingDays()).toHaveLength(7041);
    expect(tradingDays().filter((day) => newYorkMinutes(day.close) === 13 * 60)).toHaveLength(61);
  });
});

describe('New York time', () => {
  const zone = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

  test('agrees with the time zone database every six hours and seven minutes from 2000 to 2027', () => {
    for (let time = at('2000-01-01T00:00:00Z'); time < at('2028-01-01T00:00:00Z'); time += 22_020_000 * 3) {
      const [date, clock] = zone.format(time).split(', ');
      const [hours = '', minutes = ''] = (clock ?? '').split(':');
      if (newYorkDate(time) !== date || newYorkMinutes(time) !== Number(hours) * 60 + Number(minutes)) {
        expect.fail(
          `at ${iso(time)} expected ${date} ${clock}, found ${newYorkDate(time)} ${newYorkMinutes(time)}`,
        );
      }
    }
  });

  test('changes at 02:00 on the second Sunday of March and the first of November', () => {
    expect(newYorkOffsetMs(at('2024-03-10T06:59:59.999Z'))).toBe(-5 * 3_600_000);
    expect(newYorkOffsetMs(at('2024-03-10T07:00:00Z'))).toBe(-4 * 3_600_000);
    expect(newYorkOffsetMs(at('2024-11-03T05:59:59.999Z'))).toBe(-4 * 3_600_000);
    expect(newYorkOffsetMs(at('2024-11-03T06:00:00Z'))).toBe(-5 * 3_600_000);
  });

  test('turns wall time into an instant and back', () => {
    expect(iso(newYorkTime('2024-07-05', 570))).toBe('2024-07-05T13:30:00.000Z');
    expect(iso(newYorkTime('2024-12-05', 0))).toBe('2024-12-05T05:00:00.000Z');
  });
});

test('dates know their neighbours and weekdays, and what is no date', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(weekday('2024-03-10')).toBe(0);
  expect(parseDate('2023-02-29')).toBeNull();
});
