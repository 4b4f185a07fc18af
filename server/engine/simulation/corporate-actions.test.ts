/** Splits, dividends and new names between one session and the next. */
import { describe, expect, test } from 'vitest';
import type { CorporateAction } from '../market/corporate-actions';
import { formatDecimal, price, quantity } from '../units/decimal';
import { BEFORE_THE_CLOSE, flat, overnight } from './overnight.fixture';
import { MARGIN_ACCOUNT, Market, type Scenario } from './scenario.fixture';

const SPLIT: CorporateAction = {
  symbol: 'ACME',
  exDate: '2024-03-13',
  kind: 'split',
  newShares: quantity('4'),
  oldShares: quantity('1'),
};
const REVERSE: CorporateAction = { ...SPLIT, newShares: quantity('1'), oldShares: quantity('4') };

function market(actions: readonly CorporateAction[], tape: Scenario['tape'], margin = false): Market {
  return new Market({
    tape,
    actions,
    start: BEFORE_THE_CLOSE,
    end: BEFORE_THE_CLOSE + 3 * 86_400_000,
    configuration: margin ? { account: MARGIN_ACCOUNT } : {},
  });
}

function position(of: Market, symbol = 'ACME') {
  const found = of.simulation.position(0, symbol);
  if (found === undefined) return null;
  const { averageEntryPrice, heldQuantity, lastPrice, previousClose } = found;
  return [found.quantity, averageEntryPrice, heldQuantity, lastPrice ?? 0n, previousClose ?? 0n].map(
    formatDecimal,
  );
}

function order(of: Market, ordinal: number) {
  const found = of.simulation.order(ordinal);
  return [formatDecimal(found?.limitPrice ?? 0n), formatDecimal(found?.quantity ?? 0n), found?.state];
}

const equity = (of: Market) => formatDecimal(of.simulation.account(0)?.equity ?? 0n);

