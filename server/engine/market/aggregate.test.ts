/** Aggregation reads like a tape: minutes in, larger bars out, each with the time from which it may be known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newYorkTime } from '../calendar/new-york';
import { tradingDay } from '../calendar/trading-day';
import { MINUTE_MS, type EpochMs } from '../units/time';
import { aggregate, baseBarEnd, closedBars, type AggregatedBars } from './aggregate';
import { barAt, columnsOf, type Bar, type BarColumns } from './bars';
import { parseTimeframe, type BaseTimeframe } from './timeframe';

const at = (text: string): EpochMs => Date.parse(text);
const iso = (time: EpochMs): string => new Date(time).toISOString();

function minute(time: EpochMs, close = 10, volume = 100): Bar {
  return { time, open: close, high: close + 1, low: close - 1, close, volume, vwap: close, tradeCount: 5 };
}

/** Every minute of a New York wall-clock span; closes count up from 1. */
function minutesOf(date: string, from: number, to: number): Bar[] {
  const bars: Bar[] = [];
  for (let at = from; at < to; at += 1) bars.push(minute(newYorkTime(date, at), bars.length + 1));
  return bars;
}

function to(timeframe: string, bars: readonly Bar[], base: BaseTimeframe = '1Min'): AggregatedBars {
  const parsed = parseTimeframe(timeframe);
  if (parsed === null) throw new Error(`expected a timeframe, found ${timeframe}`);
  const result = aggregate(columnsOf(bars), base, parsed);
  if (result === null) throw new Error(`expected ${base} to make ${timeframe}`);
  return result;
}

const times = (bars: BarColumns): string[] => [...bars.time].map(iso);

describe('minutes and hours', () => {
  test('five minutes start at :00 and :05, whatever the first trade', () => {
    const { bars, ends } = to('5Min', minutesOf('2024-07-10', 572, 581));
    expect(times(bars)).toEqual([
      '2024-07-10T13:30:00.000Z',
      '2024-07-10T13:35:00.000Z',
      '2024-07-10T13:40:00.000Z',
    ]);
    expect([...ends].map(iso)).toEqual([
      '2024-07-10T13:35:00.000Z',
      '2024-07-10T13:40:00.000Z',
      '2024-07-10T13:45:00.000Z',
    ]);
    expect(barAt(bars, 0)).toEqual({
      time: at('2024-07-10T13:30:00Z'),
      open: 1,
      high: 4,
      low: 0,
      close: 3,
      volume: 300,
      vwap: 2,
      tradeCount: 15,
    });
  });

  test('hours take extended hours in and are counted from New York midnight', () => {
    const { bars } = to('1Hour', minutesOf('2024-07-10', 540, 601));
    expect(times(bars)).toEqual(['2024-07-10T13:00:00.000Z', '2024-07-10T14:00:00.000Z']);
    expect(barAt(bars, 0).close).toBe(60);
    expect(times(to('4Hour', minutesOf('2024-01-10', 570, 571)).bars)).toEqual(['2024-01-10T13:00:00.000Z']);
  });

  test('a bucket that does not divide the day is cut at midnight', () => {
    const { bars, ends } = to('7Hour', [
      ...minutesOf('2024-07-10', 1435, 1440),
      ...minutesOf('2024-07-11', 0, 2),
    ]);
    expect(times(bars)).toEqual(['2024-07-11T01:00:00.000Z', '2024-07-11T04:00:00.000Z']);
    expect(iso(ends[0] as number)).toBe('2024-07-11T04:00:00.000Z');
  });

  test('both days of a clock change have whole buckets up to midnight', () => {
    for (const [date, hours] of [
      ['2024-03-10', 23],
      ['2024-11-03', 25],
    ] as const) {
      const from = newYorkTime(date, 0);
      const bars = Array.from({ length: hours * 60 }, (_, index) => minute(from + index * MINUTE_MS));
      const hourly = to('1Hour', bars);
      expect(hourly.bars.length).toBe(hours);
      expect(new Set(hourly.bars.volume)).toEqual(new Set([6_000]));
    }
  });

  test('one minute is passed through', () => {
    const { bars, ends } = to('1Min', minutesOf('2024-07-10', 570, 572));
    expect(bars.length).toBe(2);
    expect(iso(ends[1] as number)).toBe('2024-07-10T13:32:00.000Z');
  });

  test('days cannot make minutes', () => {
    expect(
      aggregate(columnsOf([minute(at('2024-07-10T04:00:00Z'))]), '1Day', { amount: 5, unit: 'Min' }),
    ).toBeNull();
  });
});

