/** Real days, every kind of order, and the explanation of each: printed, read by hand, and held by a digest. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CorporateAction } from '../market/corporate-actions';
import { columnsOf, type Bar, type BarColumns } from '../market/bars';
import { createTape } from '../market/tape';
import type { OrderType, Side } from '../orders/order';
import { formatDecimal, money, quantity } from '../units/decimal';
import { sha256Hex } from '../units/sha256';
import type { AdvanceTarget } from './command';
import { configurationOf, termsOf, type OrderWords } from './scenario.fixture';
import { Simulation } from './simulation';

const folder = process.env['PADDOCK_TEST_DATA'] ?? '';
const isThere = existsSync(join(folder, 'stocks'));
if (!isThere)
  console.info(
    'PADDOCK_TEST_DATA is not set: the scripted run over real days is left out, scenarios stand in',
  );

const at = (iso: string): number => Date.parse(iso);

function readBars(file: string, from: string, to: string): BarColumns {
  const rows = gunzipSync(readFileSync(join(folder, 'stocks', file)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1);
  const bars = rows.flatMap((row): Bar[] => {
    const [time = '', ...fields] = row.split(',');
    if (time < from || time >= to) return [];
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = fields.map(Number);
    return [{ time: at(time), open, high, low, close, volume, vwap: Number.NaN, tradeCount: Number.NaN }];
  });
  return columnsOf(bars);
}

type Act = readonly [Side, OrderType, OrderWords] | AdvanceTarget;

interface Script {
  readonly symbol: string;
  readonly file: string;
  readonly from: string;
  readonly start: string;
  readonly end: string;
  readonly acts: readonly Act[];
  readonly actions?: readonly CorporateAction[];
  readonly baseTimeframe?: '1Min' | '1Day';
  /** Of all the lines. */
  readonly digest: string;
  /** Beginnings of the lines that tell most. */
  readonly telling: readonly string[];
}

/** Runs a script and writes what became of each order, a line each. */
function run(script: Script): string[] {
  const { symbol, baseTimeframe = '1Min' } = script;
  const bars = readBars(script.file, script.from, script.end);
  const configuration = configurationOf({
    cash: '1000000',
    start: at(script.start),
    end: at(script.end),
    tape: { [symbol]: [] },
    configuration: {
      baseTimeframe,
      regulation: { rules: 'none', washTrades: 'allow' },
      fill: { ...configurationOf({ tape: {} }).fill, collar: 'alpaca' },
    },
  });
  const simulation = Simulation.start(
    configuration,
    createTape(baseTimeframe, [{ symbol, bars }], script.actions ?? []),
  );
  simulation.apply({ type: 'OpenAccount', cash: money('1000000') });
  const lines: string[] = [];
  for (const act of script.acts) {
    if ('to' in act) {
      simulation.apply({ type: 'AdvanceClock', target: act });
      continue;
    }
    const [side, type, words] = act;
    const { rejection } = simulation.apply({
      type: 'PlaceOrder',
      account: 0,
      terms: termsOf(side, type, { symbol, ...words }),
    });
    if (rejection !== null) lines.push(`refused: ${rejection.code}`);
  }
  for (const order of simulation.orders(0)) {
    const explanation = simulation.explain(order.ordinal);
    if (explanation === undefined || explanation.sentence === '') throw new Error('an explanation is blank');
    const spans = explanation.spans
      .map((span) => `${span.code}x${span.bars}${span.missing > 0 ? `+${span.missing}` : ''}`)
      .join(' ');
    lines.push(`#${order.ordinal} ${explanation.code}: ${explanation.sentence} [${spans}]`);
  }
  const account = simulation.account(0);
  lines.push(`cash ${formatDecimal(account?.cash ?? 0n)}, equity ${formatDecimal(account?.equity ?? 0n)}`);
  return lines;
}

const minutes = (bars: number): Act => ({ to: 'bars', bars });

