/** Initial and maintenance margin by price and side, as published. */
import { expect, test } from 'vitest';
import { formatDecimal, price, quantity, ratio } from '../units/decimal';
import { notional, type Ratio } from '../units/fixed-point';
import { initialMarginOf, maintenanceMarginOf, type Holding } from './margin';

function holding(qty: string, at: string, marginable = true, maintenanceRate: Ratio | null = null): Holding {
  const shares = quantity(qty);
  return {
    quantity: shares,
    price: price(at),
    marketValue: notional(price(at), shares),
    marginable,
    maintenanceRate,
  };
}

test.each([
  ['100', '2.49', '249'],
  ['100', '2.50', '75'],
  ['100', '100', '3000'],
  ['-100', '2', '250'],
  ['-100', '4', '400'],
  ['-100', '5', '500'],
  ['-100', '16', '500'],
  ['-100', '20', '600'],
])('%s shares at %s: maintenance %s', (qty, at, margin) => {
  expect(formatDecimal(maintenanceMarginOf(holding(qty, at)))).toBe(margin);
});

test('a leveraged fund needs its own rate, what is not marginable needs all', () => {
  expect(formatDecimal(maintenanceMarginOf(holding('100', '50', true, ratio('0.75'))))).toBe('3750');
  expect(formatDecimal(maintenanceMarginOf(holding('100', '50', false)))).toBe('5000');
  expect(formatDecimal(initialMarginOf(holding('-100', '50')))).toBe('2500');
  expect(formatDecimal(initialMarginOf(holding('100', '50', false)))).toBe('5000');
});
