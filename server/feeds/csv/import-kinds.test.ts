/** Importing quotes, trades, corporate actions and coins: what is read, what is noticed, what is refused with its row. */
import { describe, expect, test } from 'vitest';
import { price, quantity, money } from '../../engine/units/decimal';
import { importCsv } from './import-csv';
import type { ImportSubject } from './import-subject';
import { pieces, shelves } from './shelves.fixture';

const STOCK = { symbol: 'AAPL', assetClass: 'us_equity' } as const;
const COIN = { symbol: 'BTC/USD', assetClass: 'crypto' } as const;
const AT = Date.UTC(2024, 0, 2, 14, 30);

async function read(subject: ImportSubject, ...lines: string[]) {
  const into = shelves();
  const file = pieces(Buffer.from(lines.join('\n')));
  const report = await importCsv({ file, subject, into, source: 'a test' });
  return { report, ...into.taken };
}

async function faults(subject: ImportSubject, ...lines: string[]): Promise<string[]> {
  const message = await read(subject, ...lines).then(
    () => 'the file was taken',
    (error: Error) => error.message,
  );
  return message.split('\n').slice(1);
}

describe('quotes', () => {
  const HEADER =
    'timestamp,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size';
  const QUOTES = { kind: 'quotes', ...STOCK } as const;

  test('are what stood as the minute ended, and where they had been', async () => {
    const { quotes, report } = await read(
      QUOTES,
      HEADER,
      '2024-01-02T14:30:00Z,10,10.5,9.5,10.25,300,11,11.5,10.75,10.8,100',
      '2024-01-02T14:31:00Z,,,,,0,11,11,11,11,200',
      '2024-01-02T14:32:00Z,12,12,12,12,1,11,11,11,11,1',
    );
    const columns = quotes?.columns;
    expect([...(columns?.time ?? [])]).toEqual([AT, AT + 60_000, AT + 120_000]);
    expect([...(columns?.bid ?? [])]).toEqual([10.25, NaN, 12]);
    expect([...(columns?.bidSize ?? [])]).toEqual([300, 0, 1]);
    expect([...(columns?.ask ?? [])]).toEqual([10.8, 11, 11]);
    expect([columns?.bidOpen[0], columns?.bidHigh[0], columns?.bidLow[0]]).toEqual([10, 10.5, 9.5]);
    expect([columns?.askOpen[0], columns?.askHigh[0], columns?.askLow[0]]).toEqual([11, 11.5, 10.75]);
    expect(report).toMatchObject({ kind: 'quotes', symbol: 'AAPL', timeframe: null, rows: 3 });
    expect(report.warnings).toEqual({
      'quotes with one side only': 1,
      'quotes with the bid above the ask': 1,
    });
  });

  test('that cannot be are refused with their rows', async () => {
    expect(
      await faults(
        QUOTES,
        HEADER,
        '2024-01-02T14:30:00Z,10,9,11,10,300,11,11,11,11,100',
        '2024-01-02T14:30:30Z,10,10,10,10,300,11,11,11,11,100',
        '2024-01-02T14:31:00Z,10,10,10,10,-1,11,11,11,12,100',
      ),
    ).toEqual([
      'row 2, bid_high: expected at least the low, 11, found 9',
      'row 3, timestamp: expected the start of a minute, found "2024-01-02T14:30:30Z"',
      'row 4, bid_size: expected a number that is not negative, found "-1"',
      'row 4, ask_close: expected a price from 11 to 11, found 12',
    ]);
    expect(await faults(QUOTES, 'timestamp,bid_close', 'x,1')).toEqual([
      `row 1: expected a header like ${HEADER}, found "timestamp,bid_close" without ask_close`,
    ]);
  });
});