describe('days, weeks and months', () => {
  test('a day bar is stamped New York midnight and made of regular hours alone', () => {
    const day = [
      ...minutesOf('2024-07-10', 565, 570),
      ...minutesOf('2024-07-10', 570, 960),
      ...minutesOf('2024-07-10', 960, 970),
    ];
    const { bars, ends } = to('1Day', day);
    expect(times(bars)).toEqual(['2024-07-10T04:00:00.000Z']);
    expect(barAt(bars, 0)).toMatchObject({
      open: 1,
      high: 391,
      low: 0,
      close: 390,
      volume: 39_000,
      tradeCount: 1_950,
    });
    expect(iso(ends[0] as number)).toBe('2024-07-10T20:00:00.000Z');
  });

  test('in winter it is stamped 05:00Z, and a half day is complete at 13:00', () => {
    const { bars, ends } = to('1Day', minutesOf('2024-11-29', 570, 1000));
    expect(times(bars)).toEqual(['2024-11-29T05:00:00.000Z']);
    expect(barAt(bars, 0).volume).toBe(210 * 100);
    expect(iso(ends[0] as number)).toBe('2024-11-29T18:00:00.000Z');
  });

  test('a day with extended hours only has no day bar', () => {
    expect(to('1Day', minutesOf('2024-07-10', 500, 560)).bars.length).toBe(0);
  });

  test('weeks start on Monday, also where the clock changes, and end with their last session', () => {
    const days = ['2024-03-08', '2024-03-11', '2024-03-15', '2024-03-18', '2024-03-28'];
    const { bars, ends } = to(
      '1Week',
      days.flatMap((date) => minutesOf(date, 600, 602)),
    );
    expect(times(bars)).toEqual([
      '2024-03-04T05:00:00.000Z',
      '2024-03-11T04:00:00.000Z',
      '2024-03-18T04:00:00.000Z',
      '2024-03-25T04:00:00.000Z',
    ]);
    // 2024-03-29 is Good Friday
    expect(iso(ends[3] as number)).toBe('2024-03-28T20:00:00.000Z');
    expect(bars.volume[1]).toBe(400);
  });

  test('months and quarters start on the first', () => {
    const days = ['2024-01-31', '2024-02-01', '2024-03-28', '2024-04-01', '2024-12-31'].map((date) =>
      minute(newYorkTime(date, 0)),
    );
    expect(times(to('1Month', days, '1Day').bars)).toEqual([
      '2024-01-01T05:00:00.000Z',
      '2024-02-01T05:00:00.000Z',
      '2024-03-01T05:00:00.000Z',
      '2024-04-01T04:00:00.000Z',
      '2024-12-01T05:00:00.000Z',
    ]);
    const quarters = to('3Month', days, '1Day');
    expect(times(quarters.bars)).toEqual([
      '2024-01-01T05:00:00.000Z',
      '2024-04-01T04:00:00.000Z',
      '2024-10-01T04:00:00.000Z',
    ]);
    expect(iso(quarters.ends[0] as number)).toBe('2024-03-28T20:00:00.000Z');
    expect(times(to('12Month', days, '1Day').bars)).toEqual(['2024-01-01T05:00:00.000Z']);
  });
});

