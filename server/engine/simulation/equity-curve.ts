/** An account's equity at earlier times, told again from its fills, its postings and the tape: nothing is kept for it. */
import type { Ledger } from '../account/ledger';
import type { Fill } from '../orders/order';
import { notional, type Money, type Price, type Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { CashPosting } from './event';
import type { MarketPrices } from './market-prices';
import type { SimulationState } from './state';

interface Held {
  quantity: Quantity;
  /** Of its newest fill, for the time before its first bar. */
  paid: Price;
}

type Change =
  | { readonly at: EpochMs; readonly fill: Fill; readonly posting?: undefined }
  | { readonly at: EpochMs; readonly posting: CashPosting; readonly fill?: undefined };

/** Asked for ascending times, it goes through the account's changes once. */
export class EquityCurve {
  readonly openingCash: Money;
  private readonly changes: readonly Change[];
  private next = 0;
  private time: EpochMs;
  private cash: Money;
  private held = new Map<string, Held>();

  constructor(
    ledger: Ledger,
    state: SimulationState,
    private readonly prices: MarketPrices,
  ) {
    this.changes = changesOf(ledger, state);
    let cash: bigint = ledger.cash;
    for (const change of this.changes) cash -= flowOf(change);
    this.openingCash = cash as Money;
    this.cash = this.openingCash;
    this.time = ledger.openedAt;
  }

  /** Equity at `time`, with all that happened up to and at it. `onPosting` hears of each posting on the way. */
  at(time: EpochMs, onPosting?: (posting: CashPosting) => void): Money {
    for (; this.next < this.changes.length; this.next++) {
      const change = this.changes[this.next];
      if (change === undefined || change.at > time) break;
      this.goTo(change.at);
      this.apply(change);
      if (change.posting !== undefined) onPosting?.(change.posting);
    }
    this.goTo(time);
    let equity: bigint = this.cash;
    for (const [symbol, { quantity, paid }] of this.held) {
      equity += notional(this.prices.lastAt(symbol, time) ?? paid, quantity);
    }
    return equity as Money;
  }

  private apply(change: Change): void {
    this.cash = (this.cash + flowOf(change)) as Money;
    if (change.fill === undefined) return;
    const { symbol, side, quantity, price } = change.fill;
    const known = this.held.get(symbol)?.quantity ?? 0n;
    const after = (side === 'buy' ? known + quantity : known - quantity) as Quantity;
    if (after === 0n) this.held.delete(symbol);
    else this.held.set(symbol, { quantity: after, paid: price });
  }

  /** Positions in the shares and under the names of `time`. */
  private goTo(time: EpochMs): void {
    if (time <= this.time) return;
    if (this.prices.hasActions(this.time, time)) {
      const held = new Map<string, Held>();
      for (const [symbol, { quantity, paid }] of this.held) {
        const shares = this.prices.inSharesOf(symbol, quantity, this.time, time);
        held.set(this.prices.nameAt(symbol, this.time, time), { quantity: shares, paid });
      }
      this.held = held;
    }
    this.time = time;
  }
}

function flowOf({ fill, posting }: Change): bigint {
  if (fill === undefined) return posting.amount;
  const value = notional(fill.price, fill.quantity);
  return fill.side === 'buy' ? -value : value;
}

/** By time; at one time as the log has it matters not, as only sums are asked for. */
function changesOf({ ordinal }: Ledger, { fills, postings }: SimulationState): readonly Change[] {
  const changes: Change[] = [];
  for (const fill of fills) if (fill.account === ordinal) changes.push({ at: fill.at, fill });
  for (const posting of postings) if (posting.account === ordinal) changes.push({ at: posting.at, posting });
  return changes.sort((a, b) => a.at - b.at);
}
