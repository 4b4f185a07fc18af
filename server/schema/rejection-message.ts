/** Says a refusal in words for a person: what was expected and what was found. A new code does not compile until it has a sentence. */
import type { Rejection, RejectionCode } from '../engine/simulation/rejection';
import { formatDecimal } from '../engine/units/decimal';

type Sentence<Code extends RejectionCode> = (rejection: Extract<Rejection, { code: Code }>) => string;
type Sentences = { readonly [Code in RejectionCode]: Sentence<Code> };

const words = (text: string): string => text.replaceAll('_', ' ');
const named = (orderClass: string): string =>
  orderClass === 'bracket' ? 'A bracket' : `An ${orderClass.toUpperCase()}`;

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
  notional_not_positive: () => 'Expected a dollar amount above 0.',
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
  fractional_not_simple: () => 'Fractional and dollar orders cannot be part of a bracket, OCO or OTO.',
  fractional_type_not_allowed: () => 'Trailing stops take whole shares only.',
  trail_required: () => 'A trailing stop needs a trail, in dollars or in percent, and not both.',
  trail_not_allowed: ({ orderType }) => `A ${words(orderType)} order takes no trail.`,
  trail_not_positive: () => 'Expected a trail above 0.',
  trail_percent_too_large: () => 'Expected a trail below 100 %.',
  extended_hours_not_allowed: () => 'Only simple limit orders, DAY or GTC, may trade in extended hours.',
  legs_required: ({ orderClass }) =>
    `${named(orderClass)} needs ${orderClass === 'oto' ? 'one exit: a take profit or a stop loss' : 'both exits: a take profit and a stop loss'}.`,
  legs_not_allowed: () => 'Only bracket, OCO and OTO orders have exits.',
  class_not_allowed: ({ orderClass, orderType }) =>
    `${named(orderClass)} cannot be a ${words(orderType)} order.`,
  class_time_in_force: ({ orderClass, timeInForce }) =>
    `${named(orderClass)} is DAY or GTC, found ${timeInForce.toUpperCase()}.`,
  exits_crossed: ({ takeProfit, stopLoss }) =>
    `The take profit at ${formatDecimal(takeProfit)} is on the wrong side of the stop loss at ${formatDecimal(stopLoss)}.`,
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
  asset_not_shortable: ({ symbol }) => `${symbol} cannot be sold short.`,
  fractional_short: ({ symbol }) => `Selling ${symbol} short takes whole shares only.`,
  opposite_open_order: ({ symbol, side }) =>
    side === 'sell'
      ? `${symbol} cannot be sold short while an order to buy it is open.`
      : `${symbol} cannot be bought while an order to sell it short is open.`,
  entry_closes_position: ({ symbol, existing }) =>
    `The entry of a bracket or OTO must open a position; this one would close ${formatDecimal(existing)} ${symbol}.`,
  exit_without_position: ({ symbol }) =>
    `An OCO closes a position; there is none in ${symbol} to close that way.`,
  exit_price_direction: ({ field, bound, isAbove, basePrice }) =>
    `Expected a ${words(field.replace('.', ' '))} of at ${isAbove ? 'least' : 'most'} ${formatDecimal(bound)}, ` +
    `as the entry is expected at ${formatDecimal(basePrice)}.`,
  position_intent_mismatch: ({ inferred, specified }) =>
    `This order would ${words(inferred)}, not ${words(specified)}.`,
  wash_trade: ({ isLimit }) =>
    `It could trade with your own open ${isLimit ? 'limit' : 'market or stop'} order on the other side; ` +
    'cancel that one, or use a bracket or OCO.',
  auction_window: ({ timeInForce }) =>
    timeInForce === 'opg'
      ? 'Orders for the opening auction are taken from 19:00 to 09:28 New York.'
      : 'Orders for the closing auction are taken from 19:00 to 15:50 New York.',
  pattern_day_trading: ({ symbol, dayTrades }) =>
    `${symbol}: with ${dayTrades} day trades in five sessions, another one needs $25,000 of equity (pattern day trading).`,
  cash_adjustment_zero: () => 'Expected an amount other than 0.',
  insufficient_withdrawable_cash: ({ required, available }) =>
    `Not enough settled cash: asked for ${dollars(required)}, found ${dollars(available)}.`,
  stop_price_direction: ({ side, stopPrice, marketPrice }) =>
    `A ${side} stop must be ${side === 'buy' ? 'above' : 'below'} the market at ${formatDecimal(marketPrice)}, ` +
    `found ${formatDecimal(stopPrice)}.`,
  order_not_found: () => 'There is no such order in this session.',
  order_not_cancelable: ({ state }) => `Only an open order can be canceled; this one is ${words(state)}.`,
  order_not_replaceable: ({ status }) => `Only an open order can be replaced; this one is ${words(status)}.`,
  fractional_not_replaceable: () =>
    'A fractional or dollar order cannot be replaced; cancel it and place another.',
  leg_quantity_fixed: () =>
    'The quantity of a bracket, OCO or OTO cannot be replaced; cancel it and place another.',
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
