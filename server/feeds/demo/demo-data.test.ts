/** The demo data against what real minute bars look like, statistic by statistic. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bar, barAt, BAR_FIELDS } from '../../engine/market/bars';
import { createHash } from 'node:crypto';
import type { BarBatch, BarIntake } from '../../sessions/bar-intake';
import type { BarLibrary } from '../../sessions/bar-library';
import {
  type BarStatistics,
  comovement,
  isFull,
  sessionsOf,
  statisticsOf,
  volumeOf,
  volumeShares,
} from './bar-statistics';
import { CHARACTERS } from './characters';
import { type DemoSymbol, generateBars } from './generate-bars';
import { DEMO_SEED, DEMO_SYMBOLS, makeDemoData } from './make-demo-data';
import { mean, sum } from './sample';
import { COMOVEMENT, HALF_DAY, LIQUID, LOW_PRICED, strangers, THIN } from './realistic-ranges';

const INDEX = 'CLOVER';
const LOW_PRICED_SYMBOL = 'FENNEL';
let symbols: readonly DemoSymbol[] = [];
let elapsedMs = 0;
const statistics = new Map<string, BarStatistics>();
beforeAll(() => {
  const start = performance.now();
  symbols = [...generateBars(DEMO_SEED)];
  elapsedMs = performance.now() - start;
  for (const { character, bars } of symbols) statistics.set(character.symbol, statisticsOf(bars));
}, 120_000);

const liquid = CHARACTERS.filter(({ thin }) => thin === null).map(({ symbol }) => symbol);
const thin = CHARACTERS.filter(({ thin }) => thin !== null).map(({ symbol }) => symbol);
const measured = (symbol: string): BarStatistics => {
  const found = statistics.get(symbol);
  if (found === undefined) throw new Error(`${symbol} was not generated`);
  return found;
};
const barsOf = (symbol: string): readonly Bar[] =>
  symbols.find(({ character }) => character.symbol === symbol)?.bars ?? [];

describe('sixty sessions look real', () => {
  test.each(liquid)('%s, liquid', (symbol) => {
    expect(strangers(measured(symbol), LIQUID)).toEqual([]);
  });

  test.each(thin)('%s, thin', (symbol) => {
    expect(strangers(measured(symbol), symbol === LOW_PRICED_SYMBOL ? LOW_PRICED : THIN)).toEqual([]);
  });

  test.each(thin)('%s is quieter at midday and busier at the end', (symbol) => {
    const { coverage, coverageMidday, coverageClose } = measured(symbol);
    expect(coverageMidday).toBeLessThan(coverage);
    expect(coverageClose).toBeGreaterThan(coverage);
  });

  test('symbols move together, most of all with the index', () => {
    const stocks = liquid.filter((symbol) => symbol !== INDEX);
    const pairs = stocks.flatMap((left, place) =>
      stocks.slice(place + 1).map((right) => [left, right] as const),
    );
    const among = mean(pairs.map(([left, right]) => comovement(barsOf(left), barsOf(right))));
    expect(within(among, COMOVEMENT.stocks)).toBe(true);
    const withIndex = stocks.map((symbol) => comovement(barsOf(symbol), barsOf(INDEX)));
    expect(withIndex.every((value) => within(value, COMOVEMENT.index) && value > among)).toBe(true);
  });

  test.each(liquid)('half days of %s are the day in three and a half hours', (symbol) => {
    const sessions = sessionsOf(barsOf(symbol));
    const half = sessions.filter((session) => !isFull(session));
    expect(half.map(({ day, regular }) => [day.date, regular.length])).toEqual([
      ['2024-11-29', 210],
      ['2024-12-24', 210],
    ]);
    const normal = mean(sessions.filter(isFull).map(({ regular }) => volumeOf(regular)));
    for (const session of half) {
      const { volumeOpen, volumeClose } = volumeShares([session]);
      expect(within(volumeOf(session.regular) / normal, HALF_DAY.volume)).toBe(true);
      expect([volumeOpen, within(volumeOpen, HALF_DAY.first30)]).toEqual([volumeOpen, true]);
      expect([volumeClose, within(volumeClose, HALF_DAY.last30)]).toEqual([volumeClose, true]);
    }
  });
});

describe('every bar is one', () => {
  test('with prices on the half-cent grid, in order, and whole shares', () => {
    const broken = symbols.flatMap(({ bars }) =>
      bars.filter((bar, index) => {
        const prices = [bar.open, bar.high, bar.low, bar.close];
        const sound =
          prices.every((price) => price > 0 && Number.isInteger(Math.round(price * 1e6) / 5_000)) &&
          bar.low <= Math.min(bar.open, bar.close) &&
          bar.high >= Math.max(bar.open, bar.close) &&
          Number.isInteger(bar.volume) &&
          Number.isInteger(bar.tradeCount) &&
          bar.tradeCount >= 1 &&
          bar.volume >= bar.tradeCount &&
          bar.vwap > 0;
        const before = bars[index - 1];
        return !sound || (before !== undefined && before.time >= bar.time);
      }),
    );
    expect(broken).toEqual([]);
  });

  test('inside extended hours of a trading day, on both sides of the clock change', () => {
    for (const { character, bars } of symbols) {
      const sessions = sessionsOf(bars);
      const inside = sum(
        sessions.map(({ day, regular, before, after }) => {
          const edges = [...before, ...after].filter(
            ({ time }) => time >= day.extendedOpen && time < day.extendedClose,
          );
          return edges.length + regular.filter((bar) => bar !== undefined).length;
        }),
      );
      expect([character.symbol, sessions.length, inside]).toEqual([character.symbol, 64, bars.length]);
    }
    const opens = sessionsOf(barsOf(INDEX)).map(({ regular }) =>
      new Date(regular[0]?.time ?? 0).toISOString(),
    );
    expect(opens).toContain('2024-11-01T13:30:00.000Z');
    expect(opens).toContain('2024-11-04T14:30:00.000Z');
  });

  test('of a low-priced name under five dollars', () => {
    expect(Math.max(...barsOf(LOW_PRICED_SYMBOL).map(({ high }) => high))).toBeLessThan(5);
  });
});

describe('the generator', () => {
  test('makes the same bars from the same seed on every machine, and others from another', () => {
    const digest = (bars: readonly Bar[]): string => {
      const hash = createHash('sha256');
      for (const bar of bars) hash.update(BAR_FIELDS.map((field) => bar[field]).join());
      return hash.digest('hex').slice(0, 16);
    };
    const [first] = generateBars(DEMO_SEED);
    const [other] = generateBars('another seed');
    expect(digest(first?.bars ?? [])).toBe('658fbc85aeb245db');
    expect(digest(other?.bars ?? [])).not.toBe('658fbc85aeb245db');
  });

  test('takes seconds', () => {
    console.info(
      `${symbols.length} symbols, ${sum(symbols.map(({ bars }) => bars.length))} bars in ${elapsedMs.toFixed(0)} ms`,
    );
    expect(elapsedMs).toBeLessThan(20_000);
  });

  test('fills a library once, marked as invented', async () => {
    const library = emptyLibrary();
    const made = await makeDemoData({ library });
    expect(made.symbols).toEqual(DEMO_SYMBOLS);
    expect(library.batches.every(({ synthetic, name }) => synthetic && name?.endsWith('(synthetic)'))).toBe(
      true,
    );
    expect(made.added).toBe(sum(symbols.map(({ bars }) => bars.length)));
    const [batch] = library.batches;
    expect(batch && barAt(batch.bars, 0)).toEqual(symbols[0]?.bars[0]);
    expect(await makeDemoData({ library })).toEqual({ symbols: DEMO_SYMBOLS, added: 0 });
    expect(library.batches).toHaveLength(DEMO_SYMBOLS.length);
  });

  test('does not mix with a real symbol of the same name', async () => {
    const library = emptyLibrary();
    const [batch] = await makeDemoData({ library }).then(() => library.batches);
    if (batch !== undefined) library.batches[0] = { ...batch, synthetic: false };
    await expect(makeDemoData({ library })).rejects.toThrow('loaded with real bars');
  });
});

function within(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}

/** A library in memory, as far as the generator looks at it. */
function emptyLibrary(): BarLibrary & BarIntake & { batches: BarBatch[] } {
  const batches: BarBatch[] = [];
  const find = (symbol: string): BarBatch | undefined => batches.find((batch) => batch.symbol === symbol);
  return {
    batches,
    put: async (batch) => {
      batches.push(batch);
      return { version: 1, added: batch.bars.length, replaced: 0, count: batch.bars.length };
    },
    coverage: async (symbol, timeframe) =>
      find(symbol) === undefined
        ? null
        : { symbol, timeframe, version: 1, count: 1, firstTime: 0, lastTime: 0 },
    asset: async (symbol) => {
      const batch = find(symbol);
      if (batch === undefined) return null;
      const flags = {
        tradable: true,
        fractionable: true,
        marginable: true,
        shortable: true,
        easyToBorrow: true,
      };
      const { synthetic } = batch;
      return {
        id: symbol,
        symbol,
        name: symbol,
        assetClass: 'us_equity',
        exchange: 'NYSE',
        synthetic,
        ...flags,
      };
    },
    coverages: async () => [],
    assets: async () => [],
    read: async () => {
      throw new Error('the generator reads no bars');
    },
  };
}
