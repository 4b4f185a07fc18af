/** The explanation in one sentence, with its numbers and New York times. */
import { newYorkDate, newYorkMinutes } from '../../calendar/new-york';
import type { Fill, Order } from '../../orders/order';
import { formatDecimal } from '../../units/decimal';
import type { EpochMs } from '../../units/time';
import type { ExplanationCode, ExplanationSpan, NearestMiss } from './explanation';

export function sentenceOf(
  order: Order,
  code: ExplanationCode,
  fills: readonly Fill[],
  spans: readonly ExplanationSpan[],
  nearest: NearestMiss | null,
): string {
  const name = nameOf(order);
  switch (code) {
    case 'FILLED':
      return `${name} filled: ${fills.map(fillWords).join(', ')}.`;
    case 'PRICE_NOT_REACHED':
    case 'STOP_NOT_TRIGGERED':
      return `${name} ${missWords(order, code, nearest)}.`;
    case 'NO_TRADES':
      return `${name} waits: ${noTradesWords(spans)}.`;
    case 'TIME_IN_FORCE_EXPIRED':
      return `${name} ended with its time in force (${order.timeInForce}) at ${clock(endTime(order))}${afterwards(order, nearest)}.`;
    case 'CANCELED':
      return `${name} was canceled${CANCEL_WORDS[order.cancelReason ?? 'requested'] ?? ''}${afterwards(order, nearest)}.`;
    default:
      return `${name} ${PHRASES[code]}${afterwards(order, nearest)}.`;
  }
}

const PHRASES: Record<
  Exclude<
    ExplanationCode,
    'FILLED' | 'PRICE_NOT_REACHED' | 'STOP_NOT_TRIGGERED' | 'NO_TRADES' | 'TIME_IN_FORCE_EXPIRED' | 'CANCELED'
  >,
  string
> = {
  SUBMITTED_MID_BAR: 'came inside a bar and waits for the next bar to open',
  SESSION_CLOSED: 'waits for the market to open',
  EXTENDED_HOURS_NOT_ALLOWED: 'does not trade in extended hours: it has no extended_hours flag',
  VOLUME_BUDGET_USED: 'has used up its share of the volume of these bars and waits for more',
  COLLAR: 'rests: the market opened beyond the most that it may pay',
  ONLY_OTHER_PATH: 'would have filled only if the bar went the other way round',
  AWAITING_AUCTION: 'waits for its auction',
  AWAITING_BAR: 'waits for the next bar',
  HELD_BY_PARENT: 'is held until its parent has filled',
  SIBLING_FILLED: 'was canceled as the other exit of its pair filled',
  INSUFFICIENT_BUYING_POWER: 'was canceled: it would have cost more than the account could pay',
  REPLACED: 'was replaced by another order',
};

const CANCEL_WORDS: Partial<Record<string, string>> = {
  requested: ' on request',
  split: ' at the split of its symbol: only simple gtc limits are adjusted',
  group_canceled: ' with the rest of its group',
  parent_ended: ' as its parent ended',
  margin_call: ' for a margin call',
};

function nameOf(order: Order): string {
  const side = order.side === 'buy' ? 'Buy' : 'Sell';
  const prices = [
    order.stopPrice === null ? null : formatDecimal(order.stopPrice),
    order.limitPrice === null ? null : formatDecimal(order.limitPrice),
    order.trailPrice === null ? null : formatDecimal(order.trailPrice),
    order.trailPercent === null ? null : `${formatDecimal(order.trailPercent)} %`,
  ].filter((text) => text !== null);
  return [side, order.type.replace('_', ' '), ...prices].join(' ');
}

function missWords(order: Order, code: ExplanationCode, nearest: NearestMiss | null): string {
  const what = code === 'STOP_NOT_TRIGGERED' ? 'not triggered' : 'not reached';
  if (nearest === null) return what;
  const isLow = (order.side === 'buy') === (code === 'PRICE_NOT_REACHED');
  const found = `${isLow ? 'lowest' : 'highest'} ${formatDecimal(nearest.price)} at ${clock(nearest.time)}`;
  if (nearest.distance === 0n) return `${what}: ${found}, touched, which is not enough here`;
  return `${what}: ${found}, missed by ${formatDecimal(nearest.distance)}`;
}

function afterwards(order: Order, nearest: NearestMiss | null): string {
  if (nearest === null || nearest.distance === 0n) return '';
  const wanted = formatDecimal(nearest.wanted);
  return `; nearest to ${wanted} was ${formatDecimal(nearest.price)} at ${clock(nearest.time)}, ${formatDecimal(nearest.distance)} away`;
}

function noTradesWords(spans: readonly ExplanationSpan[]): string {
  const minutes = spans.filter((span) => span.code === 'NO_TRADES').reduce((sum, span) => sum + span.bars, 0);
  const cause = spans.findLast((span) => span.code === 'NO_TRADES')?.cause;
  const why = cause === 'not_loaded' ? 'nothing of this session is loaded' : 'nobody traded';
  return `${minutes} minutes without a bar, ${why}`;
}

function fillWords({ quantity, price, at, tags }: Fill): string {
  const note = tags.length === 0 ? '' : ` (${tags.join(', ')})`;
  return `${formatDecimal(quantity)} at ${formatDecimal(price)} at ${clock(at)}${note}`;
}

function endTime(order: Order): EpochMs {
  return order.expiredAt ?? order.canceledAt ?? order.updatedAt;
}

/** "2024-03-12 10:41" in New York. */
function clock(time: EpochMs): string {
  const minutes = newYorkMinutes(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${newYorkDate(time)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
