/** What a session pins of the market besides bars: splits that its bars show, dividends, quotes as they become known. */
import { expect, test } from 'vitest';
import { columnsOf, emptyBars, firstAtOrAfter, sliceBars, type BarColumns } from '../engine/market/bars';
import { price, quantity } from '../engine/units/decimal';
import type { Money } from '../engine/units/fixed-point';
import { MINUTE_MS } from '../engine/units/time';
import type { BarLibrary } from './bar-library';
import type { CorporateAction } from './corporate-action-library';
import type { QuoteLibrary } from './quote-library';
import { actionsFor, quotePoints } from './session-market';

const EX_DATE = '2024-03-13';
const BEFORE = Date.parse('2024-03-12T19:59:00Z');
const AFTER = Date.parse('2024-03-13T13:30:00Z');
const SPAN = { startTime: BEFORE - 86_400_000, endTime: AFTER + 86_400_000, baseTimeframe: '1Min' } as const;

function library(before: number, after: number): BarLibrary {
  const bar = (time: number, value: number) => ({
    time,
    ...{ open: value, high: value, low: value, close: value, volume: 1, vwap: value, tradeCount: 1 },
  });
  const bars = columnsOf([bar(BEFORE, before), bar(AFTER, after)]);
  const between = (from: number, to: number): BarColumns =>
    sliceBars(bars, firstAtOrAfter(bars.time, from), firstAtOrAfter(bars.time, to));
  return {
    read: (_symbol, _timeframe, _version, from, to) => Promise.resolve(between(from, to)),
    coverage: () => Promise.resolve(null),
    coverages: () => Promise.resolve([]),
    asset: () => Promise.resolve(null),
    assets: () => Promise.resolve([]),
  };
}

const split: CorporateAction = {
  symbol: 'ACME',
  exDate: EX_DATE,
  type: 'split',
  closeBefore: null,
  newShares: quantity('4'),
  oldShares: quantity('1'),
};
const dividend: CorporateAction = {
  symbol: 'ACME',
  exDate: EX_DATE,
  type: 'cash_dividend',
  closeBefore: null,
  cashPerShare: price('0.25') as bigint as Money,
};

function kinds(bars: BarLibrary): Promise<string[]> {
  const corporateActions = {
    corporateActions: () => Promise.resolve([split, dividend]),
    symbolChanges: () => Promise.resolve([]),
  };
  const pinned = [{ symbol: 'ACME', version: 1 }];
  return actionsFor({ bars, corporateActions }, pinned, SPAN).then((all) => all.map(({ kind }) => kind));
}

test('a split counts on raw bars, which show its step, and not on adjusted ones', async () => {
  expect(await kinds(library(400, 101))).toEqual(['split', 'cash_dividend']);
  expect(await kinds(library(100, 101))).toEqual(['cash_dividend']);
});

test('a minute of quotes is known when it is over', async () => {
  const time = Float64Array.of(BEFORE);
  const columns = { ...emptyBars(0), time, bid: Float64Array.of(99), ask: Float64Array.of(101) };
  const quotes = {
    read: () => Promise.resolve(columns),
    coverage: () => Promise.resolve(null),
  } as unknown as QuoteLibrary;
  const points = await quotePoints(quotes, 'ACME', 1, 0, AFTER);
  expect(points?.at[0]).toBe(BEFORE + MINUTE_MS);
  expect(await quotePoints(quotes, 'ACME', undefined, 0, AFTER)).toBeNull();
});
