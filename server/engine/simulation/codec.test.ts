/** The log's JSON: exact numbers by name, equal values as equal text. */
import { expect, test } from 'vitest';
import { money, price, quantity, ratio } from '../units/decimal';
import { canonicalText, fromJson, toJson } from './codec';

test('exact fields are decimal strings in JSON and come back exact; other strings stay what they are', () => {
  const value = {
    type: 'x',
    price: price('150.25'),
    clientOrderId: '12',
    nested: [{ cash: money('-0.000000001') }],
  };
  const json = toJson(value);
  expect(json).toEqual({
    type: 'x',
    price: '150.25',
    clientOrderId: '12',
    nested: [{ cash: '-0.000000001' }],
  });
  expect(fromJson(JSON.parse(JSON.stringify(json)))).toEqual(value);
});

test('a bigint in a field that is not known as exact is a bug and says so', () => {
  expect(() => toJson({ surprise: 1n })).toThrow('expected an exact field, found a bigint in "surprise"');
  expect(() => fromJson({ price: 'cheap' })).toThrow('expected a decimal in "price", found "cheap"');
});

test('canonical text does not depend on the order in which a record was built', () => {
  expect(canonicalText({ b: 1, a: { d: null, c: [price('2')].length } })).toBe(
    '{"a":{"c":1,"d":null},"b":1}',
  );
  const value = { price: price('2'), at: 5, tags: ['gap'], list: [{ z: true, y: 'ä"' }] };
  const sorted = '{"at":5,"list":[{"y":"ä\\"","z":true}],"price":"2","tags":["gap"]}';
  expect(canonicalText(value)).toBe(sorted);
  expect(canonicalText(toJson(value))).toBe(sorted);
});

test('the amount of a position to close may be a word, a quantity or a portion; any other amount is exact', () => {
  for (const amount of ['all', { quantity: quantity('1.5') }, { portion: ratio('0.25') }, money('-3.75')]) {
    const command = { type: 'x', amount };
    expect(fromJson(JSON.parse(JSON.stringify(toJson(command))))).toEqual(command);
  }
});
