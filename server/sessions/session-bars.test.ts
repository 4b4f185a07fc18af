/** Market data of a session: pages of any timeframe, warm-up before its start, and nothing from after its now. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newYorkTime } from '../engine/calendar/new-york';
import { barAt, columnsOf, type Bar, type BarColumns } from '../engine/market/bars';
import {
  formatTimeframe,
  parseTimeframe,
  type BaseTimeframe,
  type Timeframe,
} from '../engine/market/timeframe';
import type { SimulationView } from '../engine/simulation/view';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../engine/units/time';
import type { BarLibrary } from './bar-library';
import { DAY, memoryLibrary, minute, NEXT_DAY, newSession, someDays } from './market.fixture';
import { latestBar, readBars, snapshotBars, type BarQuery, type BarReader } from './session-bars';
import { loadTape } from './session-tape';
import type { SessionRecord } from './session-store';

const iso = (time: EpochMs): string => new Date(time).toISOString().slice(0, 16) + 'Z';
const times = (bars: BarColumns): string[] => [...bars.time].map(iso);

function frame(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null) throw new Error(`expected a timeframe, found ${text}`);
  return timeframe;
}

async function readerAt(now: EpochMs, library: BarLibrary, base: BaseTimeframe = '1Min'): Promise<BarReader> {
  const { startTime, endTime, policies, initialCash } = newSession();
  const instruments = [
    {
      symbol: 'ACME',
      assetClass: 'us_equity',
      tradable: true,
      fractionable: true,
      marginable: true,
      maintenanceRate: null,
      shortable: true,
      easyToBorrow: true,
    },
  ] as const;
  const period = { startTime, endTime, baseTimeframe: base };
  const record: SessionRecord = {
    id: 'one',
    name: 'one',
    createdAt: '',
    profile: 'standard',
    configuration: { seed: '', instruments, ...period, initialCash, ...policies },
    dataVersions: { ACME: 1 },
    synthetic: true,
  };
  const view = { now } as SimulationView;
  return { record, tape: await loadTape(record, { bars: library }), read: (look) => look(view) };
}

const asked = (change: Partial<BarQuery>): BarQuery => ({
  symbol: 'ACME',
  timeframe: frame('1Min'),
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  limit: 1_000,
  order: 'asc',
  ...change,
});

const library = memoryLibrary({ ACME: someDays(), BOLT: someDays(40) });

describe('at 10:00 of the first day', () => {
  const now = newYorkTime(DAY, 600);

  test('the newest minute is 09:59, and nothing after it is there', async () => {
    const reader = await readerAt(now, library);
    expect(iso((await latestBar(reader, library, 'ACME'))?.time ?? 0)).toBe('2024-01-03T14:59Z');
    const bars = await readBars(reader, library, asked({ order: 'desc', limit: 2 }));
    expect(times(bars)).toEqual(['2024-01-03T14:59Z', '2024-01-03T14:58Z']);
    expect((await readBars(reader, library, asked({ from: now }))).length).toBe(0);
  });

  test('half a minute later too: a bar is there when it has ended', async () => {
    const reader = await readerAt(now + MINUTE_MS - 1, library);
    expect(iso((await latestBar(reader, library, 'ACME'))?.time ?? 0)).toBe('2024-01-03T14:59Z');
  });

  test('from and to are both inclusive', async () => {
    const reader = await readerAt(now, library);
    const [from, to] = [newYorkTime(DAY, 580), newYorkTime(DAY, 582)];
    const bars = await readBars(reader, library, asked({ from, to }));
    expect(times(bars)).toEqual(['2024-01-03T14:40Z', '2024-01-03T14:41Z', '2024-01-03T14:42Z']);
    expect((await readBars(reader, library, asked({ from: to, to: from }))).length).toBe(0);
  });

  test('the hour in progress is there only when asked for, made of what has closed', async () => {
    const reader = await readerAt(now + 5 * MINUTE_MS, library);
    const hours = asked({ timeframe: frame('1Hour'), order: 'desc', limit: 1 });
    expect(times(await readBars(reader, library, hours))).toEqual(['2024-01-03T14:00Z']);
    const forming = await readBars(reader, library, { ...hours, forming: true });
    expect(times(forming)).toEqual(['2024-01-03T15:00Z']);
    expect(barAt(forming, 0).volume).toBe(5_000);
  });

  test('the day before is readable, today is in progress', async () => {
    const reader = await readerAt(now, library);
    const days = await readBars(reader, library, asked({ timeframe: frame('1Day') }));
    expect(times(days)).toEqual(['2023-12-28T05:00Z', '2023-12-29T05:00Z', '2024-01-02T05:00Z']);
    const { latest, daily, previousDaily } = await snapshotBars(reader, library, 'ACME');
    expect(latest?.time).toBe(newYorkTime(DAY, 599));
    expect(daily).toMatchObject({ time: newYorkTime(DAY, 0), volume: 30_000, close: latest?.close });
    expect(previousDaily).toMatchObject({ time: newYorkTime('2024-01-02', 0), volume: 390_000 });
  });

  test('a symbol outside the session is absent, whatever is loaded', async () => {
    const reader = await readerAt(now, library);
    expect((await readBars(reader, library, asked({ symbol: 'BOLT' }))).length).toBe(0);
    expect(await latestBar(reader, library, 'BOLT')).toBeNull();
    expect(await snapshotBars(reader, library, 'BOLT')).toEqual({
      latest: null,
      daily: null,
      previousDaily: null,
    });
  });
});

test('a day is readable from its close on', async () => {
  const days = asked({ timeframe: frame('1Day'), order: 'desc', limit: 1 });
  const before = await readerAt(newYorkTime(DAY, 960) - 1, library);
  expect(times(await readBars(before, library, days))).toEqual(['2024-01-02T05:00Z']);
  const after = await readerAt(newYorkTime(DAY, 960), library);
  expect(times(await readBars(after, library, days))).toEqual(['2024-01-03T05:00Z']);
});

test('warm-up reaches back before the two weeks on the tape, also for the latest bar', async () => {
  const old = columnsOf([
    minute(newYorkTime('2001-09-10', 600), 5),
    minute(newYorkTime('2023-06-01', 600), 6),
  ]);
  const bars = memoryLibrary({ ACME: old });
  const reader = await readerAt(newYorkTime(DAY, 600), bars);
  expect((await readBars(reader, bars, asked({}))).length).toBe(2);
  expect((await readBars(reader, bars, asked({ order: 'desc', limit: 1 }))).close[0]).toBe(6);
  expect((await latestBar(reader, bars, 'ACME'))?.close).toBe(6);
  expect(times(await readBars(reader, bars, asked({ timeframe: frame('12Month') })))).toEqual([
    '2001-01-01T05:00Z',
    '2023-01-01T05:00Z',
  ]);
});

test('a session on daily bars has days, weeks and months, and no minutes', async () => {
  const days: Bar[] = ['2023-12-29', '2024-01-02', DAY, NEXT_DAY].map((date) =>
    minute(newYorkTime(date, 0), 9),
  );
  const bars = memoryLibrary({ ACME: columnsOf(days) });
  const reader = await readerAt(newYorkTime(NEXT_DAY, 600), bars, '1Day');
  expect(times(await readBars(reader, bars, asked({ timeframe: frame('1Day') })))).toEqual([
    '2023-12-29T05:00Z',
    '2024-01-02T05:00Z',
    '2024-01-03T05:00Z',
  ]);
  expect((await latestBar(reader, bars, 'ACME'))?.time).toBe(newYorkTime(DAY, 0));
  expect(times(await readBars(reader, bars, asked({ timeframe: frame('1Week') })))).toEqual([
    '2023-12-25T05:00Z',
  ]);
  expect((await readBars(reader, bars, asked({ timeframe: frame('5Min') }))).length).toBe(0);
});

const TIMEFRAMES = ['1Min', '5Min', '7Min', '1Hour', '4Hour', '1Day', '1Week', '1Month', '12Month'];

test('pages joined are the whole, in both orders, for every timeframe', async () => {
  const reader = await readerAt(newYorkTime(DAY, 720), library);
  for (const timeframe of TIMEFRAMES.map(frame)) {
    const limit = timeframe.unit === 'Min' && timeframe.amount < 7 ? 97 : 3;
    const whole = await readBars(reader, library, asked({ timeframe, limit: 10_000 }));
    for (const order of ['asc', 'desc'] as const) {
      const joined: number[] = [];
      for (;;) {
        const after = joined.at(-1);
        const page = await readBars(reader, library, asked({ timeframe, limit, order, after }));
        joined.push(...page.time);
        if (page.length < limit) break;
      }
      const expected = order === 'asc' ? whole.time : whole.time.toReversed();
      expect([formatTimeframe(timeframe), joined]).toEqual([formatTimeframe(timeframe), [...expected]]);
    }
  }
});

test('no look-ahead: data that differ only after now give identical answers, whatever is asked', async () => {
  const first = newYorkTime('2023-12-27', 240);
  const span = 9 * DAY_MS;
  const moments = fc.uniqueArray(fc.integer({ min: 0, max: span / MINUTE_MS }), {
    minLength: 1,
    maxLength: 120,
  });
  const rows = (minutes: number[], close: (minute: number) => number): BarColumns =>
    columnsOf([...minutes].sort((a, b) => a - b).map((at) => minute(first + at * MINUTE_MS, close(at))));
  const query = fc.record({
    timeframe: fc.constantFrom(...TIMEFRAMES).map(frame),
    from: fc.integer({ min: first - DAY_MS, max: first + span }),
    to: fc.integer({ min: first, max: first + 2 * span }),
    limit: fc.integer({ min: 1, max: 50 }),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    forming: fc.boolean(),
  });
  const nowAfter = fc.integer({ min: 0, max: span });
  await fc.assert(
    fc.asyncProperty(
      moments,
      moments,
      nowAfter,
      fc.array(query, { maxLength: 6 }),
      async (past, future, later, asks) => {
        const now = first + later;
        const isKnown = (at: number): boolean => first + (at + 1) * MINUTE_MS <= now;
        const known = past.filter(isKnown);
        const one = memoryLibrary({ ACME: rows(past, (at) => 50 + at / 1_000) });
        const others = [...known, ...future.filter((at) => !isKnown(at))];
        const two = memoryLibrary({
          ACME: rows(others, (at) => (isKnown(at) ? 50 + at / 1_000 : 9_000 + at)),
        });
        const [left, right] = [await readerAt(now, one), await readerAt(now, two)];
        for (const ask of asks.map(asked)) {
          expect(await readBars(left, one, ask)).toEqual(await readBars(right, two, ask));
        }
        expect(await snapshotBars(left, one, 'ACME')).toEqual(await snapshotBars(right, two, 'ACME'));
      },
    ),
    { numRuns: 150 },
  );
});
