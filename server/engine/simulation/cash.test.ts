/** Money without a trade: fees, deposits, settlement, margin calls; and the day traders' rule. */
import { describe, expect, test } from 'vitest';
import { formatDecimal, money, ratio } from '../units/decimal';
import type { SimulationConfiguration } from './configuration';
import { BEFORE_THE_CLOSE, flat, overnight } from './overnight.fixture';
import { MARGIN_ACCOUNT, Market, TEN_O_CLOCK, type Ohlcv } from './scenario.fixture';
import type { AccountView } from './view';

function night(
  cash: string,
  evening: Ohlcv[],
  morning: Ohlcv[],
  configuration: Partial<SimulationConfiguration>,
) {
  return new Market({
    cash,
    tape: { ACME: overnight(evening, morning) },
    start: BEFORE_THE_CLOSE,
    end: BEFORE_THE_CLOSE + 6 * 86_400_000,
    configuration,
  });
}

function amounts(of: Market, ...fields: (keyof AccountView)[]): string[] {
  const account = of.simulation.account(0);
  return fields.map((field) => {
    const value = account?.[field];
    return typeof value === 'bigint' ? formatDecimal(value) : String(value);
  });
}

const activities = (of: Market) =>
  of.simulation
    .activities(0)
    .map(({ activityType, date, amount }) => `${date} ${activityType} ${formatDecimal(amount)}`);

describe('fees', () => {
  test('alpaca: of sales, summed over the day, rounded up to the cent, posted on the next session', () => {
    const of = night('100000', [flat(100), flat(100)], [flat(100)], { fees: { model: 'alpaca' } });
    of.place('buy', 'market', { qty: '500' });
    of.minutes(1);
    of.place('sell', 'market', { qty: '500' });
    of.minutes(1);
    // 50,000 at 8.00 a million is 0.40; 500 shares at 0.000166 are 0.083.
    expect(amounts(of, 'cash', 'accruedFees', 'pendingRegTafFees')).toEqual(['100000', '0.49', '0.09']);
    of.advance({ to: 'open' });
    expect(activities(of)).toEqual(['2024-03-13 FEE -0.4', '2024-03-13 FEE -0.09']);
    expect(amounts(of, 'cash', 'accruedFees', 'lastEquity')).toEqual(['99999.51', '0', '100000']);
    of.advance({ to: 'close' });
    expect(activities(of)).toHaveLength(2);
  });

  test.each([
    [{ model: 'per_share' as const, amount: money('0.005') }, ['FEE -0.5']],
    [{ model: 'per_order' as const, amount: money('1') }, ['FEE -1']],
    [{ model: 'basis_points' as const, basisPoints: ratio('2') }, ['FEE -2']],
  ])('%o is paid with the fill, and held along with the price', (fees, expected) => {
    const of = night('10000', [flat(100), flat(100)], [], { fees });
    const words = { qty: '100', limit: '100' } as const;
    expect(of.place('buy', 'limit', words)?.code).toBe('insufficient_buying_power');
    of.do({ type: 'AdjustCash', account: 0, amount: money('2') });
    expect(of.place('buy', 'limit', words)).toBeNull();
    of.minutes(1);
    expect(of.blotter().filter((line) => line.startsWith('FEE'))).toEqual(expected);
    expect((of.simulation.account(0)?.cash ?? -1n) >= 0n).toBe(true);
  });
});

describe('interest', () => {
  const interest = { marginRate: ratio('0.0625'), borrowRate: ratio('0.03') };
  const run = (side: 'buy' | 'sell', qty: string, configuration: Partial<SimulationConfiguration>) => {
    const of = night('10000', [flat(100), flat(100)], [flat(100)], {
      account: MARGIN_ACCOUNT,
      ...configuration,
    });
    of.minutes(1);
    of.place(side, 'limit', { qty, limit: '100' });
    of.advance({ to: 'open' });
    return activities(of);
  };

  test('is paid for a night on what is owed, and on shares sold short', () => {
    // 10,000 at 6.25 % and 9,000 at 3 %, a 360th of each.
    expect(run('buy', '200', { interest })).toEqual(['2024-03-13 INT -1.74']);
    expect(run('sell', '90', { interest })).toEqual(['2024-03-13 INT -0.75']);
  });

  test('is not paid on one’s own money, nor where the session does not ask for it', () => {
    expect(run('buy', '100', { interest })).toEqual([]);
    expect(run('buy', '200', {})).toEqual([]);
  });
});

