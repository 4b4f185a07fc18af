/** All that a simulation remembers. `record(event)` is the only way it changes, live and on replay. */
import { Ledger, holdAfterFill } from '../account/ledger';
import { SymbolBook } from '../orders/book';
import { Heap } from '../orders/heap';
import type { AccountOrdinal, Fill, Order, OrderOrdinal } from '../orders/order';
import { averagePrice, notional, type Money, type Price, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type {
  OrderAccepted,
  OrderCanceled,
  OrderExpired,
  OrderFilled,
  OrderReplaced,
  OrderTriggered,
  SimulationEvent,
} from './event';
import { duePointOf, type DueRule } from './instant';
import type { RunHash } from './run-hash';

/** The engine's own, writable side of an Order. */
export type OrderEntry = { -readonly [Field in keyof Order]: Order[Field] };

/** What was filled in the newest bar that an account (or the session) traded of a symbol. */
interface BarUse {
  readonly barTime: EpochMs;
  readonly quantity: Quantity;
}

const ZERO_MONEY = 0n as Money;
const ZERO_QUANTITY = 0n as Quantity;

export class SimulationState {
  now: EpochMs;
  readonly ledgers: Ledger[] = [];
  readonly orders: OrderEntry[] = [];
  readonly fills: Fill[] = [];
  readonly fillsByOrder = new Map<OrderOrdinal, Fill[]>();
  readonly open = new Set<OrderEntry>();
  readonly clientOrderIds = new Map<string, OrderOrdinal>();
  readonly books = new Map<string, SymbolBook>();
  /** Orders that end by themselves, keyed by the instant (instant.ts). */
  readonly dues = new Heap<OrderEntry>((order) => order.state === 'open');
  private readonly uses = new Map<string, BarUse>();

  constructor(
    startTime: EpochMs,
    readonly runHash: RunHash,
    private readonly dueRule: DueRule,
  ) {
    this.now = startTime;
  }

  record(event: SimulationEvent): void {
    switch (event.type) {
      case 'AccountOpened':
        this.ledgers.push(new Ledger(event.account, event.at, event.cash));
        break;
      case 'OrderAccepted':
        this.accept(event);
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
      case 'ClockAdvanced':
        this.now = event.at;
        break;
    }
    this.runHash.add(event);
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

  book(symbol: string): SymbolBook {
    const known = this.books.get(symbol);
    if (known !== undefined) return known;
    const book = new SymbolBook();
    this.books.set(symbol, book);
    return book;
  }

  /** What an account (null: the whole session) has filled so far in the bar that starts at `barTime`. */
  usedIn(barTime: EpochMs, symbol: string, account: AccountOrdinal | null): Quantity {
    const use = this.uses.get(useKey(symbol, account));
    return use !== undefined && use.barTime === barTime ? use.quantity : ZERO_QUANTITY;
  }

  /** Puts an order and all that is derived from it in place: used live and when a snapshot is restored. */
  adopt(order: OrderEntry): void {
    this.orders.push(order);
    if (order.clientOrderId !== null) {
      this.clientOrderIds.set(clientOrderKey(order.account, order.clientOrderId), order.ordinal);
    }
    if (order.state !== 'open') return;
    this.open.add(order);
    this.book(order.symbol).add(order);
    const due = duePointOf(order, this.dueRule);
    if (due !== null) this.dues.push(due, order);
    this.ledger(order.account).hold(order.symbol, order.reserved, order.reservedQuantity);
  }

  /** Puts a fill in the books of fills: used live and when a snapshot is restored. */
  adoptFill(fill: Fill): void {
    this.fills.push(fill);
    const ofOrder = this.fillsByOrder.get(fill.order);
    if (ofOrder === undefined) this.fillsByOrder.set(fill.order, [fill]);
    else ofOrder.push(fill);
    for (const account of [fill.account, null]) {
      const quantity = (this.usedIn(fill.barTime, fill.symbol, account) + fill.quantity) as Quantity;
      this.uses.set(useKey(fill.symbol, account), { barTime: fill.barTime, quantity });
    }
  }

  private accept(event: OrderAccepted): void {
    this.expectNext(event.order);
    this.adopt(newOrder(event));
  }

  private expectNext(ordinal: OrderOrdinal): void {
    if (ordinal === this.orders.length) return;
    throw new Error(`expected order ${this.orders.length} to come next, found ${ordinal}`);
  }

  private trigger(event: OrderTriggered): void {
    const order = this.order(event.order);
    order.triggeredAt = event.at;
    order.updatedAt = event.at;
    this.book(order.symbol).restage(order);
  }

  private fill(event: OrderFilled): void {
    const { type: _, fill: ordinal, ...rest } = event;
    const order = this.order(event.order);
    const ledger = this.ledger(order.account);
    const hold = holdAfterFill(order, event, event.isLast);
    this.setHold(order, hold.reserved, hold.reservedQuantity);
    ledger.settle(event);
    order.filledNotional = (order.filledNotional + notional(event.price, event.quantity)) as Money;
    order.filledQuantity = event.cumQuantity;
    order.updatedAt = event.at;
    this.adoptFill({ ordinal, ...rest });
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
    this.adopt({
      ...newOrder({ ...event, type: 'OrderAccepted', order: event.by, account: old.account }),
      replaces: old.ordinal,
      triggeredAt: old.triggeredAt,
      filledQuantity: old.filledQuantity,
      filledNotional: old.filledNotional,
    });
  }

  /** The order leaves the book and lets go of what it held. */
  private close(order: OrderEntry, state: OrderEntry['state']): void {
    if (order.state !== 'open')
      throw new Error(`expected an open order, found ${order.ordinal} ${order.state}`);
    this.setHold(order, ZERO_MONEY, ZERO_QUANTITY);
    order.state = state;
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

function newOrder(event: OrderAccepted): OrderEntry {
  return {
    ...event.terms,
    ordinal: event.order,
    account: event.account,
    acceptedAt: event.at,
    updatedAt: event.at,
    expiresAt: event.expiresAt,
    capPrice: event.capPrice,
    reserved: event.reserved,
    reservedQuantity: event.reservedQuantity,
    state: 'open',
    triggeredAt: null,
    filledQuantity: ZERO_QUANTITY,
    filledNotional: ZERO_MONEY,
    filledAt: null,
    canceledAt: null,
    cancelReason: null,
    expiredAt: null,
    replacedAt: null,
    replacedBy: null,
    replaces: null,
  };
}

function useKey(symbol: string, account: AccountOrdinal | null): string {
  return account === null ? symbol : `${symbol} ${account}`;
}

export function clientOrderKey(account: AccountOrdinal, clientOrderId: string): string {
  return `${account} ${clientOrderId}`;
}

/** What an order has been filled at on average; null before its first fill. */
export function filledAveragePrice(order: Order): Price | null {
  return order.filledQuantity === 0n ? null : averagePrice(order.filledNotional, order.filledQuantity);
}
