/** Bars on disk: versions that never change, nothing half visible, and reading without parsing. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bar, barAt, type BarColumns, columnsOf, emptyBars } from '../../engine/market/bars';
import type { BarIntake } from '../../sessions/bar-intake';
import type { BarLibrary } from '../../sessions/bar-library';
import { type Catalogue, openCatalogue } from '../catalogue/catalogue';
import { openBarLibrary } from './arrow-bar-library';

const MINUTE = 60_000;
const NEW_YEAR = Date.UTC(2025, 0, 1);
let dataDir = '';
let catalogue: Catalogue;
let library: BarLibrary & BarIntake;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'paddock-bars-'));
  catalogue = await openCatalogue({ dataDir });
  library = openBarLibrary({ dataDir, catalogue });
}, 60_000);
afterAll(async () => {
  await catalogue.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function bar(time: number, close: number): Bar {
  return { time, open: 10, high: 20, low: 5, close, volume: 100, vwap: NaN, tradeCount: NaN };
}

function put(symbol: string, bars: readonly Bar[]) {
  const origin = { feed: 'csv', source: 'a test', warnings: {}, synthetic: false };
  return library.put({ symbol, timeframe: '1Min', bars: columnsOf(bars), ...origin });
}

async function closes(symbol: string, version: number, from = 0, to = Infinity): Promise<number[]> {
  return [...(await library.read(symbol, '1Min', version, from, to)).close];
}

describe('bars', () => {
  test('come back as they were put, from inclusive, to exclusive', async () => {
    const bars = [0, 1, 2].map((minute) => ({
      ...bar(NEW_YEAR + minute * MINUTE, minute + 10),
      vwap: 10.005,
    }));
    expect(await put('ROUND', bars)).toEqual({ version: 1, added: 3, replaced: 0, count: 3 });
    const read = await library.read('ROUND', '1Min', 1, NEW_YEAR, NEW_YEAR + 2 * MINUTE);
    expect([barAt(read, 0), barAt(read, 1)]).toEqual(bars.slice(0, 2));
    expect(read.length).toBe(2);
    expect(await closes('ROUND', 2)).toEqual([10, 11, 12]);
    expect((await library.read('ROUND', '1Day', 1, 0, Infinity)).length).toBe(0);
    expect((await library.read('NONE', '1Min', 1, 0, Infinity)).length).toBe(0);
  });

  test('go to one file a year, and are read as one piece', async () => {
    const bars = [-2, -1, 0, 1].map((minute) => bar(NEW_YEAR + minute * MINUTE, minute + 10));
    await put('YEARS', bars);
    expect(readdirSync(join(dataDir, 'bars', '1Min', 'YEARS'))).toEqual(['2024.v1.arrow', '2025.v1.arrow']);
    expect(await closes('YEARS', 1)).toEqual([8, 9, 10, 11]);
    expect(await library.coverage('YEARS', '1Min')).toEqual({
      symbol: 'YEARS',
      timeframe: '1Min',
      version: 1,
      count: 4,
      firstTime: NEW_YEAR - 2 * MINUTE,
      lastTime: NEW_YEAR + MINUTE,
    });
  });

  test('that changed make a new version, touch only their years, and leave the old version as it was', async () => {
    await put('VERSIONS', [bar(NEW_YEAR - MINUTE, 1), bar(NEW_YEAR, 2)]);
    const change = [bar(NEW_YEAR, 3), bar(NEW_YEAR + MINUTE, 4)];
    expect(await put('VERSIONS', change)).toEqual({ version: 2, added: 1, replaced: 1, count: 3 });
    expect(readdirSync(join(dataDir, 'bars', '1Min', 'VERSIONS'))).toEqual([
      '2024.v1.arrow',
      '2025.v1.arrow',
      '2025.v2.arrow',
    ]);
    expect(await closes('VERSIONS', 1)).toEqual([1, 2]);
    expect(await closes('VERSIONS', 2)).toEqual([1, 3, 4]);
  });

  test('that are known already change nothing', async () => {
    const bars = [bar(NEW_YEAR, 1), bar(NEW_YEAR + MINUTE, 2)];
    await put('SAME', bars);
    expect(await put('SAME', bars)).toEqual({ version: 1, added: 0, replaced: 0, count: 2 });
    expect(await catalogue.prisma.import.count({ where: { symbol: 'SAME' } })).toBe(1);
  });

  test('put at the same time follow each other', async () => {
    const results = await Promise.all(
      [0, 1, 2, 3].map((minute) => put('QUEUE', [bar(NEW_YEAR + minute * MINUTE, minute)])),
    );
    expect(results.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    expect(await closes('QUEUE', 4)).toEqual([0, 1, 2, 3]);
  });

  test('out of order are refused', async () => {
    await expect(put('ORDER', [bar(NEW_YEAR, 1), bar(NEW_YEAR, 2)])).rejects.toThrow(
      'ascending by time, found row 1',
    );
  });

  test('whose file was changed are refused', async () => {
    await put('DAMAGE', [bar(NEW_YEAR, 1)]);
    writeFileSync(join(dataDir, 'bars', '1Min', 'DAMAGE', '2025.v1.arrow'), 'something else');
    await expect(
      openBarLibrary({ dataDir, catalogue }).read('DAMAGE', '1Min', 1, 0, Infinity),
    ).rejects.toThrow('was changed');
  });

  test('of a year are loaded in milliseconds, and once for many readers', async () => {
    const year = yearOfMinutes();
    await library.put({
      symbol: 'SPEED',
      timeframe: '1Min',
      bars: year,
      feed: 'csv',
      source: '',
      warnings: {},
      synthetic: false,
    });
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const cold = openBarLibrary({ dataDir, catalogue });
      await cold.coverage('SPEED', '1Min');
      const start = performance.now();
      const [first, second] = await Promise.all([
        cold.read('SPEED', '1Min', 1, 0, Infinity),
        cold.read('SPEED', '1Min', 1, 0, Infinity),
      ]);
      times.push(performance.now() - start);
      expect(first.length).toBe(year.length);
      expect(second.close.buffer).toBe(first.close.buffer);
    }
    const median = times.sort((a, b) => a - b)[2] ?? Infinity;
    console.info(`cold load of ${year.length} bars: ${median.toFixed(1)} ms median of 5`);
    expect(median).toBeLessThan(500); // the bar is 50 ms; a busy machine may be slow
  });
});

describe('assets', () => {
  test('are made with the first bars, with the same id on every machine', async () => {
    await put('BRK.B', [bar(NEW_YEAR, 1)]);
    const asset = await library.asset('BRK.B');
    expect(asset).toMatchObject({
      symbol: 'BRK.B',
      name: 'BRK.B',
      assetClass: 'us_equity',
      tradable: true,
      synthetic: false,
    });
    expect(asset?.id).toBe('47871c21-c4fe-8954-b3af-06e302d14c4e');
    expect(await library.asset(asset?.id ?? '')).toEqual(asset);
    expect(await library.asset('NONE')).toBeNull();
  });

  test('keep their name when more bars come, and are marked when those are invented', async () => {
    const bars = columnsOf([bar(NEW_YEAR, 1)]);
    const invented = {
      symbol: 'MADEX',
      timeframe: '1Min',
      bars,
      feed: 'demo',
      source: 'seed',
      warnings: {},
    } as const;
    await library.put({ ...invented, name: 'Made (synthetic)', synthetic: true });
    await put('MADEX', [bar(NEW_YEAR, 2)]);
    expect(await library.asset('MADEX')).toMatchObject({ name: 'Made (synthetic)', synthetic: true });
  });
});

function yearOfMinutes(): BarColumns {
  const length = 98_280;
  const bars = emptyBars(length);
  const start = Date.UTC(2023, 0, 1);
  for (let index = 0; index < length; index++) {
    bars.time[index] = start + index * MINUTE;
    bars.close[index] = 100 + (index % 100) / 100;
  }
  return bars;
}