const SCRIPTS: Readonly<Record<string, Script>> = {
  'AAPL 2024-03-12 with its extended hours': {
    digest: '7eb0c4f0fc6b0f4d',
    telling: [
      '#1 FILLED: Buy market filled: 5 at 173.19 at 2024-03-12 09:30 (auction_proxy).',
      '#9 SIBLING_FILLED: Sell stop 171 was canceled as the other exit of its pair filled; nearest to 171 was 171.01 at 2024-03-12 09:40, 0.01 away.',
    ],
    symbol: 'AAPL',
    file: 'minute/AAPL.csv.gz',
    from: '2024-03-11',
    start: '2024-03-12T12:00:00Z',
    end: '2024-03-13T00:00:00Z',
    acts: [
      ['buy', 'limit', { qty: '10', limit: '172.50', extended: true }],
      ['buy', 'market', { qty: '5', tif: 'opg' }],
      ['buy', 'market', { qty: '7' }],
      { to: 'open' },
      minutes(5),
      ['buy', 'limit', { qty: '10', limit: '171.50', tif: 'ioc' }],
      ['buy', 'limit', { qty: '10', limit: '180', tif: 'fok' }],
      ['buy', 'market', { notional: '1000' }],
      ['sell', 'trailing_stop', { qty: '3', trailPercent: '0.5' }],
      ['buy', 'limit', { qty: '20', limit: '172.40', orderClass: 'bracket', target: '174', stopLoss: '171' }],
      minutes(60),
      ['sell', 'stop', { qty: '4', stop: '171.20' }],
      ['sell', 'stop_limit', { qty: '2', stop: '171.50', limit: '171.40', tif: 'gtc' }],
      ['sell', 'market', { qty: '1', tif: 'cls' }],
      { to: 'close' },
      { to: 'end' },
    ],
  },
  'FXY, thin, 2024-03-12': {
    digest: 'cc6986bf436da69e',
    telling: [
      '#3 TIME_IN_FORCE_EXPIRED: Sell stop 62.6 ended with its time in force (day) at 2024-03-12 16:00; nearest to 62.6 was 62.6212',
    ],
    symbol: 'FXY',
    file: 'minute-nolicence/FXY.csv.gz',
    from: '2024-03-11',
    start: '2024-03-12T13:30:00Z',
    end: '2024-03-12T20:00:00Z',
    acts: [
      minutes(10),
      ['buy', 'market', { qty: '100' }],
      ['buy', 'limit', { qty: '100', limit: '62.10' }],
      minutes(30),
      ['sell', 'limit', { qty: '50', orderClass: 'oco', target: '63.40', stopLoss: '62.60' }],
      { to: 'end' },
    ],
  },
  'GOOG on the half day 2015-12-24': {
    digest: 'c83cf66b86325a38',
    telling: [
      '#1 TIME_IN_FORCE_EXPIRED: Buy limit 740 ended with its time in force (day) at 2015-12-24 13:00',
      '#3 FILLED: Sell market filled: 5 at 748.4 at 2015-12-24 13:00 (auction_proxy).',
    ],
    symbol: 'GOOG',
    file: 'minute/GOOG.csv.gz',
    from: '2015-12-23',
    start: '2015-12-24T14:30:00Z',
    end: '2015-12-28T21:00:00Z',
    acts: [
      ['buy', 'market', { qty: '10' }],
      ['buy', 'limit', { qty: '10', limit: '740' }],
      ['buy', 'limit', { qty: '10', limit: '745', tif: 'gtc' }],
      minutes(20),
      ['sell', 'market', { qty: '5', tif: 'cls' }],
      { to: 'close' },
      { to: 'end' },
    ],
  },
  'AAPL over its 7:1 split of 2014-06-09': {
    digest: '797660488f020391',
    telling: [
      '#1 PRICE_NOT_REACHED: Buy limit 90 not reached: lowest 91.75 at 2014-06-09 10:16, missed by 1.75.',
      '#2 CANCELED: Sell stop 600 was canceled at the split',
    ],
    symbol: 'AAPL',
    file: 'minute/AAPL.csv.gz',
    from: '2014-06-05',
    start: '2014-06-06T14:00:00Z',
    end: '2014-06-09T20:00:00Z',
    actions: [
      {
        symbol: 'AAPL',
        exDate: '2014-06-09',
        kind: 'split',
        newShares: quantity('7'),
        oldShares: quantity('1'),
      },
    ],
    acts: [
      ['buy', 'market', { qty: '100' }],
      ['buy', 'limit', { qty: '10', limit: '630', tif: 'gtc' }],
      ['sell', 'stop', { qty: '50', stop: '600', tif: 'gtc' }],
      minutes(10),
      { to: 'end' },
    ],
  },
  'SPY by the day in 2020': {
    digest: '31009b505499bf53',
    telling: ['#1 FILLED: Sell trailing stop 5 % filled: 50 at 322.11 at 2020-02-24 16:00.'],
    symbol: 'SPY',
    file: 'daily/SPY.csv.gz',
    from: '2020-01-02',
    start: '2020-02-18T14:30:00Z',
    end: '2020-04-01T20:00:00Z',
    baseTimeframe: '1Day',
    acts: [
      ['buy', 'market', { qty: '100' }],
      ['sell', 'trailing_stop', { qty: '50', trailPercent: '5', tif: 'gtc' }],
      ['buy', 'limit', { qty: '10', limit: '300', tif: 'gtc' }],
      minutes(3),
      ['sell', 'stop', { qty: '50', stop: '320', tif: 'gtc' }],
      { to: 'end' },
    ],
  },
};

describe.runIf(isThere)('every order of a real day explains itself', () => {
  test.each(Object.keys(SCRIPTS))('%s', (name) => {
    const script = SCRIPTS[name] as Script;
    const lines = run(script);
    if (process.env['PADDOCK_PRINT'] !== undefined) console.info([name, ...lines].join('\n'));
    for (const row of script.telling) expect(lines.filter((line) => line.startsWith(row))).toHaveLength(1);
    expect(sha256Hex(lines.join('\n')).slice(0, 16)).toBe(script.digest);
  });
});
