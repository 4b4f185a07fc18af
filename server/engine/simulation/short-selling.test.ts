/** Short sales, covers and margin, told as a blotter: what is accepted, what it holds, what it is worth. */
import { describe, expect, test } from 'vitest';
import { formatDecimal } from '../units/decimal';
import { toJson } from './codec';
import { MARGIN_ACCOUNT, Market, type Ohlcv } from './scenario.fixture';
import type { AccountView } from './view';

const FLAT: Ohlcv = [100, 100, 100, 100];
const SHORTS = { account: MARGIN_ACCOUNT } as const;

/** A market in which a price is known from the start. */
function open(cash: string, bars: readonly Ohlcv[], configuration: object = SHORTS): Market {
  const market = new Market({ cash, tape: { ACME: [FLAT, ...bars] }, configuration });
  market.minutes(1);
  return market;
}

function money(market: Market, ...fields: (keyof AccountView)[]): string[] {
  const account = market.simulation.account(0);
  return fields.map((field) => {
    const value = account?.[field];
    return typeof value === 'bigint' ? formatDecimal(value) : String(value);
  });
}

function position(market: Market) {
  const found = market.simulation.position(0, 'ACME');
  if (found === undefined) return null;
  const { quantity, costBasis, averageEntryPrice, marketValue, heldQuantity } = found;
  return [quantity, costBasis, averageEntryPrice, marketValue, heldQuantity].map(formatDecimal);
}

describe('a short position', () => {
  test('is sold, marked against the account, and covered in two parts with its profit', () => {
    const market = open('10000', [FLAT, [110, 110, 110, 110], [90, 90, 90, 90], FLAT]);
    expect(market.place('sell', 'market', { qty: '10' })).toBeNull();
    expect(market.simulation.order(0)?.positionIntent).toBe('sell_to_open');
    market.minutes(1);
    expect(position(market)).toEqual(['-10', '-1000', '100', '-1000', '0']);
    market.minutes(1);
    expect(money(market, 'cash', 'shortMarketValue', 'equity')).toEqual(['11000', '-1100', '9900']);
    expect(market.place('buy', 'market', { qty: '4' })).toBeNull();
    expect(market.simulation.order(1)?.positionIntent).toBe('buy_to_close');
    market.minutes(1);
    expect(position(market)).toEqual(['-6', '-600', '100', '-540', '0']);
    expect(money(market, 'realizedProfit', 'unrealizedProfit')).toEqual(['40', '60']);
    expect(market.do({ type: 'ClosePosition', account: 0, symbol: 'ACME', amount: 'all' })).toBeNull();
    market.minutes(1);
    expect(position(market)).toBeNull();
    expect(money(market, 'cash', 'realizedProfit', 'equity')).toEqual(['10040', '40', '10040']);
  });

  test('is held by covers, and neither side is ever turned into the other', () => {
    const market = open('10000', [FLAT, FLAT]);
    market.place('sell', 'market', { qty: '10' });
    expect(market.place('buy', 'limit', { qty: '6', limit: '90' })).toBeNull();
    expect(position(market)?.at(-1)).toBe('6');
    expect(toJson(market.place('buy', 'limit', { qty: '5', limit: '90' }))).toEqual({
      code: 'insufficient_quantity',
      symbol: 'ACME',
      requested: '5',
      available: '4',
      existing: '-10',
      held: '6',
    });
    const long = open('10000', [FLAT]);
    long.place('buy', 'market', { qty: '10' });
    expect(long.place('sell', 'limit', { qty: '11', limit: '120' })?.code).toBe('insufficient_quantity');
  });

  test('a bracket sold short exits on either side', () => {
    const market = open('10000', [FLAT, [99, 99, 94, 95]]);
    const words = { qty: '10', limit: '100', orderClass: 'bracket', target: '95', stopLoss: '104' } as const;
    expect(market.place('sell', 'limit', words)).toBeNull();
    market.minutes(2);
    expect(market.blotter().slice(3)).toEqual([
      '#0 fill 10 @ 100 gap',
      '#1 live 10',
      '#2 live 10',
      '#1 fill 10 @ 95',
      '#2 canceled sibling_filled',
    ]);
    expect(market.cash()).toBe('10050');
  });
});

