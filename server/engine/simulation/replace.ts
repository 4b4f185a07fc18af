/** Changes, cancels and closes: commands about what is already there. */
import type { AccountOrdinal, Order, OrderTerms } from '../orders/order';
import { marketDayOrder } from '../orders/market-order';
import { isFractional } from '../orders/terms';
import { absolute, BILLION, multiplyDivide, type Quantity, type Ratio } from '../units/fixed-point';
import type { CancelOrder, ClosePosition, OrderChanges, ReplaceOrder } from './command';
import type { OrderDesk } from './place';
import type { Recorder } from './recorder';
import type { Rejection } from './rejection';
import type { OrderEntry } from './order-entry';
import type { SimulationState } from './state';
import { statusOf } from './status';

export class ChangeDesk {
  constructor(
    private readonly state: SimulationState,
    private readonly orders: OrderDesk,
    private readonly recorder: Recorder,
  ) {}

  cancel({ account, order: ordinal }: CancelOrder): Rejection | null {
    const order = this.find(account, ordinal);
    if (order === null) return { code: 'order_not_found', order: ordinal };
    if (order.state !== 'open' && order.state !== 'held')
      return { code: 'order_not_cancelable', state: order.state };
    const family = this.familyOf(order);
    this.recorder.emit({ type: 'OrderCanceled', at: this.state.now, order: ordinal, reason: 'requested' });
    for (const member of family) {
      const reason = member.state === 'held' ? 'parent_ended' : 'group_canceled';
      this.recorder.emit({ type: 'OrderCanceled', at: this.state.now, order: member.ordinal, reason });
    }
    return null;
  }

  /** The other members of a bracket, oco or oto that are still alive: canceling one cancels the rest. */
  private familyOf(order: OrderEntry): readonly OrderEntry[] {
    const head = order.parent === null ? order : this.state.order(order.parent);
    return [head, ...head.legs.map((leg) => this.state.order(leg))].filter(
      (member) => member !== order && (member.state === 'open' || member.state === 'held'),
    );
  }

  /**
   * The old order gives way to a new one with the changed terms (alpaca docs, "Replace order"): a new id, the
   * filled part carried on, and its place in the sequence lost.
   */
  replace({ account, order: ordinal, changes }: ReplaceOrder): Rejection | null {
    const old = this.find(account, ordinal);
    if (old === null) return { code: 'order_not_found', order: ordinal };
    const refusal = this.checkChanges(old, changes);
    if (refusal !== null) return refusal;
    const terms = changedTerms(old, changes);
    const checked = this.orders.check(account, terms, old);
    if ('code' in checked) return checked;
    const by = this.state.orders.length;
    this.recorder.emit({ type: 'OrderReplaced', at: this.state.now, order: ordinal, by, terms, ...checked });
    this.orders.offerStandingOpen(this.state.order(by));
    return null;
  }

  /** A market day order the other way (alpaca docs, "Close a position"). */
  close({ account, symbol, amount }: ClosePosition): Rejection | null {
    const existing = this.state.ledgers[account]?.positions.get(symbol)?.quantity ?? (0n as Quantity);
    if (existing === 0n) return { code: 'position_not_found', symbol };
    const quantity = amountToClose(absolute(existing), amount);
    return this.orders.place(account, marketDayOrder(symbol, existing > 0n ? 'sell' : 'buy', quantity));
  }

  private find(account: AccountOrdinal, ordinal: number): OrderEntry | null {
    const order = this.state.orders[ordinal];
    return order !== undefined && order.account === account ? order : null;
  }

  private checkChanges(old: Order, changes: OrderChanges): Rejection | null {
    const status = statusOf(old, this.state.now);
    if (status !== 'new' && status !== 'partially_filled') return { code: 'order_not_replaceable', status };
    if (isFractional(old)) return { code: 'fractional_not_replaceable' };
    const { quantity, trailOffset } = changes;
    if (trailOffset !== null && old.type !== 'trailing_stop')
      return { code: 'trail_not_allowed', orderType: old.type };
    if (quantity !== null && old.orderClass !== 'simple') return { code: 'leg_quantity_fixed' };
    if (quantity !== null && quantity % BILLION !== 0n) return { code: 'replace_quantity_not_whole' };
    if (quantity !== null && quantity <= old.filledQuantity) {
      return { code: 'replace_quantity_not_above_filled', filled: old.filledQuantity };
    }
    return isUnchanged(old, changes) ? { code: 'order_unchanged' } : null;
  }
}

function isUnchanged(old: Order, changes: OrderChanges): boolean {
  const terms = changedTerms(old, changes);
  return (
    changes.clientOrderId === null &&
    terms.quantity === old.quantity &&
    terms.limitPrice === old.limitPrice &&
    terms.stopPrice === old.stopPrice &&
    terms.trailPrice === old.trailPrice &&
    terms.trailPercent === old.trailPercent &&
    terms.timeInForce === old.timeInForce
  );
}

function changedTerms(old: Order, changes: OrderChanges): OrderTerms {
  return {
    symbol: old.symbol,
    side: old.side,
    type: old.type,
    notional: old.notional,
    extendedHours: old.extendedHours,
    orderClass: old.orderClass,
    takeProfit: null,
    stopLoss: null,
    trailPrice: old.trailPrice === null ? null : (changes.trailOffset ?? old.trailPrice),
    trailPercent: old.trailPercent === null ? null : ((changes.trailOffset ?? old.trailPercent) as Ratio),
    quantity: changes.quantity ?? old.quantity,
    limitPrice: changes.limitPrice ?? old.limitPrice,
    stopPrice: changes.stopPrice ?? old.stopPrice,
    timeInForce: changes.timeInForce ?? old.timeInForce,
    clientOrderId: changes.clientOrderId,
  };
}

function amountToClose(existing: Quantity, amount: ClosePosition['amount']): Quantity {
  if (amount === 'all') return existing;
  if ('quantity' in amount) return amount.quantity;
  return multiplyDivide(existing, amount.portion, BILLION, 'down') as Quantity;
}
