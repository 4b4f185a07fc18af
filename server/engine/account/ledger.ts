/** One account's money and positions: exact, long and short, changed only by what the log says happened. */
import { isClosing, type AccountOrdinal, type Fill, type Order } from '../orders/order';
import { BarUse } from '../orders/bar-use';
import { absolute, multiplyDivide, notional, type Money, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export interface Position {
  readonly symbol: string;
  /** Negative when short. */
  quantity: Quantity;
  /** What the quantity cost, by weighted average: negative when short, as a short sale brings money. */
  costBasis: Money;
  /** Shares that open orders to close it hold: a size, for longs and shorts alike. */
  heldQuantity: Quantity;
  /** Open orders that open or add to it, by side. */
  readonly opening: { buy: number; sell: number };
  /** What the account has taken of the bar that it traded in last. */
  readonly use: BarUse;
}

const ZERO_MONEY = 0n as Money;
const ZERO_QUANTITY = 0n as Quantity;

export class Ledger {
  reserved: Money = ZERO_MONEY;
  realizedProfit: Money = ZERO_MONEY;
  /** When its equity was last found too small; null once that was settled. */
  calledAt: EpochMs | null = null;
  readonly positions = new Map<string, Position>();
  private readonly standing = new Set<Position>();

  constructor(
    readonly ordinal: AccountOrdinal,
    readonly openedAt: EpochMs,
    public cash: Money,
  ) {}

  /** Cash that no open order holds. What may be spent also depends on margin: simulation/valuation.ts. */
  get freeCash(): Money {
    return (this.cash - this.reserved) as Money;
  }

  /** The positions that are there: not those that were closed. */
  held(): Iterable<Position> {
    return this.standing;
  }

  position(symbol: string): Position {
    const known = this.positions.get(symbol);
    if (known !== undefined) return known;
    const position = {
      symbol,
      quantity: ZERO_QUANTITY,
      costBasis: ZERO_MONEY,
      heldQuantity: ZERO_QUANTITY,
      opening: { buy: 0, sell: 0 },
      use: new BarUse(),
    };
    this.positions.set(symbol, position);
    return position;
  }

  /** Shares of a long or short position that no open order holds. */
  freeQuantity(symbol: string): Quantity {
    const position = this.positions.get(symbol);
    if (position === undefined) return ZERO_QUANTITY;
    return (absolute(position.quantity) - position.heldQuantity) as Quantity;
  }

  /** Sets what a position is: for restoring, and for what happens to it without a trade. */
  setPosition(symbol: string, quantity: Quantity, costBasis: Money): void {
    const position = this.position(symbol);
    position.quantity = quantity;
    position.costBasis = costBasis;
    if (quantity === 0n) this.standing.delete(position);
    else this.standing.add(position);
  }

  /** Holds buying power or shares for an order, or lets go of them with negative amounts. */
  hold(symbol: string, reserved: Money, reservedQuantity: Quantity): void {
    this.reserved = (this.reserved + reserved) as Money;
    if (reservedQuantity === 0n) return;
    const position = this.position(symbol);
    position.heldQuantity = (position.heldQuantity + reservedQuantity) as Quantity;
  }

  post(amount: Money): void {
    this.cash = (this.cash + amount) as Money;
  }

  /** What was held as `symbol` is held as `to`: shares, cost and what orders hold of them. */
  rename(symbol: string, to: string): void {
    const from = this.positions.get(symbol);
    if (from === undefined) return;
    const known = this.position(to);
    this.setPosition(
      to,
      (known.quantity + from.quantity) as Quantity,
      (known.costBasis + from.costBasis) as Money,
    );
    known.heldQuantity = (known.heldQuantity + from.heldQuantity) as Quantity;
    known.opening.buy += from.opening.buy;
    known.opening.sell += from.opening.sell;
    from.opening.buy = from.opening.sell = 0;
    this.setPosition(symbol, ZERO_QUANTITY, ZERO_MONEY);
    from.heldQuantity = ZERO_QUANTITY;
  }

  /**
   * Moves cash and shares for one execution. What closes takes its share of the cost basis along; one fill
   * never turns a long position into a short one or back: acceptance sees to that.
   */
  settle(fill: Pick<Fill, 'symbol' | 'side' | 'price' | 'quantity'>, value: Money): void {
    const { quantity, costBasis } = this.position(fill.symbol);
    const flow = fill.side === 'buy' ? -value : value;
    const change = fill.side === 'buy' ? fill.quantity : -fill.quantity;
    this.cash = (this.cash + flow) as Money;
    if (quantity === 0n || quantity > 0n === change > 0n) {
      this.setPosition(fill.symbol, (quantity + change) as Quantity, (costBasis - flow) as Money);
      return;
    }
    const size = absolute(quantity);
    if (fill.quantity > size) throw new Error(`expected to close at most ${size}, found ${fill.quantity}`);
    const basis = multiplyDivide(costBasis, fill.quantity, size, 'half_up') as Money;
    this.setPosition(fill.symbol, (quantity + change) as Quantity, (costBasis - basis) as Money);
    this.realizedProfit = (this.realizedProfit + flow - basis) as Money;
  }
}

/** What an order still holds after a fill: nothing when it is done, else its share of what is left. */
export function holdAfterFill(
  order: Pick<Order, 'positionIntent' | 'quantity' | 'reserved' | 'reservedQuantity'>,
  fill: Pick<Fill, 'price' | 'quantity' | 'leavesQuantity'>,
  isDone: boolean,
): { reserved: Money; reservedQuantity: Quantity } {
  if (isDone) return { reserved: ZERO_MONEY, reservedQuantity: ZERO_QUANTITY };
  if (isClosing(order)) {
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
