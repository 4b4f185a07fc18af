/** Refusals of the engine in Alpaca's words (contract README, section 3.2). A new code does not compile until it has an answer. */
import type { OrderClass, OrderOrdinal } from '../../engine/orders/order';
import type { Rejection, RejectionCode } from '../../engine/simulation/rejection';
import { formatDecimal } from '../../engine/units/decimal';
import { rejectionMessage } from '../../schema/rejection-message';
import type { SessionHost } from '../../sessions/session-host';
import type { Answer } from '../answer';
import { forbidden, invalid, notAllowed, notFound, refusal } from './error';

const words = (text: string): string => text.replaceAll('_', ' ');

const LEGS: Readonly<Record<OrderClass, string>> = {
  simple: 'no exits',
  bracket: 'take_profit.limit_price and stop_loss.stop_price',
  oco: 'take_profit.limit_price and stop_loss.stop_price',
  oto: 'either take_profit or stop_loss.',
};
const AUCTION_WINDOWS = {
  opg: 'opg orders must be submitted after 7:00pm and before 9:28am',
  cls: 'cls orders must be submitted after 7:00pm and before 3:50pm',
} as const;

type OrderId = (order: OrderOrdinal) => string;
type AnswerTo<Code extends RejectionCode> = (
  rejection: Extract<Rejection, { code: Code }>,
  orderId: OrderId,
) => Answer;