describe('what may be sold short', () => {
  test.each([
    ['a cash account', '10000', { account: { multiplier: '1', shortingEnabled: true } }, '10'],
    ['an account set not to', '10000', { account: { multiplier: '2', shortingEnabled: false } }, '10'],
    ['less than 2,000 of equity', '1999.99', SHORTS, '1'],
  ])('%s may not', (_, cash, configuration, qty) => {
    const market = open(cash, [FLAT], configuration);
    expect(market.place('sell', 'market', { qty })?.code).toBe('shorting_not_allowed');
  });

  test('only whole shares of what is easy to borrow', () => {
    const market = open('10000', [FLAT]);
    expect(market.place('sell', 'market', { qty: '1.5' })?.code).toBe('fractional_short');
    const [instrument] = market.simulation.configuration.instruments;
    const hard = open('10000', [FLAT], { ...SHORTS, instruments: [{ ...instrument, easyToBorrow: false }] });
    expect(hard.place('sell', 'market', { qty: '1' })?.code).toBe('asset_not_shortable');
  });

  test('not while a long buy is open, nor the other way round', () => {
    const market = open('10000', [FLAT]);
    market.place('buy', 'limit', { qty: '1', limit: '90' });
    expect(market.place('sell', 'limit', { qty: '1', limit: '110' })).toMatchObject({
      code: 'opposite_open_order',
      existingOrder: 0,
    });
    market.cancel(0);
    market.place('sell', 'limit', { qty: '1', limit: '110' });
    expect(market.place('buy', 'limit', { qty: '1', limit: '90' })?.code).toBe('opposite_open_order');
  });

  test('it holds the larger of its limit and 3 % over the ask, a share', () => {
    const market = open('10000', [FLAT]);
    market.place('sell', 'limit', { qty: '10', limit: '101' });
    expect(money(market, 'reserved', 'buyingPower')).toEqual(['1030.103', '18969.897']);
    market.cancel(0);
    market.place('sell', 'limit', { qty: '10', limit: '120' });
    expect(money(market, 'reserved')).toEqual(['1200']);
  });

  test('a bracket does not close what is there, as its exits would have nothing to exit', () => {
    const market = open('10000', [FLAT]);
    market.place('buy', 'market', { qty: '5' });
    const words = { qty: '5', limit: '101', orderClass: 'bracket', target: '95', stopLoss: '104' } as const;
    expect(market.place('sell', 'limit', words)?.code).toBe('entry_closes_position');
  });
});

describe('margin', () => {
  test('twice the equity may be held, half of it lent', () => {
    const market = open('10000', [FLAT, [80, 80, 80, 80]]);
    expect(money(market, 'buyingPower', 'regtBuyingPower', 'nonMarginableBuyingPower', 'multiplier')).toEqual(
      ['20000', '20000', '10000', '2'],
    );
    expect(market.place('buy', 'market', { qty: '201' })?.code).toBe('insufficient_buying_power');
    expect(market.place('buy', 'limit', { qty: '200', limit: '100' })).toBeNull();
    market.minutes(1);
    expect(money(market, 'cash', 'equity', 'initialMargin', 'maintenanceMargin', 'buyingPower')).toEqual([
      '-10000',
      '10000',
      '10000',
      '6000',
      '0',
    ]);
    market.minutes(1);
    expect(money(market, 'equity', 'initialMargin', 'maintenanceMargin', 'buyingPower')).toEqual([
      '6000',
      '8000',
      '4800',
      '0',
    ]);
  });

  test('what is not marginable takes the account’s own money', () => {
    const marginal = open('10000', [FLAT, FLAT]);
    const [instrument] = marginal.simulation.configuration.instruments;
    const configuration = { ...SHORTS, instruments: [{ ...instrument, marginable: false }] };
    const market = open('10000', [FLAT, FLAT], configuration);
    expect(market.place('buy', 'limit', { qty: '101', limit: '100' })).toMatchObject({
      code: 'insufficient_buying_power',
    });
    expect(market.place('buy', 'limit', { qty: '100', limit: '90' })).toBeNull();
    expect(money(market, 'reserved', 'buyingPower')).toEqual(['18000', '2000']);
    market.cancel(0);
    expect(market.place('buy', 'limit', { qty: '100', limit: '100' })).toBeNull();
    market.minutes(1);
    expect(money(market, 'cash', 'initialMargin', 'maintenanceMargin', 'buyingPower')).toEqual([
      '0',
      '10000',
      '10000',
      '0',
    ]);
  });

  test.each([
    ['24999.99', 'dated', '2', '49999.98'],
    ['25000', 'dated', '4', '100000'],
    ['3000', 'none', '4', '12000'],
    ['1999', 'none', '1', '1999'],
  ])('with %s of equity, rules %s: %s times, %s', (cash, rules, multiplier, power) => {
    const market = open(cash, [FLAT, FLAT], {
      account: { multiplier: '4', shortingEnabled: true },
      regulation: { rules, washTrades: 'reject' },
    });
    expect(money(market, 'multiplier', 'buyingPower')).toEqual([multiplier, power]);
  });

  test('day-trading power is used up by what was opened today and is still open', () => {
    const market = open('30000', [FLAT, FLAT, FLAT], {
      account: { multiplier: '4', shortingEnabled: true },
    });
    market.place('buy', 'market', { qty: '1000' });
    market.minutes(1);
    expect(money(market, 'cash', 'daytradingBuyingPower', 'bodDaytradingBuyingPower')).toEqual([
      '-70000',
      '20000',
      '120000',
    ]);
    market.place('sell', 'market', { qty: '500' });
    market.minutes(1);
    expect(money(market, 'daytradingBuyingPower')).toEqual(['70000']);
  });
});
