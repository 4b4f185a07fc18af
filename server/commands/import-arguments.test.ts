/** What may be typed after `npm run import --`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from './import-arguments';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-arguments-'));
  for (const name of ['AAPL.csv.gz', 'brk.b.csv', 'my file.csv']) writeFileSync(join(folder, name), 'four');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (...args: string[]) => readArguments(args, '/data', folder);

test('files name their symbols, relative to where the person is', () => {
  const { files, dataDir } = read(
    'csv',
    'AAPL.csv.gz',
    'my file.csv',
    '--symbol',
    'spy',
    '--timeframe',
    '1Day',
  );
  expect(dataDir).toBe('/data');
  const subject = { kind: 'bars', symbol: 'SPY', timeframe: '1Day', assetClass: 'us_equity' };
  expect(files).toEqual([
    { path: join(folder, 'AAPL.csv.gz'), name: 'AAPL.csv.gz', bytes: 4, subject },
    { path: join(folder, 'my file.csv'), name: 'my file.csv', bytes: 4, subject },
  ]);
  expect(read('csv', 'AAPL.csv.gz').files).toMatchObject([
    { subject: { kind: 'bars', symbol: 'AAPL', timeframe: '1Min' } },
  ]);
  expect(read('csv', 'AAPL.csv.gz', '--data-dir', 'other').dataDir).toBe(join(folder, 'other'));
});

test('kinds have what makes sense for them', () => {
  const subjectOf = (...args: string[]) => read('csv', ...args).files[0]?.subject;
  const ofStock = { symbol: 'AAPL', assetClass: 'us_equity' };
  expect(subjectOf('AAPL.csv.gz', '--kind', 'quotes')).toEqual({ kind: 'quotes', ...ofStock });
  expect(subjectOf('AAPL.csv.gz', '--kind', 'trades')).toEqual({ kind: 'trades', ...ofStock });
  const kind = 'corporate-actions';
  expect(subjectOf('my file.csv', '--kind', kind)).toEqual({ kind });
  expect(subjectOf('my file.csv', '--class', 'crypto', '--symbol', 'btc/usd')).toEqual({
    kind: 'bars',
    symbol: 'BTC/USD',
    timeframe: '1Min',
    assetClass: 'crypto',
  });
});

test.each([
  [[], 'expected the feed csv, found nothing'],
  [['csv'], 'expected at least one file'],
  [['xml', 'AAPL.csv.gz'], 'found xml'],
  [['csv', 'none.csv'], 'found nothing'],
  [['csv', 'my file.csv'], 'does not name a symbol (expected a symbol like AAPL): say --symbol'],
  [['csv', 'AAPL.csv.gz', '--symbol', '$'], '--symbol: expected a symbol like AAPL, found $'],
  [['csv', 'AAPL.csv.gz', '--timeframe', '5Min'], '--timeframe: expected a timeframe of 1Min, 1Day'],
  [
    ['csv', 'AAPL.csv.gz', '--kind', 'news'],
    '--kind: expected a kind of bars, quotes, trades, corporate-actions, symbol-changes, found news',
  ],
  [['csv', 'AAPL.csv.gz', '--class', 'coin'], '--class: expected a class of us_equity, crypto, found coin'],
  [['csv', 'AAPL.csv.gz', '--class', 'crypto'], '(expected a pair like BTC/USD): say --symbol'],
  [
    ['csv', 'AAPL.csv.gz', '--class', 'crypto', '--symbol', 'BTCUSD'],
    '--symbol: expected a pair like BTC/USD, found BTCUSD',
  ],
  [
    ['csv', 'AAPL.csv.gz', '--kind', 'quotes', '--timeframe', '1Min'],
    '--timeframe: expected none: quotes have none, found 1Min',
  ],
  [
    ['csv', 'AAPL.csv.gz', '--kind', 'symbol-changes', '--symbol', 'AAPL'],
    '--symbol: expected none: a list of symbol-changes names its symbols, found AAPL',
  ],
  [['csv', 'AAPL.csv.gz', '--colour'], '--colour'],
])('%j is refused', (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
