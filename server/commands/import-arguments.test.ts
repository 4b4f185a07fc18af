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
  expect(files).toMatchObject([
    { path: join(folder, 'AAPL.csv.gz'), name: 'AAPL.csv.gz', bytes: 4, symbol: 'SPY', timeframe: '1Day' },
    { symbol: 'SPY' },
  ]);
  expect(read('csv', 'AAPL.csv.gz').files).toMatchObject([{ symbol: 'AAPL', timeframe: '1Min' }]);
  expect(read('csv', 'AAPL.csv.gz', '--data-dir', 'other').dataDir).toBe(join(folder, 'other'));
});

test.each([
  [[], 'expected the feed csv, found nothing'],
  [['csv'], 'expected at least one file'],
  [['xml', 'AAPL.csv.gz'], 'found xml'],
  [['csv', 'none.csv'], 'found nothing'],
  [['csv', 'my file.csv'], 'does not name a symbol: say --symbol'],
  [['csv', 'AAPL.csv.gz', '--symbol', '$'], '--symbol: expected a symbol like AAPL, found $'],
  [['csv', 'AAPL.csv.gz', '--timeframe', '5Min'], '--timeframe: expected a timeframe of 1Min, 1Day'],
  [['csv', 'AAPL.csv.gz', '--colour'], '--colour'],
])('%j is refused', (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
