/** Events that earlier versions logged say less: what they leave out is filled in, so that old logs still fold. */
import type { OrderTerms } from '../orders/order';
import type { OrderAccepted, SimulationEvent } from './event';

/** There were simple orders only, of accounts that were never short. */
const SIMPLE = {
  trailPrice: null,
  trailPercent: null,
  extendedHours: false,
  orderClass: 'simple',
  takeProfit: null,
  stopLoss: null,
} as const satisfies Partial<OrderTerms>;

const ALONE = { parent: null, legs: [], isHeld: false } as const satisfies Partial<OrderAccepted>;

/** The event as this version would have told it; the very same when it is one of this version. */
export function completedEvent(event: SimulationEvent): SimulationEvent {
  switch (event.type) {
    case 'OrderAccepted':
      return isWhole(event)
        ? event
        : { ...ALONE, ...intentOf(event.terms), ...event, terms: termsOf(event.terms) };
    case 'OrderReplaced':
      return isWhole(event) ? event : { ...intentOf(event.terms), ...event, terms: termsOf(event.terms) };
    case 'OrderTriggered':
      return isTrailed(event) ? event : { ...event, highWaterMark: null };
    default:
      return event;
  }
}

function isWhole(event: object): boolean {
  return 'positionIntent' in event;
}

function isTrailed(event: object): boolean {
  return 'highWaterMark' in event;
}

function termsOf(terms: OrderTerms): OrderTerms {
  return { ...SIMPLE, ...terms };
}

function intentOf({ side }: OrderTerms) {
  return { positionIntent: side === 'buy' ? 'buy_to_open' : 'sell_to_close' } as const;
}
