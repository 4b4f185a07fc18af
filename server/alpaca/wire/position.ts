/** A position as Alpaca writes it: every number a string, ratios as fractions. */
import type { PositionView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import {
  absolute,
  BILLION,
  multiplyDivide,
  notional,
  type Price,
  type Quantity,
} from '../../engine/units/fixed-point';
import type { Asset } from '../../sessions/bar-library';
import { exchangeOf } from './asset';

/** `part / whole` as a decimal fraction; "0" where there is nothing to compare with. */
function fraction(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : formatDecimal(multiplyDivide(part, BILLION, whole, 'half_up'));
}

export function positionToWire(position: PositionView, asset: Asset) {
  // Before the symbol's first closed bar there is no market price: what was paid stands for it.
  const current = position.lastPrice ?? position.averageEntryPrice;
  const lastDay = position.previousClose ?? current;
  const profit = position.marketValue - position.costBasis;
  const isShort = position.quantity < 0n;
  const today = todayOf(position, current, lastDay);
  return {
    asset_id: asset.id,
    symbol: position.symbol,
    exchange: exchangeOf(asset),
    asset_class: asset.assetClass,
    asset_marginable: asset.marginable,
    qty: formatDecimal(position.quantity),
    qty_available: formatDecimal(
      isShort ? position.quantity + position.heldQuantity : position.quantity - position.heldQuantity,
    ),
    avg_entry_price: formatDecimal(position.averageEntryPrice),
    side: isShort ? 'short' : 'long',
    market_value: formatDecimal(position.marketValue),
    cost_basis: formatDecimal(position.costBasis),
    unrealized_pl: formatDecimal(profit),
    unrealized_plpc: fraction(profit, absolute(position.costBasis)),
    unrealized_intraday_pl: formatDecimal(today.profit),
    unrealized_intraday_plpc: fraction(today.profit, absolute(today.base)),
    current_price: formatDecimal(current),
    lastday_price: formatDecimal(lastDay),
    change_today: fraction(current - lastDay, lastDay),
  };
}

/** Today's profit: from the last close for what was held overnight, from its cost for what came today. */
function todayOf({ quantity, intraday, marketValue }: PositionView, current: Price, lastDay: Price) {
  const overnight = (quantity - intraday.quantity) as Quantity;
  const base = notional(lastDay, overnight) + intraday.cost;
  return { base, profit: marketValue - base };
}
