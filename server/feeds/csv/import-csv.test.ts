/** Importing CSV files of bars: what is read, what is noticed, and what is refused with its row. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { barAt } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';
import type { CsvImportError } from './csv-fault';
import { importCsv } from './import-csv';
import { answerCsvImport, readImportAnswer } from './import-request';
import { pieces, shelves } from './shelves.fixture';

const HEADER = 'timestamp,open,high,low,close,volume';

async function read(content: string | Uint8Array, timeframe: BaseTimeframe = '1Min') {
  const into = shelves();
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const subject = { kind: 'bars', symbol: 'AAPL', assetClass: 'us_equity', timeframe } as const;
  const report = await importCsv({ file: pieces(bytes), subject, into, source: 'AAPL.csv' });
  const bars = into.taken.bars?.bars;
  if (bars === undefined) throw new Error('nothing was put');
  return {
    report,
    bars: Array.from({ length: bars.length }, (_, index) => barAt(bars, index)),
    batch: into.taken.bars,
  };
}

async function faultsOf(content: string | Uint8Array): Promise<string[]> {
  try {
    await read(content);
  } catch (error) {
    const [, ...lines] = (error as CsvImportError).message.split('\n');
    return lines;
  }
  throw new Error('expected a refusal, the file was taken');
}

const rows = (...lines: string[]): string => [HEADER, ...lines].join('\n');
const at = (minute: number): string => `2024-01-02T14:${minute}:00Z`;

describe('a file of bars', () => {
  test('is read to the very decimals that it holds, vwap and trades where they are', async () => {
    const file = [
      `${HEADER},vwap,trades`,
      `${at(30)},187.15,123456789.123456789,0.1,188.4399,12,187.0001,3`,
      `${at(31)},1,1,1,1,0,,`,
      `${at(32)},1e0,1.0,1.,1,0,0,NaN`,
    ].join('\n');
    const one = { open: 1, high: 1, low: 1, close: 1, volume: 0, vwap: NaN, tradeCount: NaN };
    expect((await read(file)).bars).toEqual([
      {
        time: Date.UTC(2024, 0, 2, 14, 30),
        open: 187.15,
        high: 123456789.123456789,
        low: 0.1,
        close: 188.4399,
        volume: 12,
        vwap: 187.0001,
        tradeCount: 3,
      },
      { time: Date.UTC(2024, 0, 2, 14, 31), ...one },
      { time: Date.UTC(2024, 0, 2, 14, 32), ...one },
    ]);
  });

  test.each([
    ['with an offset', '2024-01-02T09:30:00-05:00'],
    ['without one, which is UTC', '2024-01-02 14:30'],
    ['with a fraction', '2024-01-02T14:30:00.000Z'],
    ['in epoch seconds', '1704205800'],
    ['in epoch milliseconds', '1704205800000'],
    ['in quotes', '"2024-01-02T14:30:00Z"'],
  ])('has times %s', async (_, time) => {
    expect((await read(rows(`${time},1,1,1,1,1`))).bars[0]?.time).toBe(Date.UTC(2024, 0, 2, 14, 30));
  });

  test.each([
    ['midnight in New York', '2024-07-01T04:00:00Z'],
    ['a date', '2024-07-01'],
    ['midnight UTC', '2024-07-01T00:00:00Z'],
    ['the close', '2024-07-01T20:00:00Z'],
  ])('of days is stamped midnight New York, from %s', async (_, time) => {
    expect((await read(rows(`${time},1,1,1,1,1`), '1Day')).bars[0]?.time).toBe(Date.UTC(2024, 6, 1, 4));
  });

  test('may be gzipped, have other names, an own order, Windows line ends and more columns', async () => {
    const text = '\uFEFFDate;Vol;O;H;L;C;Adj Close\r\n2024-01-02T14:30Z;5;1;4;0.5;2;9\r\n\r\n';
    const { bars, report } = await read(gzipSync(text));
    expect(bars).toMatchObject([{ open: 1, high: 4, low: 0.5, close: 2, volume: 5 }]);
    expect(report.warnings).toEqual({ 'column ignored: Adj Close': 1 });
  });

  test('is sorted, and the last of several rows of one time stays', async () => {
    const { bars, report } = await read(
      rows(`${at(31)},1,1,1,1,1`, `${at(30)},2,2,2,2,2`, `${at(31)},3,3,3,3,3`),
    );
    expect(bars.map(({ close }) => close)).toEqual([2, 3]);
    expect(report.warnings).toEqual({
      'rows out of order, sorted': 1,
      'rows of the same time, the last one kept': 1,
    });
  });

  test('is taken with what looks odd, which is counted', async () => {
    const file = [
      `${HEADER},vwap`,
      '2024-01-06T14:30:00Z,1,1,1,1,1,1',
      '2024-01-08T02:00:00Z,1,1,1,1,1,2',
      '2024-01-08T14:30:00Z,1,1,1,1,1,1',
    ].join('\n');
    const { report, batch } = await read(file);
    const odd = { 'vwap outside low and high': 1, 'bars while the market was closed': 2 };
    expect(report).toMatchObject({ rows: 3, warnings: odd });
    expect(batch?.warnings).toEqual(odd);
  });
});

describe('a broken file is refused whole', () => {
  test('with the row, what was expected and what was found', async () => {
    const file = rows(
      `${at(30)},1,1,1,1,1`,
      `${at(31)},1,1,x,1,1`,
      `${at(32)},1,1,1,1`,
      `${at(33)},1,1,2,1,1`,
      `${at(34)},3,2,1,1,1`,
      `${at(35)},1,2,1,9,1`,
      'yesterday,1,1,1,1,1',
      '2024-02-30T14:30:00Z,1,1,1,1,1',
      '2024-01-02T14:30:30Z,1,1,1,1,1',
      '20240102,1,1,1,1,1',
      `${at(36)},1,1,1,1,-5`,
      `${at(37)},1,1,0,1,5`,
      `${at(38)},Infinity,1,1,1,5`,
    );
    const time = 'a time from 1970 to 2099 like 2024-01-31T14:30:00Z, or epoch seconds or milliseconds';
    expect(await faultsOf(file)).toEqual([
      'row 3, low: expected a number that is not negative, found "x"',
      'row 4: expected 6 fields as in the header, found 5 fields',
      'row 5, high: expected at least the low, 2, found 1',
      'row 6, open: expected a price from 1 to 2, found 3',
      'row 7, close: expected a price from 1 to 2, found 9',
      `row 8, timestamp: expected ${time}, found "yesterday"`,
      `row 9, timestamp: expected ${time}, found "2024-02-30T14:30:00Z"`,
      'row 10, timestamp: expected the start of a minute, found "2024-01-02T14:30:30Z"',
      `row 11, timestamp: expected ${time}, found "20240102"`,
      'row 12, volume: expected a number that is not negative, found "-5"',
      'row 13, low: expected a price above 0, found 0',
      'row 14, open: expected a number that is not negative, found "Infinity"',
    ]);
  });

  test('when it has no header, no rows, or nothing at all', async () => {
    expect(await faultsOf('')).toEqual(['file: expected at least one bar, found an empty file']);
    expect(await faultsOf(HEADER)).toEqual(['row 1: expected at least one bar, found only a header']);
    expect(await faultsOf('a,b\n1,2')).toEqual([
      'row 1: expected a header like timestamp,open,high,low,close,volume[,vwap,trades], ' +
        'found "a,b" without timestamp, open, high, low, close, volume',
    ]);
    expect(await faultsOf(`${HEADER},last`)).toEqual([
      `row 1, close: expected one column, found "${HEADER},last" with two of them`,
    ]);
  });

  test('when it is of another symbol', async () => {
    const file = `symbol,${HEADER}\naapl,${at(30)},1,1,1,1,1\nMSFT,${at(31)},1,1,1,1,1`;
    expect(await faultsOf(file)).toEqual(['row 3, symbol: expected "AAPL", found "MSFT"']);
  });

  test('after twenty faults without reading on', async () => {
    const faults = await faultsOf(rows(...Array.from({ length: 10_000 }, () => 'x,1,1,1,1,1')));
    expect(faults).toHaveLength(21);
    expect(faults[20]).toBe('stopped here; there may be more');
  });

  test('when its gzip is cut or a line never ends', async () => {
    const whole = gzipSync(rows(`${at(30)},1,1,1,1,1`));
    expect(await faultsOf(whole.subarray(0, -12))).toEqual([
      'file: expected a whole gzip file, found unexpected end of file',
    ]);
    expect(await faultsOf(`${HEADER}\n${'1'.repeat(70_000)}`)).toEqual([
      'row 2: expected a line of at most 65536 characters, found a longer one',
    ]);
  });
});

describe('over HTTP', () => {
  const request = (query: Record<string, string>, content: string) =>
    answerCsvImport({ query, body: pieces(Buffer.from(content)), into: shelves() });

  test('the report comes back as it was', async () => {
    const { status, body } = await request({ symbol: 'aapl' }, rows(`${at(30)},1,1,1,1,1`));
    expect(readImportAnswer('AAPL.csv', status, JSON.stringify(body))).toEqual({
      kind: 'bars',
      symbol: 'AAPL',
      timeframe: '1Min',
      rows: 1,
      added: 1,
      replaced: 0,
      version: 1,
      count: 1,
      firstTime: Date.UTC(2024, 0, 2, 14, 30),
      lastTime: Date.UTC(2024, 0, 2, 14, 30),
      warnings: {},
    });
  });

  test('a refusal comes back with its rows', async () => {
    const { status, body } = await request({ symbol: 'AAPL' }, rows('x,1,1,1,1,1'));
    expect(status).toBe(422);
    expect(() => readImportAnswer('AAPL.csv', status, JSON.stringify(body))).toThrow(
      'AAPL.csv was not imported\nrow 2',
    );
  });

  test('a query that makes no sense is refused', async () => {
    expect((await request({ symbol: '../etc' }, '')).status).toBe(400);
    expect((await request({ symbol: 'AAPL', timeframe: '5Min' }, '')).status).toBe(400);
    expect((await request({ symbol: 'AAPL', colour: 'red' }, '')).status).toBe(400);
  });
});

describe('speed', () => {
  test('is far above what a person waits for', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => {
      const time = new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString().replace('.000Z', 'Z');
      return `${time},187.15,188.${index % 90}99,0.5,187.15,${index},187.1499,12`;
    });
    const zipped = gzipSync([`${HEADER},vwap,trades`, ...lines].join('\n'));
    const subject = { kind: 'bars', symbol: 'AAPL', assetClass: 'us_equity', timeframe: '1Min' } as const;
    const rates: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      const file = pieces(zipped, 256 * 1024);
      const { rows: count } = await importCsv({ file, subject, into: shelves(), source: 'speed' });
      rates.push(Math.round(count / ((performance.now() - start) / 1000)));
    }
    const rate = Math.max(...rates);
    console.info(`read and checked ${rate.toLocaleString('en-US')} bars a second`);
    expect(rate).toBeGreaterThan(50_000); // the target is 300,000; a busy machine may be slow
  });
});
