/** Real files, where there are any: every row is read, and nothing is noticed that cannot be explained. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importCsv } from './import-csv';
import type { ImportSubject } from './import-subject';
import { shelves } from './shelves.fixture';

const REAL = { symbol: 'REAL', assetClass: 'us_equity' } as const;
const MINUTES = { kind: 'bars', timeframe: '1Min', ...REAL } as const;
const DAYS = { kind: 'bars', timeframe: '1Day', ...REAL } as const;
const QUOTES = { kind: 'quotes', ...REAL } as const;
const TRADES = { kind: 'trades', ...REAL } as const;
const COIN = { symbol: 'COIN/USD', assetClass: 'crypto' } as const;
const COIN_MINUTES = { kind: 'bars', timeframe: '1Min', ...COIN } as const;

/** A column of prices adjusted for dividends, which we do not use. */
const ADJUSTED = { 'column ignored: adj_close': 1 };
/** Rows of the minute that begins as the extended hours end: most days end with a last quote in it. */
const closed = (what: string, count: number) => ({ [`${what} while the market was closed`]: count });

const FILES: readonly (readonly [string, ImportSubject, number, Readonly<Record<string, number>>])[] = [
  ['stocks/minute/AAPL.csv.gz', MINUTES, 54_251, {}],
  ['stocks/minute/SPY.csv.gz', MINUTES, 41_056, closed('bars', 1)],
  ['stocks/minute/GOOG.csv.gz', MINUTES, 1_091, {}],
  ['stocks/minute/PPLT.csv.gz', MINUTES, 564, {}],
  ['stocks/daily/AAPL.csv.gz', DAYS, 5_849, {}],
  ['stocks/daily/BAC.csv.gz', DAYS, 5_849, {}],
  ['stocks/daily/EEM.csv.gz', DAYS, 4_523, {}],
  ['stocks/daily/FB.csv.gz', DAYS, 2_231, {}],
  ['stocks/daily/GOOG.csv.gz', DAYS, 4_183, {}],
  ['stocks/daily/GOOGL.csv.gz', DAYS, 1_761, {}],
  ['stocks/daily/IBM.csv.gz', DAYS, 5_849, {}],
  ['stocks/daily/IWM.csv.gz', DAYS, 5_244, {}],
  ['stocks/daily/MSFT.csv.gz', DAYS, 8_111, {}],
  ['stocks/daily/NVDA.csv.gz', DAYS, 4_012, ADJUSTED],
  ['stocks/daily/QQQ.csv.gz', DAYS, 3_964, {}],
  ['stocks/daily/SPY.csv.gz', DAYS, 5_849, {}],
  ['stocks/daily/USO.csv.gz', DAYS, 3_770, {}],
  ['stocks/daily/WM.csv.gz', DAYS, 5_399, {}],
  ['stocks/daily/YHOO.csv.gz', DAYS, 4_965, ADJUSTED],
  ['stocks/quotes/AAPL.csv.gz', QUOTES, 2_512, closed('quotes', 3)],
  ['stocks/quotes/BAC.csv.gz', QUOTES, 3_853, closed('quotes', 6)],
  ['stocks/quotes/GOOG.csv.gz', QUOTES, 740, closed('quotes', 2)],
  ['stocks/quotes/IBM.csv.gz', QUOTES, 3_398, closed('quotes', 5)],
  ['stocks/quotes/SHY.csv.gz', QUOTES, 910, {}],
  ['stocks/quotes/SPY.csv.gz', QUOTES, 6_373, closed('quotes', 6)],
  ['stocks/trades/BAC.csv.gz', TRADES, 125_872, {}],
  ['stocks/trades/IBM.csv.gz', TRADES, 84_716, {}],
  ['stocks/trades/SPY.csv.gz', TRADES, 451_545, {}],
  ['crypto/daily/BTCUSD.csv.gz', { ...COIN_MINUTES, timeframe: '1Day' }, 1_318, {}],
  ['crypto/minute/BTCPERP.csv.gz', COIN_MINUTES, 45_031, {}],
  ['crypto/minute/BTCUSD.csv.gz', COIN_MINUTES, 12_423, {}],
  ['crypto/minute/BTCUSDT.csv.gz', COIN_MINUTES, 1_440, {}],
  ['crypto/minute/ETHUSD.csv.gz', COIN_MINUTES, 5_329, {}],
  ['crypto/minute-nolicence/BTCUSDT.csv.gz', COIN_MINUTES, 105_120, {}],
  ['crypto/minute-nolicence/ETHUSDT.csv.gz', COIN_MINUTES, 105_120, {}],
  ['crypto/quotes/BTCUSD.csv.gz', { kind: 'quotes', ...COIN }, 7_188, {}],
  ['crypto/quotes/ETHUSD.csv.gz', { kind: 'quotes', ...COIN }, 5_750, {}],
  ['corporate-actions.csv', { kind: 'corporate-actions' }, 769, {}],
  ['symbol-changes.csv', { kind: 'symbol-changes' }, 62, {}],
];

const folder = process.env['PADDOCK_TEST_DATA'];
if (folder === undefined || !existsSync(join(folder, 'stocks', 'minute')))
  console.info('real files of market data: not here (PADDOCK_TEST_DATA), their synthetic twins were read');
else
  describe('real files', () => {
    test.each(FILES)('%s is read whole', async (name, subject, rows, warnings) => {
      const file = createReadStream(join(folder, name));
      const report = await importCsv({ file, subject, into: shelves(), source: name });
      expect({ rows: report.rows, added: report.added, warnings: report.warnings }).toEqual({
        rows,
        added: rows,
        warnings,
      });
    });
  });
