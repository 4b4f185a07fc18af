/** All that a simulation remembers. `record(event)` is the only way it changes, live and on replay. */
import { Ledger, holdAfterFill } from '../account/ledger';
import { SymbolBook } from '../orders/book';
import { Dues } from '../orders/dues';
import { splitQuantity } from '../market/corporate-actions';
import { isClosing, type AccountOrdinal, type Fill, type OrderOrdinal } from '../orders/order';
import { notional, type Money, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type {
  CashPosted,
  CashPosting,
  OrderAccepted,
  OrderActivated,
  OrderCanceled,
  OrderExpired,
  OrderFilled,
  OrderReplaced,
  OrderResized,
  OrderTriggered,
  SimulationEvent,
  SplitApplied,
  SymbolChanged,
} from './event';
import { duePointOf, type DueRule } from './instant';
import { OrderEntry } from './order-entry';
import type { RunHash } from './run-hash';
import { afterSplit, isAdjustedBySplit } from './split';

const ZERO_MONEY = 0n as Money;
const ZERO_QUANTITY = 0n as Quantity;

export class SimulationState {
  now: EpochMs;
  /** How many events were recorded: what was worked out from the state holds until it grows. */
  recorded = 0;
  readonly ledgers: Ledger[] = [];
  readonly orders: OrderEntry[] = [];
  readonly fills: Fill[] = [];
  readonly postings: CashPosting[] = [];
  /** Start of the bar of the newest sale. */
  lastSaleAt: EpochMs | null = null;
  private readonly fillsByOrder = new Map<OrderOrdinal, Fill[]>();
  private fillsIndexed = 0;
  readonly open = new Set<OrderEntry>();
  readonly clientOrderIds = new Map<string, OrderOrdinal>();
  readonly books = new Map<string, SymbolBook>();
  /** Orders that end by themselves, keyed by the instant (instant.ts). */
  readonly dues = new Dues<OrderEntry>(isAlive);

  constructor(
    startTime: EpochMs,
    readonly runHash: RunHash,
    private readonly dueRule: DueRule,
  ) {
    this.now = startTime;
  }

  /** `logged`: the event as it stands in the log, where an earlier version wrote that. */
  record(event: SimulationEvent, logged: SimulationEvent = event): void {
    this.recorded++;
    switch (event.type) {
      case 'AccountOpened':
        this.ledgers.push(new Ledger(event.account, event.at, event.cash));
        break;
      case 'OrderAccepted':
        this.accept(event);
        break;
      case 'OrderActivated':
        this.activate(event);
        break;
      case 'OrderResized':
        this.resize(event);
        break;
      case 'OrderTriggered':
        this.trigger(event);
        break;
      case 'OrderFilled':
        this.fill(event);
        break;
      case 'OrderCanceled':
        this.cancel(event);
        break;
      case 'OrderExpired':
        this.expire(event);
        break;
      case 'OrderReplaced':
        this.replace(event);
        break;
      case 'SplitApplied':
        this.split(event);
        break;
      case 'SymbolChanged':
        this.rename(event);
        break;
      case 'CashPosted':
        this.post(event);
        break;
      case 'MarginCalled':
        this.ledger(event.account).calledAt = event.at;
        break;
      case 'ClockAdvanced':
        this.now = event.at;
        break;
    }
    this.runHash.add(logged);
  }

  ledger(account: AccountOrdinal): Ledger {
    const ledger = this.ledgers[account];
    if (ledger === undefined) throw new Error(`expected an open account, found ordinal ${account}`);
    return ledger;
  }

  order(ordinal: OrderOrdinal): OrderEntry {
    const order = this.orders[ordinal];
    if (order === undefined) throw new Error(`expected an order, found ordinal ${ordinal}`);
    return order;
  }

  /** Indexed when somebody asks: a run that never does pays nothing for it. */
  fillsOf(order: OrderOrdinal): readonly Fill[] {
    for (; this.fillsIndexed < this.fills.length; this.fillsIndexed++) {
      const fill = this.fills[this.fillsIndexed] as Fill;
      const known = this.fillsByOrder.get(fill.order);
      if (known === undefined) this.fillsByOrder.set(fill.order, [fill]);
      else known.push(fill);
    }
    return this.fillsByOrder.get(order) ?? [];
  }

  book(symbol: string): SymbolBook {
    const known = this.books.get(symbol);
    if (known !== undefined) return known;
    const book = new SymbolBook();
    this.books.set(symbol, book);
    return book;
  }

  /** What an account (null: the whole session) has filled so far in the bar that starts at `barTime`. */
  usedIn(barTime: EpochMs, symbol: string, account: AccountOrdinal | null): Quantity {
    const use =
      account === null ? this.books.get(symbol)?.use : this.ledger(account).positions.get(symbol)?.use;
    return use?.of(barTime) ?? ZERO_QUANTITY;
  }

  /** Puts an order and all that is derived from it in place: used live and when a snapshot is restored. */
  adopt(order: OrderEntry): void {
    this.orders.push(order);
    if (order.clientOrderId !== null) {
      this.clientOrderIds.set(clientOrderKey(order.account, order.clientOrderId), order.ordinal);
    }
    if (!isAlive(order)) return;
    this.open.add(order);
    const due = duePointOf(order, this.dueRule);
    if (due !== null) this.dues.push(due, order);
    const ledger = this.ledger(order.account);
    ledger.hold(order.symbol, order.reserved, order.reservedQuantity);
    if (!isClosing(order)) ledger.position(order.symbol).opening[order.side]++;
    if (order.state === 'open') this.book(order.symbol).add(order);
  }

  /** Puts a fill in the books of fills: used live and when a snapshot is restored. */
  adoptFill(fill: Fill): void {
    this.fills.push(fill);
    if (fill.side === 'sell') this.lastSaleAt = fill.barTime;
    this.book(fill.symbol).use.add(fill.barTime, fill.quantity);
    this.ledger(fill.account).position(fill.symbol).use.add(fill.barTime, fill.quantity);
  }

  private accept(event: OrderAccepted): void {
    this.expectNext(event.order);
    const order = new OrderEntry(event, event.order, event.account, null);
    order.parent = event.parent;
    order.legs = event.legs;
    if (event.isHeld) order.state = 'held';
    this.adopt(order);
  }

  /** The exits of a pair hold the same shares: only one of them counts. */
  private activate(event: OrderActivated): void {
    const order = this.order(event.order);
    order.state = 'open';
    order.quantity = event.quantity;
    order.updatedAt = event.at;
    const isHeldBySibling = this.siblingsOf(order).some((sibling) => sibling.reservedQuantity > 0n);
    if (!isHeldBySibling) this.setHold(order, ZERO_MONEY, event.quantity);
    this.book(order.symbol).add(order);
  }

  private resize(event: OrderResized): void {
    const order = this.order(event.order);
    order.quantity = event.quantity;
    order.updatedAt = event.at;
    if (order.reservedQuantity === 0n) return;
    this.setHold(order, ZERO_MONEY, (event.quantity - order.filledQuantity) as Quantity);
  }

  /** The other exit of a bracket's or oco's pair. */
  siblingsOf(order: OrderEntry): readonly OrderEntry[] {
    if (order.orderClass === 'oco') {
      const other = order.parent === null ? order.legs : [order.parent];
      return other.map((ordinal) => this.order(ordinal));
    }
    if (order.parent === null) return [];
    return this.order(order.parent)
      .legs.filter((ordinal) => ordinal !== order.ordinal)
      .map((ordinal) => this.order(ordinal));
  }

  private expectNext(ordinal: OrderOrdinal): void {
    if (ordinal === this.orders.length) return;
    throw new Error(`expected order ${this.orders.length} to come next, found ${ordinal}`);
  }

  private trigger(event: OrderTriggered): void {
    const order = this.order(event.order);
    order.triggeredAt = event.at;
    order.highWaterMark = event.highWaterMark;
    order.updatedAt = event.at;
    this.book(order.symbol).restage(order);
  }

  private fill(event: OrderFilled): void {
    const order = this.order(event.order);
    const ledger = this.ledger(order.account);
    const hold = holdAfterFill(order, event, event.isLast);
    this.setHold(order, hold.reserved, hold.reservedQuantity);
    const value = notional(event.price, event.quantity);
    ledger.settle(event, value);
    order.filledNotional = (order.filledNotional + value) as Money;
    order.filledQuantity = event.cumQuantity;
    order.updatedAt = event.at;
    this.adoptFill(fillOf(event));
    if (!event.isLast) return;
    order.filledAt = event.at;
    this.close(order, 'filled');
  }

  private cancel(event: OrderCanceled): void {
    const order = this.order(event.order);
    order.canceledAt = event.at;
    order.cancelReason = event.reason;
    order.updatedAt = event.at;
    this.close(order, 'canceled');
  }

  private expire(event: OrderExpired): void {
    const order = this.order(event.order);
    order.expiredAt = event.at;
    order.updatedAt = event.at;
    this.close(order, 'expired');
  }

  private replace(event: OrderReplaced): void {
    const old = this.order(event.order);
    this.expectNext(event.by);
    old.replacedAt = event.at;
    old.replacedBy = event.by;
    old.updatedAt = event.at;
    this.close(old, 'replaced');
    const order = new OrderEntry(event, event.by, old.account, old);
    this.adopt(order);
    for (const leg of order.legs) this.order(leg).parent = order.ordinal;
    if (order.parent === null) return;
    const parent = this.order(order.parent);
    parent.legs = parent.legs.map((leg) => (leg === old.ordinal ? order.ordinal : leg));
  }

  private split(event: SplitApplied): void {
    const { symbol, at } = event;
    for (const ledger of this.ledgers) {
      const { quantity, costBasis } = ledger.position(symbol);
      ledger.setPosition(symbol, splitQuantity(quantity, event), costBasis);
    }
    for (const order of this.open) {
      if (order.symbol !== symbol || !isAdjustedBySplit(order)) continue;
      const { limitPrice, leaves } = afterSplit(order, event);
      order.limitPrice = limitPrice;
      order.quantity = (order.filledQuantity + leaves) as Quantity;
      order.updatedAt = at;
      if (isClosing(order)) this.setHold(order, ZERO_MONEY, leaves);
      this.book(symbol).restage(order);
    }
  }

  private rename({ symbol, to }: SymbolChanged): void {
    for (const ledger of this.ledgers) ledger.rename(symbol, to);
    for (const order of this.open) {
      if (order.symbol !== symbol) continue;
      this.book(symbol).remove(order);
      order.symbol = to;
      if (order.state === 'open') this.book(to).add(order);
    }
  }

  private post({ type: _, posting, ...rest }: CashPosted): void {
    if (posting !== this.postings.length)
      throw new Error(`expected posting ${this.postings.length} to come next, found ${posting}`);
    this.ledger(rest.account).post(rest.amount);
    this.postings.push({ ordinal: posting, ...rest });
  }

  /** The order leaves the book and lets go of what it held. */
  private close(order: OrderEntry, state: OrderEntry['state']): void {
    if (!isAlive(order)) throw new Error(`expected an open order, found ${order.ordinal} ${order.state}`);
    this.setHold(order, ZERO_MONEY, ZERO_QUANTITY);
    order.state = state;
    if (!isClosing(order)) this.ledger(order.account).position(order.symbol).opening[order.side]--;
    this.open.delete(order);
    this.book(order.symbol).remove(order);
  }

  private setHold(order: OrderEntry, reserved: Money, reservedQuantity: Quantity): void {
    this.ledger(order.account).hold(
      order.symbol,
      (reserved - order.reserved) as Money,
      (reservedQuantity - order.reservedQuantity) as Quantity,
    );
    order.reserved = reserved;
    order.reservedQuantity = reservedQuantity;
  }
}

/** Open or held: it may still trade. */
function isAlive(order: OrderEntry): boolean {
  return order.state === 'open' || order.state === 'held';
}

function fillOf(event: OrderFilled): Fill {
  return {
    ordinal: event.fill,
    order: event.order,
    account: event.account,
    symbol: event.symbol,
    side: event.side,
    at: event.at,
    barTime: event.barTime,
    price: event.price,
    quantity: event.quantity,
    leavesQuantity: event.leavesQuantity,
    isLast: event.isLast,
    cumQuantity: event.cumQuantity,
    positionQuantity: event.positionQuantity,
    tags: event.tags,
  };
}

export function clientOrderKey(account: AccountOrdinal, clientOrderId: string): string {
  return `${account} ${clientOrderId}`;
}
