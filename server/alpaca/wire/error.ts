/** Refusals in Alpaca's codes, statuses and sentences (contract README, section 3.2). A new code does not compile until it has an answer. */
import type { Rejection, RejectionCode } from '../../engine/simulation/rejection';
import { formatDecimal } from '../../engine/units/decimal';
import { rejectionMessage } from '../../schema/rejection-message';
import type { Answer } from '../answer';

type Extra = Readonly<Record<string, string>>;

/** An error body: every one has an integer `code` and a `message`, or SDKs fail while they report it. */
export function refusal(status: number, code: number, message: string, extra: Extra = {}): Answer {
  return { status, body: { code, message, ...extra } };
}

/** 422 with the code that Alpaca uses for what is wrong with the request itself. */
const unprocessable = (message: string, extra?: Extra): Answer => refusal(422, 40010001, message, extra);
/** 422 with the code for what the market's rules do not allow. */
const notAllowed = (message: string, extra?: Extra): Answer => refusal(422, 42210000, message, extra);
const forbidden = (message: string, extra?: Extra): Answer => refusal(403, 40310000, message, extra);
export const notFound = (message: string): Answer => refusal(404, 40410000, message);
export const invalid = unprocessable;

const words = (text: string): string => text.replaceAll('_', ' ');

type AnswerTo<Code extends RejectionCode> = (rejection: Extract<Rejection, { code: Code }>) => Answer;

const ANSWERS: { readonly [Code in RejectionCode]: AnswerTo<Code> } = {
  quantity_or_notional_required: () => unprocessable('qty or notional is required'),
  quantity_and_notional: () => unprocessable('only one of qty or notional is accepted'),
  quantity_not_positive: () => unprocessable('qty must be > 0'),
  notional_too_small: ({ minimum }) =>
    forbidden(`cost basis must be >= minimal amount of order ${formatDecimal(minimum)}`),
  notional_increment: () => notAllowed('notional value must be limited to 2 decimal places'),
  limit_price_required: ({ orderType }) =>
    unprocessable(
      orderType === 'stop_limit'
        ? 'stop limit orders require both stop and limit price'
        : 'limit orders require a limit price',
    ),
  stop_price_required: ({ orderType }) =>
    unprocessable(
      orderType === 'stop_limit'
        ? 'stop limit orders require both stop and limit price'
        : 'stop orders require a stop price',
    ),
  price_not_allowed: ({ field, orderType }) =>
    unprocessable(`${words(orderType)} orders do not take a ${words(field)}`),
  price_not_positive: ({ field }) => unprocessable(`${field} must be > 0`),
  price_increment: ({ field, price }) =>
    notAllowed(
      `invalid ${field} ${formatDecimal(price)}. sub-penny increment does not fulfill minimum pricing criteria`,
    ),
  fractional_not_day: () => notAllowed('fractional orders must be DAY orders'),
  time_in_force_not_allowed: ({ orderType, timeInForce }) =>
    notAllowed(`invalid time_in_force: ${words(orderType)} orders cannot be ${timeInForce}`),
  client_order_id_too_long: ({ maximum }) =>
    unprocessable(`client_order_id must be no more than ${maximum} characters`),
  account_not_found: () => notFound('account not found'),
  asset_not_found: ({ symbol }) => notAllowed(`asset "${symbol}" not found`),
  asset_not_tradable: ({ symbol }) => notAllowed(`asset "${symbol}" is not tradable`),
  asset_not_fractionable: ({ symbol }) => forbidden(`asset "${symbol}" is not fractionable`),
  client_order_id_taken: () => unprocessable('client_order_id must be unique'),
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
  stop_price_direction: ({ side, stopPrice, marketPrice }) =>
    notAllowed(`stop price must be ${side === 'sell' ? 'less' : 'greater'} than current price`, {
      stop_price: formatDecimal(stopPrice),
      market_price: formatDecimal(marketPrice),
    }),
  order_not_found: () => notFound('order not found'),
  order_not_cancelable: ({ state }) => notAllowed(`order is already in "${state}" state`),
  order_not_replaceable: ({ status }) => notAllowed(`cannot replace order in ${status} status`),
  fractional_not_replaceable: () => notAllowed('fractional orders cannot be replaced'),
  order_unchanged: () => notAllowed('order parameters are not changed'),
  replace_quantity_not_whole: () => unprocessable('qty must be integer'),
  replace_quantity_not_above_filled: () => notAllowed('qty must be > filled_qty'),
  position_not_found: () => notFound('position does not exist'),
  clock_backwards: (rejection) => unprocessable(rejectionMessage(rejection)),
  advance_not_positive: (rejection) => unprocessable(rejectionMessage(rejection)),
};

export function answerToRejection(rejection: Rejection): Answer {
  const answer = ANSWERS[rejection.code] as AnswerTo<RejectionCode>;
  return answer(rejection);
}