describe('what a source does not tell', () => {
  test('vwap and trade count stay unknown when a bar that traded does not tell them', () => {
    const [first, second] = minutesOf('2024-07-10', 570, 572) as [Bar, Bar];
    const { bars } = to('5Min', [first, { ...second, vwap: NaN, tradeCount: NaN }]);
    expect(barAt(bars, 0)).toMatchObject({ volume: 200, vwap: NaN, tradeCount: NaN });
  });

  test('a bar without volume has nothing to tell and spoils nothing', () => {
    const [first, second] = minutesOf('2024-07-10', 570, 572) as [Bar, Bar];
    const { bars } = to('5Min', [first, { ...second, volume: 0, vwap: NaN, tradeCount: NaN }]);
    expect(barAt(bars, 0)).toMatchObject({ volume: 100, vwap: 1, tradeCount: 5 });
  });

  test('nothing in, nothing out', () => {
    for (const timeframe of ['5Min', '1Hour', '1Day', '1Week', '1Month'])
      expect(to(timeframe, []).bars.length).toBe(0);
  });
});

test('a base bar is known when it has ended: a day at its close, off the calendar at midnight', () => {
  expect(iso(baseBarEnd('1Min', at('2024-07-10T13:30:00Z')))).toBe('2024-07-10T13:31:00.000Z');
  expect(iso(baseBarEnd('1Day', newYorkTime('2024-07-03', 0)))).toBe('2024-07-03T17:00:00.000Z');
  expect(iso(baseBarEnd('1Day', newYorkTime('2024-07-06', 0)))).toBe('2024-07-07T04:00:00.000Z');
  const minutes = columnsOf(minutesOf('2024-07-10', 570, 575));
  expect(closedBars(minutes, '1Min', at('2024-07-10T13:32:59Z')).length).toBe(2);
  expect(closedBars(minutes, '1Min', at('2024-07-10T13:33:00Z')).length).toBe(3);
  const days = columnsOf(['2024-07-02', '2024-07-03'].map((date) => minute(newYorkTime(date, 0))));
  expect(closedBars(days, '1Day', at('2024-07-03T16:59:00Z')).length).toBe(1);
  expect(closedBars(days, '1Day', at('2024-07-03T17:00:00Z')).length).toBe(2);
});

test('whatever the minutes: volume is kept, bars ascend, and no bar is complete before its last minute', () => {
  const first = newYorkTime('2024-03-08', 240);
  const gaps = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 });
  const timeframe = fc.constantFrom('1Min', '3Min', '7Min', '30Min', '59Min', '1Hour', '5Hour', '23Hour');
  fc.assert(
    fc.property(gaps, timeframe, (steps, name) => {
      let time = first;
      const bars = steps.map((step) => minute((time += step * MINUTE_MS), step));
      const { bars: larger, ends } = to(name, bars);
      const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
      expect(sum(larger.volume)).toBe(bars.length * 100);
      for (let index = 0; index < larger.length; index += 1) {
        const inside = bars.filter(
          (bar) => bar.time >= (larger.time[index] as number) && bar.time < (ends[index] as number),
        );
        expect(inside.length * 100).toBe(larger.volume[index]);
        if (index > 0) expect(larger.time[index] as number).toBeGreaterThanOrEqual(ends[index - 1] as number);
      }
    }),
  );
});

test('a year of minutes becomes five-minute, hour and day bars in a few milliseconds', () => {
  const year: Bar[] = [];
  for (let day = 1; year.length < 100_000; day += 1) {
    const date = new Date(Date.UTC(2024, 0, day)).toISOString().slice(0, 10);
    if (tradingDay(date) !== undefined) year.push(...minutesOf(date, 570, 960));
  }
  const columns = columnsOf(year);
  const fastest = (timeframe: { amount: number; unit: 'Min' | 'Hour' | 'Day' }): number => {
    let best = Infinity;
    for (let run = 0; run < 15; run += 1) {
      const started = performance.now();
      aggregate(columns, '1Min', timeframe);
      best = Math.min(best, performance.now() - started);
    }
    return best;
  };
  // measured 1 to 2 ms on a quiet machine; the limit leaves room for a busy one
  expect(fastest({ amount: 5, unit: 'Min' })).toBeLessThan(25);
  expect(fastest({ amount: 1, unit: 'Day' })).toBeLessThan(25);
});