const ANSWERS: { readonly [Code in RejectionCode]: AnswerTo<Code> } = {
  quantity_or_notional_required: () => invalid('qty or notional is required'),
  quantity_and_notional: () => invalid('only one of qty or notional is accepted'),
  quantity_not_positive: () => invalid('qty must be > 0'),
  notional_not_positive: () => invalid('notional must be > 0'),
  notional_too_small: ({ minimum }) =>
    forbidden(`cost basis must be >= minimal amount of order ${formatDecimal(minimum)}`),
  notional_increment: () => notAllowed('notional value must be limited to 2 decimal places'),
  limit_price_required: ({ orderType }) =>
    invalid(
      orderType === 'stop_limit'
        ? 'stop limit orders require both stop and limit price'
        : 'limit orders require a limit price',
    ),
  stop_price_required: ({ orderType }) =>
    invalid(
      orderType === 'stop_limit'
        ? 'stop limit orders require both stop and limit price'
        : 'stop orders require a stop price',
    ),
  price_not_allowed: ({ field, orderType }) =>
    invalid(`${words(orderType)} orders do not take a ${words(field)}`),
  price_not_positive: ({ field }) => invalid(`${field} must be > 0`),
  price_increment: ({ field, price }) =>
    notAllowed(
      `invalid ${field} ${formatDecimal(price)}. sub-penny increment does not fulfill minimum pricing criteria`,
    ),
  fractional_not_day: () => notAllowed('fractional orders must be DAY orders'),
  fractional_not_simple: () => notAllowed('fractional orders must be simple orders'),
  fractional_type_not_allowed: () =>
    notAllowed('fractional orders must be market, limit, stop, or stop_limit orders'),
  trail_required: () => invalid('trailing stop orders must specify one of trail_price or trail_percent'),
  trail_not_allowed: ({ orderType }) => invalid(`${words(orderType)} orders do not take a trail`),
  trail_not_positive: () => invalid('trail must be > 0'),
  trail_percent_too_large: () => invalid('trail_percent must be < 100'),
  extended_hours_not_allowed: () => notAllowed('extended hours order must be DAY or GTC limit orders'),
  legs_required: ({ orderClass }) => invalid(`${orderClass} orders require ${LEGS[orderClass]}`),
  legs_not_allowed: () => invalid('take_profit and stop_loss are for bracket, oco and oto orders'),
  class_not_allowed: ({ orderClass, orderType }) =>
    invalid(
      orderClass === 'oco'
        ? 'oco orders must be limit orders'
        : `${orderClass} orders cannot be ${words(orderType)} orders`,
    ),
  class_time_in_force: ({ orderClass }) => notAllowed(`${orderClass} orders must be DAY or GTC orders`),
  exits_crossed: ({ takeProfit, stopLoss }) =>
    notAllowed(`take_profit.limit_price must be ${takeProfit > stopLoss ? '<' : '>'} stop_loss.stop_price`),
  time_in_force_not_allowed: ({ orderType, timeInForce }) =>
    notAllowed(`invalid time_in_force: ${words(orderType)} orders cannot be ${timeInForce}`),
  client_order_id_too_long: ({ maximum }) =>
    invalid(`client_order_id must be no more than ${maximum} characters`),
  account_not_found: () => notFound('account not found'),
  asset_not_found: ({ symbol }) => notAllowed(`asset "${symbol}" not found`),
  asset_not_tradable: ({ symbol }) => notAllowed(`asset "${symbol}" is not tradable`),
  asset_not_fractionable: ({ symbol }) => forbidden(`asset "${symbol}" is not fractionable`),
  client_order_id_taken: () => invalid('client_order_id must be unique'),
  insufficient_buying_power: ({ required, available }) =>
    forbidden('insufficient buying power', {
      buying_power: formatDecimal(available),
      cost_basis: formatDecimal(required),
    }),
  insufficient_quantity: ({ symbol, requested, available, existing, held }) =>
    forbidden(
      `insufficient qty available for order (requested: ${formatDecimal(requested)}, ` +
        `available: ${formatDecimal(available)})`,
      {
        available: formatDecimal(available),
        existing_qty: formatDecimal(existing),
        held_for_orders: formatDecimal(held),
        symbol,
      },
    ),
  shorting_not_allowed: () => forbidden('account is not allowed to short'),
  asset_not_shortable: ({ symbol }) => notAllowed(`asset "${symbol}" cannot be sold short`),
  fractional_short: () => notAllowed('fractional orders cannot be sold short'),
  opposite_open_order: ({ side }) =>
    forbidden(
      side === 'sell'
        ? 'cannot open a short sell while a long buy order is open'
        : 'cannot open a long buy while a short sell order is open',
    ),
  entry_closes_position: () => notAllowed('bracket and oto orders must be entry orders'),
  exit_without_position: () => notAllowed('oco orders must be exit orders'),
  exit_price_direction: ({ field, isAbove, basePrice }) =>
    notAllowed(`${field} must be ${isAbove ? '>= base_price + 0.01' : '<= base_price - 0.01'}`, {
      base_price: formatDecimal(basePrice),
    }),
  position_intent_mismatch: ({ inferred, specified }) =>
    notAllowed(`position intent mismatch, inferred: ${inferred}, specified: ${specified}`),
  wash_trade: ({ existingOrder, isLimit }, orderId) =>
    forbidden('potential wash trade detected. use complex orders', {
      existing_order_id: orderId(existingOrder),
      reject_reason: `opposite side ${isLimit ? 'limit' : 'market/stop'} order exists`,
    }),
  auction_window: ({ timeInForce }) => forbidden(AUCTION_WINDOWS[timeInForce]),
  pattern_day_trading: () => refusal(403, 40310100, 'trade denied due to pattern day trading protection'),
  cash_adjustment_zero: () => invalid('amount must not be 0'),
  insufficient_withdrawable_cash: ({ required, available }) =>
    forbidden(
      `insufficient withdrawable cash (required: ${formatDecimal(required)}, available: ${formatDecimal(available)})`,
    ),
  stop_price_direction: ({ side, stopPrice, marketPrice }) =>
    notAllowed(`stop price must be ${side === 'sell' ? 'less' : 'greater'} than current price`, {
      stop_price: formatDecimal(stopPrice),
      market_price: formatDecimal(marketPrice),
    }),
  order_not_found: () => notFound('order not found'),
  order_not_cancelable: ({ state }) => notAllowed(`order is already in "${state}" state`),
  order_not_replaceable: ({ status }) => notAllowed(`cannot replace order in ${status} status`),
  fractional_not_replaceable: () => notAllowed('fractional orders cannot be replaced'),
  leg_quantity_fixed: () => notAllowed('qty of bracket, oco and oto orders cannot be replaced'),
  order_unchanged: () => notAllowed('order parameters are not changed'),
  replace_quantity_not_whole: () => invalid('qty must be integer'),
  replace_quantity_not_above_filled: () => notAllowed('qty must be > filled_qty'),
  position_not_found: () => notFound('position does not exist'),
  clock_backwards: (rejection) => invalid(rejectionMessage(rejection)),
  advance_not_positive: (rejection) => invalid(rejectionMessage(rejection)),
};

export function answerToRejection(rejection: Rejection, host: SessionHost): Answer {
  const answer = ANSWERS[rejection.code] as AnswerTo<RejectionCode>;
  return answer(rejection, (order) => host.read((simulation) => simulation.orderId(order)));
}
