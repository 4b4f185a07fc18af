/** Decimals as the tables show them. */
import { expect, test } from 'vitest';
import { formatMoney, formatPrice, formatQuantity, signOf, withSign } from './decimal';

test('money has two decimals and groups', () => {
  expect(formatMoney('100000')).toBe('100,000.00');
  expect(formatMoney('98501.995')).toBe('98,502.00');
  expect(formatMoney('-1234.5')).toBe('−1,234.50');
});

test('a loss that rounds to nothing has no minus', () => expect(formatMoney('-0.001')).toBe('0.00'));

test('prices keep up to four decimals', () => {
  expect(formatPrice('150.1')).toBe('150.10');
  expect(formatPrice('0.12345')).toBe('0.1235');
});

test('quantities are as short as they are', () => {
  expect(formatQuantity('10')).toBe('10');
  expect(formatQuantity('0.333333333')).toBe('0.333333333');
});

test('signs', () => {
  expect(signOf('-0.5')).toBe(-1);
  expect(signOf('0.000')).toBe(0);
  expect(withSign('3', formatMoney('3'))).toBe('+3.00');
});