describe('trades', () => {
  const HEADER = 'timestamp,price,size,exchange,conditions,suspicious,bid,bid_size,ask,ask_size';
  const TRADES = { kind: 'trades', ...STOCK } as const;

  test('keep their milliseconds, and within one the order of the file', async () => {
    const { trades, report } = await read(
      TRADES,
      HEADER,
      '2024-01-02T14:30:00.251Z,10.01,3,Q,20002020,0,10,100,10.02,200',
      '2024-01-02T14:30:00.250Z,10.02,2,P,1,1,,,,',
      '2024-01-02T14:30:00.251Z,10,1,,,,10,100,10.02,200',
    );
    const columns = trades?.columns;
    expect([...(columns?.time ?? [])]).toEqual([AT + 250, AT + 251, AT + 251]);
    expect([...(columns?.price ?? [])]).toEqual([10.02, 10.01, 10]);
    expect([...(columns?.size ?? [])]).toEqual([2, 3, 1]);
    expect([...(columns?.exchange ?? [])]).toEqual(['P'.charCodeAt(0), 'Q'.charCodeAt(0), 0]);
    expect([...(columns?.conditions ?? [])]).toEqual([1, 0x20002020, 0]);
    expect([...(columns?.suspicious ?? [])]).toEqual([1, 0, 0]);
    expect([...(columns?.bid ?? [])]).toEqual([NaN, 10, 10]);
    expect([...(columns?.askSize ?? [])]).toEqual([NaN, 200, 200]);
    expect(report.warnings).toEqual({
      'trades that the source suspects': 1,
      'rows out of order, sorted': 1,
    });
  });

  test('that cannot be are refused with their rows', async () => {
    expect(
      await faults(
        TRADES,
        HEADER,
        '2024-01-02T14:30:00.250Z,0,1,Q,1,0,,,,',
        '2024-01-02T14:30:00.250Z,1,x,Q,1,0,,,,',
        '2024-01-02T14:30:00.250Z,1,1,NASDAQ,1,0,,,,',
        '2024-01-02T14:30:00.250Z,1,1,Q,@,0,,,,',
        '2024-01-02T14:30:00.250Z,1,1,Q,1,maybe,,,,',
        '2024-01-02,1,1,Q,1,0,,,,',
      ),
    ).toEqual([
      'row 2, price: expected a price above 0, found "0"',
      'row 3, size: expected a number that is not negative, found "x"',
      'row 4, exchange: expected the letter of an exchange, as the tape has it, or nothing, found "NASDAQ"',
      'row 5, conditions: expected a hexadecimal code of up to 8 digits, or nothing, found "@"',
      'row 6, suspicious: expected 0 or 1, found "maybe"',
      'row 7, timestamp: expected a time of day, found "2024-01-02"',
    ]);
  });
});

