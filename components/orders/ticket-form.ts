/** What a ticket says and whether it may be sent: the rules that need neither market nor account. Pure. */
import { parseDecimal } from '@/server/engine/units/decimal';
import { BILLION } from '@/server/engine/units/fixed-point';
import { orderRequest } from '@/server/schema/order';
import { formatPrice, formatQuantity } from '../ui/decimal';

export const TICKET_TYPES = ['market', 'limit', 'stop', 'stop_limit'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];
export const TYPE_WORDS: Record<TicketType, string> = {
  market: 'Market',
  limit: 'Limit',
  stop: 'Stop',
  stop_limit: 'Stop limit',
};
export const TICKET_TIMES = ['day', 'gtc', 'ioc', 'fok'] as const;
type TicketTime = (typeof TICKET_TIMES)[number];

export interface Ticket {
  readonly side: 'buy' | 'sell';
  readonly type: TicketType;
  readonly quantity: string;
  readonly limitPrice: string;
  readonly stopPrice: string;
  readonly timeInForce: TicketTime;
}
export type TicketField = 'quantity' | 'limitPrice' | 'stopPrice' | 'timeInForce';
export type TicketErrors = Partial<Record<TicketField, string>>;

export const NEW_TICKET: Ticket = {
  side: 'buy',
  type: 'market',
  quantity: '',
  limitPrice: '',
  stopPrice: '',
  timeInForce: 'day',
};

export const needsLimit = (type: TicketType): boolean => type === 'limit' || type === 'stop_limit';
export const needsStop = (type: TicketType): boolean => type === 'stop' || type === 'stop_limit';

/** The body of the order, as any client would write it. */
export function orderOf(ticket: Ticket, symbol: string, clientOrderId: string) {
  return {
    symbol,
    side: ticket.side,
    type: ticket.type,
    time_in_force: ticket.timeInForce,
    qty: ticket.quantity.trim(),
    limit_price: needsLimit(ticket.type) ? ticket.limitPrice.trim() : null,
    stop_price: needsStop(ticket.type) ? ticket.stopPrice.trim() : null,
    client_order_id: clientOrderId,
  };
}

/** Steps of a price: cents from one dollar on, hundredths of a cent below (Regulation NMS, rule 612). */
function priceFault(text: string): string | undefined {
  if (text.trim() === '') return 'Expected a price, found nothing.';
  const price = parseDecimal(text.trim());
  if (price === null) return `Expected a price such as 189.50, found "${text.trim()}".`;
  if (price <= 0n) return `Expected a price above 0, found ${text.trim()}.`;
  const places = price >= BILLION ? 2 : 4;
  if (price % (BILLION / 10n ** BigInt(places)) === 0n) return undefined;
  return `Expected at most ${places} decimals ${places === 2 ? 'from' : 'below'} $1, found ${text.trim()}.`;
}

function quantityFault(text: string, timeInForce: TicketTime): TicketErrors {
  if (text.trim() === '') return { quantity: 'Expected a quantity, found nothing.' };
  const quantity = parseDecimal(text.trim());
  if (quantity === null) return { quantity: `Expected a number of shares, found "${text.trim()}".` };
  if (quantity <= 0n) return { quantity: `Expected a quantity above 0, found ${text.trim()}.` };
  if (quantity % BILLION === 0n || timeInForce === 'day') return {};
  return { timeInForce: `Expected DAY for fractional shares, found ${timeInForce.toUpperCase()}.` };
}

const FIELDS: Readonly<Record<string, TicketField>> = {
  qty: 'quantity',
  limit_price: 'limitPrice',
  stop_price: 'stopPrice',
  time_in_force: 'timeInForce',
};

/** One sentence a field at most. What passes here is read by the server by the same schema. */
export function ticketErrors(ticket: Ticket): TicketErrors {
  const errors: TicketErrors = quantityFault(ticket.quantity, ticket.timeInForce);
  if (needsLimit(ticket.type)) errors.limitPrice = priceFault(ticket.limitPrice);
  if (needsStop(ticket.type)) errors.stopPrice = priceFault(ticket.stopPrice);
  const parsed = orderRequest.safeParse(orderOf(ticket, 'ANY', 'any'));
  for (const issue of parsed.error?.issues ?? []) {
    const field = FIELDS[String(issue.path[0])];
    if (field !== undefined) errors[field] ??= issue.message;
  }
  return Object.fromEntries(Object.entries(errors).filter(([, message]) => message !== undefined));
}

/** "Buy 100 AAPL limit 189.50 day" */
export function sentence(ticket: Ticket, symbol: string): string {
  const { side, type, quantity, limitPrice, stopPrice, timeInForce } = ticket;
  const prices = [needsStop(type) ? stopPrice : '', needsLimit(type) ? limitPrice : ''];
  return [
    side === 'buy' ? 'Buy' : 'Sell',
    quantity.trim() === '' ? '' : formatQuantity(quantity.trim()),
    symbol,
    TYPE_WORDS[type].toLowerCase(),
    ...prices.map((price) => (price.trim() === '' ? '' : formatPrice(price.trim()))),
    timeInForce,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
