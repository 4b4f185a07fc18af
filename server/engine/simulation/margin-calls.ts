/** Holds accounts to their maintenance margin: called at a session's close, closed out at the next open. */
import type { Ledger } from '../account/ledger';
import { maintenanceMarginOf } from '../account/margin';
import { firstClosingAfter, nextClose, nextOpen } from '../calendar/trading-day';
import { absolute, type Money, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import { CALENDAR, MARGIN, pointAt, timeOf, type Point } from './instant';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';
import { marketDayOrder } from '../orders/market-order';
import type { Valuation } from './valuation';

export class MarginDesk {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly valuation: Valuation,
    private readonly recorder: Recorder,
  ) {}

  next(position: Point): Point {
    if (this.configuration.account.multiplier === '1') return Infinity;
    let next = Infinity;
    for (const ledger of this.state.ledgers) {
      if (isLent(ledger)) next = Math.min(next, closeAfter(position));
      const due = ledger.calledAt === null ? Infinity : pointAt(nextOpen(ledger.calledAt), CALENDAR);
      if (due > position) next = Math.min(next, due);
    }
    return next;
  }

  /** At a session's close, and only then. */
  call(at: EpochMs): void {
    for (const ledger of this.state.ledgers) {
      if (!isLent(ledger)) continue;
      const { equity, maintenanceMargin } = this.valuation.at(ledger, at);
      if (equity >= maintenanceMargin) continue;
      const deficiency = (maintenanceMargin - equity) as Money;
      const account = ledger.ordinal;
      this.recorder.emit({ type: 'MarginCalled', at, account, equity, maintenanceMargin, deficiency });
    }
  }

  /**
   * At the open after a call that was not met by then, the house closes whole positions at the market, the
   * largest first, until equity covers what is left. A broker may choose any; this choice closes the fewest.
   */
  liquidate(at: EpochMs): void {
    for (const ledger of this.state.ledgers) {
      if (ledger.calledAt === null || nextOpen(ledger.calledAt) !== at) continue;
      const { equity, maintenanceMargin } = this.valuation.at(ledger, at);
      let needed: bigint = maintenanceMargin;
      for (const holding of this.largestFirst(ledger, at)) {
        if (equity >= needed) break;
        needed -= maintenanceMarginOf(holding);
        this.close(ledger, holding.symbol, holding.quantity, at);
      }
    }
  }

  private largestFirst(ledger: Ledger, at: EpochMs) {
    return [...this.valuation.holdings(ledger, at)].sort((a, b) => {
      const [left, right] = [absolute(a.marketValue), absolute(b.marketValue)];
      return left === right ? (a.symbol < b.symbol ? -1 : 1) : left > right ? -1 : 1;
    });
  }

  private close(ledger: Ledger, symbol: string, quantity: Quantity, at: EpochMs): void {
    const own = [...this.state.open].filter(
      (order) => order.account === ledger.ordinal && order.symbol === symbol,
    );
    for (const order of own.sort((a, b) => a.ordinal - b.ordinal))
      this.recorder.emit({ type: 'OrderCanceled', at, order: order.ordinal, reason: 'margin_call' });
    const size = absolute(quantity);
    this.recorder.emit({
      type: 'OrderAccepted',
      at,
      account: ledger.ordinal,
      order: this.state.orders.length,
      terms: marketDayOrder(symbol, quantity > 0n ? 'sell' : 'buy', size),
      positionIntent: quantity > 0n ? 'sell_to_close' : 'buy_to_close',
      parent: null,
      legs: [],
      isHeld: false,
      reserved: 0n as Money,
      reservedQuantity: size,
      capPrice: null,
      expiresAt: firstClosingAfter(at).close,
    });
  }
}

/** Owes money or shares: nothing else can fall under its maintenance margin. */
export function isLent(ledger: Ledger): boolean {
  if (ledger.cash < 0n) return true;
  for (const { quantity } of ledger.held()) if (quantity < 0n) return true;
  return false;
}

function closeAfter(position: Point): Point {
  const point = pointAt(nextClose(timeOf(position) - 1), MARGIN);
  return point > position ? point : pointAt(nextClose(timeOf(position)), MARGIN);
}
