/** An SMA-cross bot (10/30 minutes) that trades with market, limit and stop orders, and keeps its own books. */
import type { BotOrder, Broker } from './broker';
import { OwnLedger } from './own-ledger';

const FAST = 10;
const SLOW = 30;
const SHARES = '100';
const STOP_BELOW = 0.998;
/** Prices that cross the spread, so that a limit order fills at once. */
const MARKETABLE_CENTS = 10;

export type OrderKind = BotOrder['type'];
type Signal = 'up' | 'down' | null;

export class SmaBot {
  readonly ledger: OwnLedger;
  /** How many fills came from orders of each type. */
  readonly fillsOf: Record<OrderKind, number> = { market: 0, limit: 0, stop: 0 };
  private readonly closes: number[] = [];
  private readonly kinds = new Map<string, OrderKind>();
  private lastFill: string | null = null;
  private wasAbove: boolean | null = null;
  private orders = 0;

  constructor(
    private readonly broker: Broker,
    private readonly symbol: string,
    cash: bigint,
  ) {
    this.ledger = new OwnLedger(cash);
  }

  /** Fills the averages with what was traded before the session. */
  async warmUp(since: Date): Promise<number> {
    this.closes.push(...(await this.broker.closesSince(this.symbol, since)));
    this.signal();
    return this.closes.length;
  }

  /** One simulated minute: read, keep the books, decide. */
  async minute(): Promise<void> {
    if (!(await this.broker.isOpen())) return;
    this.closes.push(await this.broker.latestClose(this.symbol));
    await this.keepBooks();
    const signal = this.signal();
    const open = await this.broker.openOrders();
    if (signal === 'up' && this.ledger.isFlat && open.length === 0) await this.enter();
    else if (signal === 'down' && !this.ledger.isFlat) await this.exit();
    else if (!this.ledger.isFlat && open.length === 0) await this.protect();
  }

  async keepBooks(): Promise<void> {
    for (const fill of await this.broker.fillsAfter(this.lastFill)) {
      this.ledger.add(fill);
      const kind = this.kinds.get(fill.orderId);
      if (kind === undefined)
        throw new Error(`expected a fill of an order of this bot, found ${fill.orderId}`);
      this.fillsOf[kind]++;
      this.lastFill = fill.id;
    }
  }

  private signal(): Signal {
    if (this.closes.length < SLOW) return null;
    const mean = (length: number): number =>
      this.closes.slice(-length).reduce((sum, close) => sum + close, 0) / length;
    const isAbove = mean(FAST) > mean(SLOW);
    const before = this.wasAbove;
    this.wasAbove = isAbove;
    if (before === null || before === isAbove) return null;
    return isAbove ? 'up' : 'down';
  }

  private enter(): Promise<void> {
    return this.orders % 2 === 0
      ? this.place({ qty: SHARES, side: 'buy', type: 'market', timeInForce: 'day' })
      : this.place({ qty: SHARES, side: 'buy', type: 'limit', timeInForce: 'day', price: this.near(+1) });
  }

  private async exit(): Promise<void> {
    await this.broker.cancelAll();
    await this.keepBooks();
    if (this.ledger.isFlat) return;
    const qty = this.ledger.shares;
    if (this.orders % 2 === 0) await this.place({ qty, side: 'sell', type: 'market', timeInForce: 'day' });
    else await this.place({ qty, side: 'sell', type: 'limit', timeInForce: 'ioc', price: this.near(-1) });
  }

  private protect(): Promise<void> {
    const price = (Math.round(this.last * STOP_BELOW * 100) / 100).toFixed(2);
    return this.place({ qty: this.ledger.shares, side: 'sell', type: 'stop', timeInForce: 'gtc', price });
  }

  private get last(): number {
    return this.closes.at(-1) ?? NaN;
  }

  private near(direction: 1 | -1): string {
    return ((Math.round(this.last * 100) + direction * MARKETABLE_CENTS) / 100).toFixed(2);
  }

  private async place(order: Omit<BotOrder, 'symbol' | 'clientOrderId'>): Promise<void> {
    const clientOrderId = `sma-${(this.orders += 1)}`;
    const placed = await this.broker.place({ ...order, symbol: this.symbol, clientOrderId });
    this.kinds.set(placed.id, order.type);
    await this.keepBooks();
  }
}
