/** Says a refusal in words for a person: what was expected and what was found. A new code does not compile until it has a sentence. */
import type { Rejection, RejectionCode } from '../engine/simulation/rejection';
import { formatDecimal } from '../engine/units/decimal';

type Sentence<Code extends RejectionCode> = (rejection: Extract<Rejection, { code: Code }>) => string;
type Sentences = { readonly [Code in RejectionCode]: Sentence<Code> };

const words = (text: string): string => text.replaceAll('_', ' ');

/** Dollars as a person reads them: $20,220,175.00. Decimals that are there stay, so that nothing looks equal that is not. */
function dollars(amount: bigint): string {
  const [whole = '0', part = ''] = formatDecimal(amount).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part.padEnd(2, '0')}`;
}

const instant = (time: number): string => new Date(time).toISOString();

const SENTENCES: Sentences = {
  quantity_or_notional_required: () => 'Expected a quantity or a dollar amount, found neither.',
  quantity_and_notional: () => 'Expected a quantity or a dollar amount, found both.',
  quantity_not_positive: () => 'Expected a quantity above 0.',
  notional_too_small: ({ minimum }) => `Expected an amount of at least ${dollars(minimum)}.`,
  notional_increment: ({ notional }) =>
    `Expected an amount with at most 2 decimals, found ${dollars(notional)}.`,
  limit_price_required: ({ orderType }) => `A ${words(orderType)} order needs a limit price, found none.`,
  stop_price_required: ({ orderType }) => `A ${words(orderType)} order needs a stop price, found none.`,
  price_not_allowed: ({ field, orderType }) => `A ${words(orderType)} order takes no ${words(field)}.`,
  price_not_positive: ({ field }) => `Expected a ${words(field)} above 0.`,
  price_increment: ({ field, price, increment }) =>
    `Expected a ${words(field)} in steps of ${formatDecimal(increment)}, found ${formatDecimal(price)}.`,
  fractional_not_day: () => 'Fractional and dollar orders must be day orders.',
  time_in_force_not_allowed: ({ orderType, timeInForce }) =>
    `A ${words(orderType)} order may not be ${timeInForce.toUpperCase()}.`,
  client_order_id_too_long: ({ length, maximum }) =>
    `Expected a client order id of at most ${maximum} characters, found ${length}.`,
  account_not_found: ({ account }) => `There is no account number ${account} in this session.`,
  asset_not_found: ({ symbol }) => `${symbol} is not part of this session.`,
  asset_not_tradable: ({ symbol }) => `${symbol} cannot be traded.`,
  asset_not_fractionable: ({ symbol }) => `${symbol} trades in whole shares only.`,
  client_order_id_taken: ({ clientOrderId }) => `The client order id ${clientOrderId} is already used.`,
  insufficient_buying_power: ({ required, available }) =>
    `Not enough buying power: this needs ${dollars(required)}, found ${dollars(available)}.`,
  insufficient_quantity: ({ symbol, requested, available, existing, held }) =>
    `Not enough ${symbol} to sell: asked for ${formatDecimal(requested)}, found ${formatDecimal(available)} ` +
    `(position ${formatDecimal(existing)}, held by open orders ${formatDecimal(held)}).`,
  shorting_not_allowed: ({ symbol }) => `Selling ${symbol} short is not allowed in this session.`,
  stop_price_direction: ({ side, stopPrice, marketPrice }) =>
    `A ${side} stop must be ${side === 'buy' ? 'above' : 'below'} the market at ${formatDecimal(marketPrice)}, ` +
    `found ${formatDecimal(stopPrice)}.`,
  order_not_found: () => 'There is no such order in this session.',
  order_not_cancelable: ({ state }) => `Only an open order can be canceled; this one is ${words(state)}.`,
  order_not_replaceable: ({ status }) => `Only an open order can be replaced; this one is ${words(status)}.`,
  fractional_not_replaceable: () =>
    'A fractional or dollar order cannot be replaced; cancel it and place another.',
  order_unchanged: () => 'A replacement must change something.',
  replace_quantity_not_whole: () => 'A replacement takes whole quantities only.',
  replace_quantity_not_above_filled: ({ filled }) =>
    `Expected a quantity above what is filled already, ${formatDecimal(filled)}.`,
  position_not_found: ({ symbol }) => `There is no position in ${symbol}.`,
  clock_backwards: ({ now, target }) =>
    `The clock only goes forward: it is ${instant(now)}, asked for ${instant(target)}.`,
  advance_not_positive: () => 'Expected to go forward by at least one bar.',
};

export function rejectionMessage(rejection: Rejection): string {
  const sentence = SENTENCES[rejection.code] as Sentence<RejectionCode>;
  return sentence(rejection);
}
