/** Quotes, trades and corporate actions on disk: versions, merging, what is refused, and reading in one piece. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnsOf } from '../engine/market/bars';
import { money, price, quantity } from '../engine/units/decimal';
import { columnOf, type ColumnShape, emptyColumns, fieldsOf, type TimedColumns } from '../sessions/columns';
import type { CorporateAction } from '../sessions/corporate-action-library';
import { QUOTE_SHAPE, type QuoteColumns } from '../sessions/quote-library';
import { TRADE_SHAPE, type TradeColumns } from '../sessions/trade-library';
import { type Catalogue, openCatalogue } from './catalogue/catalogue';
import { type MarketStore, openMarketStore } from './market-store';

const MINUTE = 60_000;
/** 09:30 in New York. */
const OPEN = Date.UTC(2024, 0, 2, 14, 30);
const NEXT_OPEN = Date.UTC(2024, 0, 3, 14, 30);
const ORIGIN = { feed: 'csv', source: 'a test', warnings: {}, assetClass: 'us_equity' } as const;
let dataDir = '';
let catalogue: Catalogue;
let market: MarketStore;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'paddock-market-'));
  catalogue = await openCatalogue({ dataDir });
  market = openMarketStore({ dataDir, catalogue });
}, 60_000);
afterAll(async () => {
  await catalogue.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Columns with a value of its own in every place, but for what `rows` says. */
function rowsOf<C extends TimedColumns>(
  shape: ColumnShape<C>,
  rows: readonly Readonly<Record<string, number>>[],
): C {
  const columns = emptyColumns(shape, rows.length);
  rows.forEach((row, index) =>
    fieldsOf(shape).forEach(([name], place) => {
      columnOf(columns, name)[index] = row[name] ?? 10 * index + place;
    }),
  );
  return columns;
}

const tradesOf = (...trades: readonly (readonly [number, number])[]) =>
  rowsOf<TradeColumns>(
    TRADE_SHAPE,
    trades.map(([time, at]) => ({ time, price: at })),
  );

describe('quotes', () => {
  const quotes = (...rows: Readonly<Record<string, number>>[]) => rowsOf<QuoteColumns>(QUOTE_SHAPE, rows);

  test('come back as they were put, a file a year, the old version beside the new one', async () => {
    const columns = quotes({ time: OPEN, bid: 10, askSize: NaN }, { time: OPEN + MINUTE });
    const batch = { symbol: 'ACME', ...ORIGIN };
    expect(await market.quotes.put({ ...batch, columns })).toEqual({
      version: 1,
      added: 2,
      replaced: 0,
      count: 2,
    });
    expect(await market.quotes.read('ACME', 1, 0, Infinity)).toEqual(columns);
    expect(await market.quotes.put({ ...batch, columns })).toMatchObject({
      version: 1,
      added: 0,
      replaced: 0,
    });
    const change = quotes({ time: OPEN, bid: 11, askSize: NaN });
    expect(await market.quotes.put({ ...batch, columns: change })).toEqual({
      version: 2,
      added: 0,
      replaced: 1,
      count: 2,
    });
    expect(readdirSync(join(dataDir, 'quotes', 'ACME'))).toEqual(['2024.v1.arrow', '2024.v2.arrow']);
    expect((await market.quotes.read('ACME', 1, OPEN, OPEN + MINUTE)).bid).toEqual(Float64Array.of(10));
    expect((await market.quotes.read('ACME', 2, OPEN, OPEN + MINUTE)).bid).toEqual(Float64Array.of(11));
    expect(await market.quotes.coverage('ACME')).toEqual({
      symbol: 'ACME',
      version: 2,
      count: 2,
      firstTime: OPEN,
      lastTime: OPEN + MINUTE,
    });
    expect(await market.bars.coverage('ACME', '1Min')).toBeNull();
    expect(await market.bars.asset('ACME')).toMatchObject({ assetClass: 'us_equity' });
  });
});

describe('trades', () => {
  test('of one millisecond keep their order, and a day has a file', async () => {
    const columns = tradesOf([OPEN, 3], [OPEN, 1], [OPEN, 2], [NEXT_OPEN, 4]);
    const batch = { symbol: 'TAPE', ...ORIGIN };
    expect(await market.trades.put({ ...batch, columns })).toMatchObject({ version: 1, added: 4 });
    expect(readdirSync(join(dataDir, 'trades', 'TAPE'))).toEqual([
      '2024-01-02.v1.arrow',
      '2024-01-03.v1.arrow',
    ]);
    const read = await market.trades.read('TAPE', 1, 0, Infinity);
    expect(read).toEqual(columns);
    expect([...read.price]).toEqual([3, 1, 2, 4]);
    expect(await market.trades.put({ ...batch, columns })).toMatchObject({
      version: 1,
      added: 0,
      replaced: 0,
    });
  });

  test('of a millisecond give way to those that come anew, and the other day is left alone', async () => {
    const batch = { symbol: 'MEND', ...ORIGIN };
    await market.trades.put({
      ...batch,
      columns: tradesOf([OPEN, 1], [OPEN, 2], [OPEN + 5, 3], [NEXT_OPEN, 4]),
    });
    const change = tradesOf([OPEN, 9], [OPEN + 1, 8], [OPEN + 1, 7]);
    expect(await market.trades.put({ ...batch, columns: change })).toEqual({
      version: 2,
      added: 2,
      replaced: 2,
      count: 5,
    });
    expect([...(await market.trades.read('MEND', 2, 0, Infinity)).price]).toEqual([9, 8, 7, 3, 4]);
    expect([...(await market.trades.read('MEND', 1, 0, Infinity)).price]).toEqual([1, 2, 3, 4]);
    expect(readdirSync(join(dataDir, 'trades', 'MEND'))).toEqual([
      '2024-01-02.v1.arrow',
      '2024-01-02.v2.arrow',
      '2024-01-03.v1.arrow',
    ]);
  });

  test('of the evening belong to the day of New York', async () => {
    const evening = Date.UTC(2024, 0, 3, 0, 59); // 19:59 on the 2nd
    await market.trades.put({ symbol: 'NIGHT', ...ORIGIN, columns: tradesOf([evening, 1]) });
    expect(readdirSync(join(dataDir, 'trades', 'NIGHT'))).toEqual(['2024-01-02.v1.arrow']);
  });
});

describe('coins', () => {
  const bar = { time: OPEN, open: 1, high: 1, low: 1, close: 1, volume: 0.5, vwap: NaN, tradeCount: NaN };
  const batch = {
    timeframe: '1Min',
    bars: columnsOf([bar]),
    feed: 'csv',
    source: '',
    warnings: {},
    synthetic: false,
  } as const;

  test('are assets of their own class, in a folder that any disk takes', async () => {
    await market.bars.put({ ...batch, symbol: 'BTC/USD', assetClass: 'crypto' });
    expect(await market.bars.asset('BTC/USD')).toMatchObject({
      assetClass: 'crypto',
      exchange: 'CRYPTO',
      fractionable: true,
      marginable: false,
      shortable: false,
    });
    expect(readdirSync(join(dataDir, 'bars', '1Min'))).toContain('BTC%2FUSD');
  });

  test('cannot become stocks', async () => {
    await market.bars.put({ ...batch, symbol: 'STOCK' });
    const coin = { ...batch, symbol: 'STOCK', assetClass: 'crypto' } as const;
    await expect(market.bars.put(coin)).rejects.toMatchObject({
      code: 'asset_class_conflict',
      message: 'STOCK is loaded as us_equity: expected that class, found crypto',
    });
  });
});

describe('corporate actions', () => {
  const { assetClass: _, ...origin } = ORIGIN;
  const split: CorporateAction = {
    symbol: 'ACME',
    exDate: '2024-06-10',
    type: 'split',
    newShares: quantity('7'),
    oldShares: quantity('1'),
    closeBefore: price('645.57'),
  };
  const dividend: CorporateAction = {
    symbol: 'ACME',
    exDate: '2024-02-09',
    type: 'cash_dividend',
    cashPerShare: money('0.24'),
    closeBefore: null,
  };

  test('come back exactly, by date, and are known the second time', async () => {
    const { corporateActions: library } = market;
    const all = [split, dividend, { ...dividend, symbol: 'OTHER' }];
    expect(await library.putCorporateActions(all, origin)).toEqual({ added: 3, replaced: 0, count: 3 });
    expect(await library.putCorporateActions(all, origin)).toEqual({ added: 0, replaced: 0, count: 3 });
    expect(await library.corporateActions(['ACME'], '2024-01-01', '2024-12-31')).toEqual([dividend, split]);
    expect(await library.corporateActions(['ACME'], '2024-02-10', '2024-06-10')).toEqual([split]);
    expect(await library.corporateActions(['NONE'], '2024-01-01', '2024-12-31')).toEqual([]);
    const mended = { ...dividend, cashPerShare: money('0.25') };
    expect(await library.putCorporateActions([mended], origin)).toEqual({ added: 0, replaced: 1, count: 3 });
    expect(await library.corporateActions(['ACME'], '2024-02-09', '2024-02-09')).toEqual([mended]);
    const kind = 'corporate-actions';
    expect(await catalogue.prisma.import.findMany({ where: { kind } })).toMatchObject([
      { symbol: null, version: null, rows: 3, added: 3 },
      { rows: 1, replaced: 1 },
    ]);
  });

  test('changes of symbols are found by the old ticker and by the new one', async () => {
    const { corporateActions: library } = market;
    const changes = [
      { security: 'META', validTo: '2022-06-08', ticker: 'FB', exchangeCode: 'Q' },
      { security: 'META', validTo: '2050-12-31', ticker: 'META', exchangeCode: null },
    ];
    expect(await library.putSymbolChanges(changes, origin)).toEqual({ added: 2, replaced: 0, count: 2 });
    expect(await library.putSymbolChanges(changes, origin)).toEqual({ added: 0, replaced: 0, count: 2 });
    expect(await library.symbolChanges(['FB'])).toEqual(changes.slice(0, 1));
    expect(await library.symbolChanges(['META'])).toEqual(changes);
  });
});
