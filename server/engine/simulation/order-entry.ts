/** The engine's own, writable side of an order. */
import type {
  CancelReason,
  Order,
  OrderOrdinal,
  OrderState,
  OrderTerms,
  PositionIntent,
} from '../orders/order';
import type { Money, Price, Quantity, Ratio } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { OrderAccepted } from './event';

/** What an acceptance and a replacement have in common. */
type Accepted = Pick<
  OrderAccepted,
  'at' | 'positionIntent' | 'reserved' | 'reservedQuantity' | 'capPrice' | 'expiresAt'
> & { readonly terms: Omit<OrderTerms, 'takeProfit' | 'stopLoss'> };

const NO_LEGS: readonly OrderOrdinal[] = [];

/** A class and not a literal: every order has the same shape, which the hot loop counts on. */
export class OrderEntry implements Order {
  symbol: string;
  readonly side: Order['side'];
  readonly type: Order['type'];
  readonly timeInForce: Order['timeInForce'];
  quantity: Quantity | null;
  readonly notional: Money | null;
  limitPrice: Price | null;
  readonly stopPrice: Price | null;
  readonly trailPrice: Price | null;
  readonly trailPercent: Ratio | null;
  readonly extendedHours: boolean;
  readonly orderClass: Order['orderClass'];
  readonly clientOrderId: string | null;
  readonly positionIntent: PositionIntent;
  parent: OrderOrdinal | null = null;
  legs: readonly OrderOrdinal[] = NO_LEGS;
  readonly acceptedAt: EpochMs;
  updatedAt: EpochMs;
  readonly expiresAt: EpochMs | null;
  readonly capPrice: Price | null;
  reserved: Money;
  reservedQuantity: Quantity;
  state: OrderState = 'open';
  triggeredAt: EpochMs | null = null;
  highWaterMark: Price | null = null;
  filledQuantity = 0n as Quantity;
  filledNotional = 0n as Money;
  filledAt: EpochMs | null = null;
  canceledAt: EpochMs | null = null;
  cancelReason: CancelReason | null = null;
  expiredAt: EpochMs | null = null;
  replacedAt: EpochMs | null = null;
  replacedBy: OrderOrdinal | null = null;
  replaces: OrderOrdinal | null;

  /** `replaced` gives way to this one, which carries on what was filled of it. */
  constructor(
    accepted: Accepted,
    readonly ordinal: OrderOrdinal,
    readonly account: number,
    replaced: Order | null,
  ) {
    const { at, terms } = accepted;
    this.symbol = terms.symbol;
    this.side = terms.side;
    this.type = terms.type;
    this.timeInForce = terms.timeInForce;
    this.quantity = terms.quantity;
    this.notional = terms.notional;
    this.limitPrice = terms.limitPrice;
    this.stopPrice = terms.stopPrice;
    this.trailPrice = terms.trailPrice;
    this.trailPercent = terms.trailPercent;
    this.extendedHours = terms.extendedHours;
    this.orderClass = terms.orderClass;
    this.clientOrderId = terms.clientOrderId;
    this.positionIntent = accepted.positionIntent;
    this.acceptedAt = at;
    this.updatedAt = at;
    this.expiresAt = accepted.expiresAt;
    this.capPrice = accepted.capPrice;
    this.reserved = accepted.reserved;
    this.reservedQuantity = accepted.reservedQuantity;
    this.replaces = replaced?.ordinal ?? null;
    if (replaced === null) return;
    this.parent = replaced.parent;
    this.legs = replaced.legs;
    this.triggeredAt = replaced.triggeredAt;
    this.highWaterMark = replaced.highWaterMark;
    this.filledQuantity = replaced.filledQuantity;
    this.filledNotional = replaced.filledNotional;
  }

  /** The order that a snapshot holds. */
  static restore(stored: Order): OrderEntry {
    const accepted = { ...stored, at: stored.acceptedAt, terms: stored };
    const order = new OrderEntry(accepted, stored.ordinal, stored.account, null);
    order.updatedAt = stored.updatedAt;
    order.state = stored.state;
    order.parent = stored.parent;
    order.legs = stored.legs;
    order.triggeredAt = stored.triggeredAt;
    order.highWaterMark = stored.highWaterMark;
    order.filledQuantity = stored.filledQuantity;
    order.filledNotional = stored.filledNotional;
    order.filledAt = stored.filledAt;
    order.canceledAt = stored.canceledAt;
    order.cancelReason = stored.cancelReason;
    order.expiredAt = stored.expiredAt;
    order.replacedAt = stored.replacedAt;
    order.replacedBy = stored.replacedBy;
    order.replaces = stored.replaces;
    return order;
  }
}
