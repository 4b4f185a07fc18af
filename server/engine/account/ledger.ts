/** One account's money and positions: exact, long only, changed only by what the log says happened. */
import type { AccountOrdinal, Fill, Order } from '../orders/order';
import { BarUse } from '../orders/bar-use';
import { multiplyDivide, notional, type Money, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export interface Position {
  readonly symbol: string;
  quantity: Quantity;
  /** What the quantity cost, by weighted average. */
  costBasis: Money;
  /** In open sell orders. */
  heldQuantity: Quantity;
  /** What the account has taken of the bar that it traded in last. */
  readonly use: BarUse;
}

const ZERO_MONEY = 0n as Money;
const ZERO_QUANTITY = 0n as Quantity;

export class Ledger {
  reserved: Money = ZERO_MONEY;
  realizedProfit: Money = ZERO_MONEY;
  readonly positions = new Map<string, Position>();

  constructor(
    readonly ordinal: AccountOrdinal,
    readonly openedAt: EpochMs,
    public cash: Money,
  ) {}

  /** Cash that no open order holds: the buying power of a cash account. */
  get free(): Money {
    return (this.cash - this.reserved) as Money;
  }

  position(symbol: string): Position {
    const known = this.positions.get(symbol);
    if (known !== undefined) return known;
    const position = {
      symbol,
      quantity: ZERO_QUANTITY,
      costBasis: ZERO_MONEY,
      heldQuantity: ZERO_QUANTITY,
      use: new BarUse(),
    };
    this.positions.set(symbol, position);
    return position;
  }

  /** Shares of a symbol that no open order holds. */
  freeQuantity(symbol: string): Quantity {
    const position = this.positions.get(symbol);
    return position === undefined ? ZERO_QUANTITY : ((position.quantity - position.heldQuantity) as Quantity);
  }

  /** Holds buying power or shares for an order, or lets go of them with negative amounts. */
  hold(symbol: string, reserved: Money, reservedQuantity: Quantity): void {
    this.reserved = (this.reserved + reserved) as Money;
    if (reservedQuantity === 0n) return;
    const position = this.position(symbol);
    position.heldQuantity = (position.heldQuantity + reservedQuantity) as Quantity;
  }

  /** Moves cash and shares for one execution. A sale takes its share of the cost basis along. */
  settle(fill: Pick<Fill, 'symbol' | 'side' | 'price' | 'quantity'>): void {
    const position = this.position(fill.symbol);
    const value = notional(fill.price, fill.quantity);
    if (fill.side === 'buy') {
      this.cash = (this.cash - value) as Money;
      position.quantity = (position.quantity + fill.quantity) as Quantity;
      position.costBasis = (position.costBasis + value) as Money;
      return;
    }
    const basis = multiplyDivide(position.costBasis, fill.quantity, position.quantity, 'half_up') as Money;
    this.cash = (this.cash + value) as Money;
    position.quantity = (position.quantity - fill.quantity) as Quantity;
    position.costBasis = (position.costBasis - basis) as Money;
    this.realizedProfit = (this.realizedProfit + value - basis) as Money;
  }
}

/** What an order still holds after a fill: nothing when it is done, else its share of what is left. */
export function holdAfterFill(
  order: Pick<Order, 'side' | 'quantity' | 'reserved' | 'reservedQuantity'>,
  fill: Pick<Fill, 'price' | 'quantity' | 'leavesQuantity'>,
  isDone: boolean,
): { reserved: Money; reservedQuantity: Quantity } {
  if (isDone) return { reserved: ZERO_MONEY, reservedQuantity: ZERO_QUANTITY };
  if (order.side === 'sell') {
    const left = order.reservedQuantity - fill.quantity;
    return { reserved: ZERO_MONEY, reservedQuantity: (left > 0n ? left : 0n) as Quantity };
  }
  if (order.quantity === null) {
    const left = order.reserved - notional(fill.price, fill.quantity);
    return { reserved: (left > 0n ? left : 0n) as Money, reservedQuantity: ZERO_QUANTITY };
  }
  const before = fill.leavesQuantity + fill.quantity;
  const used = multiplyDivide(order.reserved, fill.quantity, before, 'down');
  return { reserved: (order.reserved - used) as Money, reservedQuantity: ZERO_QUANTITY };
}
