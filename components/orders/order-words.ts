/** Orders in words, as the tables write them. */
import type { OrderRow } from '../client/trpc';
import { formatMoney, formatPrice, formatQuantity } from '../ui/decimal';
import { TYPE_WORDS } from './ticket-form';

export const typeWords = ({ type }: OrderRow): string =>
  type === 'trailing_stop' ? 'Trailing stop' : TYPE_WORDS[type];

/** "40 / 100", or the dollars of a notional order. */
export function quantityWords({ filledQuantity, quantity, notional }: OrderRow): string {
  if (quantity === null) return `$${formatMoney(notional ?? '0')}`;
  return `${formatQuantity(filledQuantity)} / ${formatQuantity(quantity)}`;
}

/** "stop 190.00, limit 190.50", "trail 2 %, stop 186.20", or "market". */
export function priceWords({ stopPrice, limitPrice, trailPrice, trailPercent }: OrderRow): string {
  if (trailPrice !== null || trailPercent !== null) {
    const trail = trailPrice === null ? `trail ${trailPercent} %` : `trail ${formatPrice(trailPrice)}`;
    return stopPrice === null ? trail : `${trail}, stop ${formatPrice(stopPrice)}`;
  }
  if (stopPrice === null && limitPrice === null) return 'market';
  if (stopPrice === null) return formatPrice(limitPrice ?? '');
  if (limitPrice === null) return `stop ${formatPrice(stopPrice)}`;
  return `stop ${formatPrice(stopPrice)}, limit ${formatPrice(limitPrice)}`;
}

export function statusWords({ status, cancelReason }: OrderRow): string {
  const words = status.replaceAll('_', ' ');
  if (cancelReason === null || cancelReason === 'requested') return words;
  return `${words}: ${cancelReason.replaceAll('_', ' ')}`;
}
