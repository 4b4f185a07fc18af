/** What a person is told when a command is refused. */
import { expect, test } from 'vitest';
import { money } from '../engine/units/decimal';
import { rejectionMessage } from './rejection-message';

test.each([
  ['20220175', '84862.6', '$20,220,175.00', '$84,862.60'],
  ['1000', '999.123456789', '$1,000.00', '$999.123456789'],
])('amounts read as dollars, nothing rounded: %s and %s', (required, available, needs, found) => {
  const message = rejectionMessage({
    code: 'insufficient_buying_power',
    required: money(required),
    available: money(available),
    reservedBy: [],
  });
  expect(message).toBe(`Not enough buying power: this needs ${needs}, found ${found}.`);
});