describe('deposits and withdrawals', () => {
  test('are posted, and no more is paid out than is settled', () => {
    const of = night('1000', [flat(100), flat(100)], [flat(100)], {});
    expect(of.do({ type: 'AdjustCash', account: 0, amount: money('500') })).toBeNull();
    expect(of.do({ type: 'AdjustCash', account: 0, amount: money('-200') })).toBeNull();
    expect(activities(of)).toEqual(['2024-03-12 CSD 500', '2024-03-12 CSW -200']);
    expect(of.do({ type: 'AdjustCash', account: 0, amount: money('-1300.01') })?.code).toBe(
      'insufficient_withdrawable_cash',
    );
    expect(of.do({ type: 'AdjustCash', account: 0, amount: money('0') })?.code).toBe('cash_adjustment_zero');
  });

  test('a sale settles two trading days on, from 2024-05-28 one', () => {
    const of = night('1000', [flat(100), flat(100)], [flat(100)], {});
    of.place('buy', 'market', { qty: '10' });
    of.minutes(1);
    of.place('sell', 'market', { qty: '10' });
    of.minutes(1);
    expect(amounts(of, 'cash', 'cashWithdrawable')).toEqual(['1000', '0']);
    of.advance({ to: 'open' });
    expect(amounts(of, 'cashWithdrawable')).toEqual(['0']);
    of.advance({ to: 'open' });
    expect(amounts(of, 'cashWithdrawable')).toEqual(['1000']);
  });
});

describe('a margin call', () => {
  const leveraged = (morning: Ohlcv[], evening = 68) => {
    const of = night('10000', [flat(100), flat(evening)], morning, { account: MARGIN_ACCOUNT });
    of.place('buy', 'market', { qty: '200' });
    of.minutes(2);
    return of;
  };

  test('comes at the close, and the house closes out at the next open', () => {
    // 200 shares at 68 are 13,600: equity 3,600 against 4,080.
    const of = leveraged([flat(68), flat(68)]);
    expect(of.blotter().at(-1)).toBe('margin call 480');
    of.place('sell', 'limit', { qty: '50', limit: '90', tif: 'gtc' });
    of.minutes(2);
    expect(of.blotter().slice(-3)).toEqual(['#1 canceled margin_call', '#2 new', '#2 fill 200 @ 68']);
    expect(amounts(of, 'cash', 'maintenanceMargin')).toEqual(['3600', '0']);
  });

  test('is settled when money came in time', () => {
    const of = leveraged([flat(68), flat(68)]);
    of.do({ type: 'AdjustCash', account: 0, amount: money('480') });
    of.minutes(2);
    expect(of.blotter().at(-1)).toBe('CSD 480');
  });

  test('does not come while equity covers its margin', () => {
    const of = leveraged([flat(72), flat(72)], 72);
    expect(of.blotter().some((line) => line.startsWith('margin'))).toBe(false);
  });
});

describe('the day traders’ rule', () => {
  const trades = (cash: string, configuration: Partial<SimulationConfiguration>, start = TEN_O_CLOCK) => {
    const of = new Market({ cash, start, tape: { ACME: Array<Ohlcv>(12).fill(flat(100)) }, configuration });
    const codes: (string | undefined)[] = [];
    for (let trade = 0; trade < 4; trade++) {
      of.place('buy', 'market', { qty: '1' });
      of.minutes(1);
      codes.push(of.place('sell', 'market', { qty: '1' })?.code);
      of.minutes(1);
    }
    return { of, codes };
  };
  const dated = { account: MARGIN_ACCOUNT, regulation: { rules: 'dated', washTrades: 'reject' } } as const;

  test('under 25,000 the fourth in five sessions is refused', () => {
    const { of, codes } = trades('24999', dated);
    expect(codes).toEqual([undefined, undefined, undefined, 'pattern_day_trading']);
    expect(amounts(of, 'daytradeCount')).toEqual(['3']);
  });

  test.each([
    ['with 25,000', '25000', dated, TEN_O_CLOCK],
    ['in a cash account', '10000', { regulation: dated.regulation }, TEN_O_CLOCK],
    ['without rules', '10000', { account: MARGIN_ACCOUNT }, TEN_O_CLOCK],
    ['since 2026-06-04', '10000', dated, Date.UTC(2026, 5, 4, 14)],
  ])('%s it is not', (_, cash, configuration, start) => {
    expect(trades(cash, configuration, start).codes).toEqual([undefined, undefined, undefined, undefined]);
  });
});