describe('vector 11: a 4:1 split', () => {
  const held = (actions: readonly CorporateAction[], morning = 95) => {
    const of = market(actions, { ACME: overnight([flat(380), flat(380)], [flat(morning), flat(morning)]) });
    of.place('buy', 'market', { qty: '100' });
    of.minutes(1);
    return of;
  };

  test('a simple gtc limit 400 x 10 and 100 shares @ 380: limit 100 x 40 and 400 shares @ 95', () => {
    const of = held([SPLIT]);
    of.place('sell', 'limit', { qty: '10', limit: '400', tif: 'gtc' });
    of.advance({ to: 'open' });
    expect(order(of, 1)).toEqual(['100', '40', 'open']);
    expect(position(of)).toEqual(['400', '95', '40', '95', '95']);
    expect(of.blotter().at(-1)).toBe('ACME split 4 for 1');
  });

  test('equity does not jump, neither now nor as of the last close', () => {
    const of = held([SPLIT]);
    const before = equity(of);
    of.advance({ to: 'duration', durationMs: 12 * 3_600_000 });
    expect(equity(of)).toBe(before);
    of.advance({ to: 'open' });
    expect(equity(of)).toBe(before);
    expect(formatDecimal(of.simulation.account(0)?.lastEquity ?? 0n)).toBe(before);
    of.minutes(1);
    expect(equity(of)).toBe(before);
  });

  test('a limit is rounded to the tick, no worse for the trader', () => {
    const of = held([SPLIT]);
    of.place('sell', 'limit', { qty: '10', limit: '400.01', tif: 'gtc' });
    of.place('buy', 'limit', { qty: '10', limit: '300.01', tif: 'gtc' });
    of.advance({ to: 'open' });
    expect([order(of, 1), order(of, 2)]).toEqual([
      ['100.01', '40', 'open'],
      ['75', '40', 'open'],
    ]);
  });

  test('legs stay as they are, other simple orders are canceled', () => {
    const of = held([SPLIT]);
    const exits = { qty: '10', orderClass: 'oco', target: '400', stopLoss: '90', tif: 'gtc' } as const;
    expect(of.place('sell', 'limit', exits)).toBeNull();
    of.place('sell', 'stop', { qty: '10', stop: '300', tif: 'gtc' });
    of.advance({ to: 'open' });
    expect([order(of, 1), order(of, 3)[2]]).toEqual([['400', '10', 'open'], 'canceled']);
    expect(of.simulation.order(3)?.cancelReason).toBe('split');
  });

  test('after a reverse split no exit is for more than what is left, and what rounds to nothing is canceled', () => {
    const of = held([REVERSE], 1520);
    const exits = { qty: '90', orderClass: 'oco', target: '2000', stopLoss: '90', tif: 'gtc' } as const;
    of.place('sell', 'limit', exits);
    of.place('sell', 'limit', { qty: '3', limit: '500', tif: 'gtc' });
    of.advance({ to: 'open' });
    expect(position(of)?.slice(0, 3)).toEqual(['25', '1520', '25']);
    expect([order(of, 1)[1], order(of, 2)[1], order(of, 3)[2]]).toEqual(['25', '25', 'canceled']);
  });

  test('a snapshot after it goes on alike', () => {
    const of = held([SPLIT]);
    of.place('sell', 'limit', { qty: '10', limit: '400', tif: 'gtc' });
    of.advance({ to: 'open' });
    const { state } = of.simulation.snapshot();
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('a cash dividend', () => {
  const DIVIDEND: CorporateAction = {
    symbol: 'ACME',
    exDate: '2024-03-13',
    kind: 'cash_dividend',
    cash: price('0.51'),
  };

  test.each([
    ['buy', '51', '990051'],
    ['sell', '-51', '1009949'],
  ] as const)('a %s is paid %s on the ex-date', (side, amount, cash) => {
    const of = market([DIVIDEND], { ACME: overnight([flat(100), flat(100)], [flat(100)]) }, true);
    of.minutes(1);
    of.place(side, 'market', { qty: '100' });
    of.advance({ to: 'open' });
    expect(of.cash()).toBe(cash);
    const [posting] = of.simulation.activities(0);
    expect([posting?.activityType, posting?.date, formatDecimal(posting?.amount ?? 0n)]).toEqual([
      'DIV',
      '2024-03-13',
      amount,
    ]);
  });

  test('nobody holds it: nothing happens', () => {
    const of = market([DIVIDEND, SPLIT], { ACME: overnight([flat(100)], [flat(100)]) });
    of.advance({ to: 'open' });
    expect(of.blotter()).toEqual([]);
  });
});

describe('a new name', () => {
  const RENAME: CorporateAction = { symbol: 'ACME', exDate: '2024-03-13', kind: 'symbol_change', to: 'BETA' };

  test('takes position and open orders along, at the old price until it trades', () => {
    const tape = {
      ACME: overnight([flat(100), flat(100)], []),
      BETA: overnight([], [flat(100), [100, 121, 100, 120]]),
    };
    const of = market([RENAME], tape);
    of.place('buy', 'market', { qty: '10' });
    of.minutes(1);
    of.place('sell', 'limit', { qty: '10', limit: '120', tif: 'gtc' });
    of.advance({ to: 'open' });
    expect([position(of), position(of, 'BETA')]).toEqual([null, ['10', '100', '10', '100', '100']]);
    expect(formatDecimal(of.simulation.account(0)?.lastEquity ?? 0n)).toBe('1000000');
    of.minutes(2);
    expect(of.fills()).toEqual(['10 @ 100', '10 @ 120']);
  });

  test('that the session does not have leaves all where it is', () => {
    const of = market([RENAME], { ACME: overnight([flat(100), flat(100)], []) });
    of.place('buy', 'market', { qty: '10' });
    of.advance({ to: 'open' });
    expect(position(of)?.[0]).toBe('10');
  });
});
