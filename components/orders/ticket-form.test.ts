/** What the ticket lets through and how it says what is wrong. */
import { expect, test } from 'vitest';
import { NEW_TICKET, orderOf, sentence, ticketErrors, type Ticket } from './ticket-form';

const ticket = (change: Partial<Ticket>): Ticket => ({ ...NEW_TICKET, quantity: '10', ...change });

test('a market order needs a quantity only', () => {
  expect(ticketErrors(ticket({}))).toEqual({});
  expect(ticketErrors(ticket({ quantity: '' }))).toEqual({ quantity: 'Expected a quantity, found nothing.' });
});

test('a limit of a tenth of a cent is refused from one dollar on, and taken below', () => {
  const dear = ticket({ type: 'limit', limitPrice: '189.501' });
  expect(ticketErrors(dear)).toEqual({ limitPrice: 'Expected at most 2 decimals from $1, found 189.501.' });
  expect(ticketErrors(ticket({ type: 'limit', limitPrice: '0.5012' }))).toEqual({});
});

test('a stop limit needs both prices', () => {
  const bare = ticketErrors(ticket({ type: 'stop_limit' }));
  expect(Object.keys(bare).sort()).toEqual(['limitPrice', 'stopPrice']);
});

test('words, signs and zero are no quantities', () => {
  for (const quantity of ['ten', '-1', '0', '1e3']) {
    expect(ticketErrors(ticket({ quantity })).quantity).toContain(quantity);
  }
});

test('a fraction of a share is for the day', () => {
  expect(ticketErrors(ticket({ quantity: '0.5', timeInForce: 'gtc' })).timeInForce).toContain('GTC');
  expect(ticketErrors(ticket({ quantity: '0.5' }))).toEqual({});
});

test('the button says the whole order', () => {
  const limit = ticket({ type: 'limit', quantity: '100', limitPrice: '189.5' });
  expect(sentence(limit, 'AAPL')).toBe('Buy 100 AAPL limit 189.50 day');
});

test('prices that the type does not take are not sent', () => {
  const order = orderOf(ticket({ limitPrice: '5', stopPrice: '6' }), 'AAPL', 'id-1');
  expect(order).toMatchObject({ limit_price: null, stop_price: null, qty: '10', client_order_id: 'id-1' });
});