describe('corporate actions', () => {
  const ACTIONS = { kind: 'corporate-actions' } as const;
  const HEADER = 'symbol,ex_date,type,new_for_old,cash_per_share,close_before';

  test('are exact, the last of several of one thing', async () => {
    const { actions, report } = await read(
      ACTIONS,
      HEADER,
      'AAPL,2014-06-09,split,6:1,,645.57',
      'AAPL,2012-08-09,cash_dividend,,2.6499,619.86',
      'uso,2020-04-29,split,1:8,,',
      'AAPL,2014-06-09,split,7:1,,645.57',
    );
    expect(actions).toEqual([
      {
        symbol: 'AAPL',
        exDate: '2014-06-09',
        type: 'split',
        newShares: quantity('7'),
        oldShares: quantity('1'),
        closeBefore: price('645.57'),
      },
      {
        symbol: 'AAPL',
        exDate: '2012-08-09',
        type: 'cash_dividend',
        cashPerShare: money('2.6499'),
        closeBefore: price('619.86'),
      },
      {
        symbol: 'USO',
        exDate: '2020-04-29',
        type: 'split',
        newShares: quantity('1'),
        oldShares: quantity('8'),
        closeBefore: null,
      },
    ]);
    expect(report).toMatchObject({
      kind: 'corporate-actions',
      symbol: null,
      version: null,
      rows: 3,
      firstTime: Date.UTC(2012, 7, 9),
      lastTime: Date.UTC(2020, 3, 29),
      warnings: { 'rows of the same thing, the last one kept': 1 },
    });
  });

  test('that cannot be are refused with their rows', async () => {
    expect(
      await faults(
        ACTIONS,
        HEADER,
        'AAPL,2014-06-31,split,7:1,,1',
        'AAPL,2014-06-09,spin_off,,1,1',
        'AAPL,2014-06-09,split,7,,1',
        'AAPL,2014-06-09,split,7:1,5,1',
        'AAPL,2014-06-09,cash_dividend,,-1,1',
        '$,2014-06-09,cash_dividend,,1,0',
      ),
    ).toEqual([
      'row 2, ex_date: expected a date like 2024-01-31, found "2014-06-31"',
      'row 3, type: expected split or cash_dividend, found "spin_off"',
      'row 4, new_for_old: expected new shares for old ones like 7:1, or 1:8 in a reverse split, found "7"',
      'row 5, cash_per_share: expected nothing in a split, found "5"',
      'row 6, cash_per_share: expected an amount above 0 with at most 9 decimals, found "-1"',
      'row 7, symbol: expected a symbol like AAPL, found "$"',
      'row 7, close_before: expected an amount above 0 with at most 9 decimals, found "0"',
    ]);
  });

  test('changes of symbols say until when a security had which ticker', async () => {
    const subject = { kind: 'symbol-changes' } as const;
    const header = 'security,valid_to,ticker,exchange_code';
    const { changes } = await read(subject, header, 'META,2022-06-08,FB,Q', 'META,2050-12-31,META,');
    expect(changes).toEqual([
      { security: 'META', validTo: '2022-06-08', ticker: 'FB', exchangeCode: 'Q' },
      { security: 'META', validTo: '2050-12-31', ticker: 'META', exchangeCode: null },
    ]);
    expect(await faults(subject, header, 'META,soon,FB,Q')).toEqual([
      'row 2, valid_to: expected a date like 2024-01-31, found "soon"',
    ]);
  });
});

describe('coins', () => {
  const HEADER = 'timestamp,open,high,low,close,volume';

  test('are traded around the clock, in parts', async () => {
    const subject = { kind: 'bars', timeframe: '1Min', ...COIN } as const;
    const { bars, report } = await read(subject, HEADER, '2024-01-06T03:00:00Z,1,1,1,1,0.05655554');
    expect(bars).toMatchObject({ symbol: 'BTC/USD', assetClass: 'crypto' });
    expect(bars?.bars.volume[0]).toBe(0.056_555_54);
    expect(report.warnings).toEqual({});
  });

  test('have days of UTC', async () => {
    const subject = { kind: 'bars', timeframe: '1Day', ...COIN } as const;
    const { bars } = await read(subject, HEADER, '2024-01-06T00:00:00Z,1,1,1,1,1', '2024-01-07,1,1,1,1,1');
    expect([...(bars?.bars.time ?? [])]).toEqual([Date.UTC(2024, 0, 6), Date.UTC(2024, 0, 7)]);
  });
});

describe('quotation marks', () => {
  const subject = { kind: 'symbol-changes' } as const;
  const header = 'security,valid_to,ticker,"note, by hand"';

  test('may hold what separates fields', async () => {
    const { changes, report } = await read(subject, header, '"META",2022-06-08,"FB","was, long ago"');
    expect(changes).toMatchObject([{ security: 'META', ticker: 'FB' }]);
    expect(report.warnings).toEqual({ 'column ignored: note, by hand': 1 });
  });

  test('that are not closed, or hold a line break, are refused with their row', async () => {
    const good = 'META,2022-06-08,FB,x';
    const expected = 'expected quotes in pairs, on one line';
    expect(await faults(subject, header, good, good, 'META,2022-06-08,"FB,x', good)).toEqual([
      expect.stringContaining(`row 4: ${expected}, found "META,2022-06-08,FB,x`),
    ]);
    expect(await faults(subject, header, good, 'META,2022-06-08,FB,"a', 'b"', good)).toEqual([
      expect.stringContaining(`row 3: ${expected}`),
    ]);
  });
});
