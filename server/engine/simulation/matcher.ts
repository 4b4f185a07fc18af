/** Turns what the matching planned into events: the only maker of triggers, fills and what follows from them. */
import { BarContext } from '../matching/bar-context';
import { matchClose, matchOpen, type AccountTerms } from '../matching/match';
import { priceOf } from '../matching/price-rules';
import type { TrailMarks } from '../matching/trail-marks';
import type { Step } from '../matching/walk';
import { quoteAt } from '../market/quotes';
import { REGULAR, type SymbolTape } from '../market/tape';
import type { AccountOrdinal, Order } from '../orders/order';
import type { Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';
import type { Valuation } from './valuation';

export class Matcher {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly valuation: Valuation,
    private readonly marks: TrailMarks,
    private readonly recorder: Recorder,
  ) {}

  /** Offers the open of a bar to `orders`; nothing of the bar but its open is looked at. */
  open(tape: SymbolTape, index: number, orders: readonly Order[]): void {
    const barTime = tape.openAt[index] as number;
    const bar = this.bar(tape, index);
    const all = this.withFamilies(orders);
    const offered = all === orders ? null : new Set(orders);
    for (const [account, own] of byAccount(all, barTime)) {
      const terms = this.terms(account, tape.symbol, barTime);
      this.carryOut(matchOpen(bar, own, offered, terms), barTime, barTime);
    }
  }

  /** Walks a bar that has closed. */
  close(tape: SymbolTape, index: number, orders: readonly Order[]): void {
    const barTime = tape.openAt[index] as number;
    const bar = this.bar(tape, index);
    for (const [account, own] of byAccount(this.withFamilies(orders), barTime)) {
      const terms = this.terms(account, tape.symbol, barTime);
      this.carryOut(matchClose(bar, own, terms), barTime, tape.closeAt(index));
    }
  }

  /**
   * The closing auction of a session: the last regular bar that ended after the order came, at its close and
   * without slippage. False when there is no such bar.
   */
  closingAuction(tape: SymbolTape, order: Order, at: EpochMs): boolean {
    let index = tape.lastClosed(at);
    while (index >= 0 && tape.sessions[index] !== REGULAR) index--;
    if (index < 0 || tape.closeAt(index) <= order.acceptedAt) return false;
    const price = priceOf(tape.bars.close[index] as number);
    const isGood =
      order.limitPrice === null ||
      (order.side === 'buy' ? price <= order.limitPrice : price >= order.limitPrice);
    const quantity = ((order.quantity ?? 0n) - order.filledQuantity) as Quantity;
    if (!isGood || quantity <= 0n) return false;
    const step = { kind: 'fill', order, price, quantity, isLast: true, tags: ['auction_proxy'] } as const;
    this.carryOut([step], tape.openAt[index] as number, at);
    return true;
  }

  /** Legs and siblings come along: one's fill wakes, cuts or ends the others on the same path. */
  private withFamilies(orders: readonly Order[]): readonly Order[] {
    if (!orders.some((order) => order.parent !== null || order.legs.length > 0)) return orders;
    const [only] = orders;
    if (only !== undefined && orders.length === 1) return this.withFamilyOf(only, orders);
    const all = new Set(orders);
    for (const order of orders) {
      for (const leg of order.legs) this.addAlive(all, leg);
      if (order.parent === null) continue;
      this.addAlive(all, order.parent);
      for (const sibling of this.state.order(order.parent).legs) this.addAlive(all, sibling);
    }
    return all.size === orders.length ? orders : [...all].sort((a, b) => a.ordinal - b.ordinal);
  }

  /** The same for one order, as most are: nobody is met twice, so that no set is needed. */
  private withFamilyOf(order: Order, alone: readonly Order[]): readonly Order[] {
    const members: Order[] = [order];
    for (const leg of order.legs) this.pushAlive(members, leg);
    if (order.parent !== null) {
      this.pushAlive(members, order.parent);
      for (const sibling of this.state.order(order.parent).legs)
        if (sibling !== order.ordinal) this.pushAlive(members, sibling);
    }
    return members.length === 1 ? alone : members.sort((a, b) => a.ordinal - b.ordinal);
  }

  private pushAlive(members: Order[], ordinal: number): void {
    const order = this.state.order(ordinal);
    if (order.state === 'open' || order.state === 'held') members.push(order);
  }

  private addAlive(all: Set<Order>, ordinal: number): void {
    const order = this.state.order(ordinal);
    if (order.state === 'open' || order.state === 'held') all.add(order);
  }

  private bar(tape: SymbolTape, index: number): BarContext {
    const quote = quoteAt(tape.quotes, tape.openAt[index] as number);
    return new BarContext(this.configuration, tape, index, quote, this.marks, this.configuration.seed);
  }

  private terms(account: AccountOrdinal, symbol: string, barTime: EpochMs): AccountTerms {
    const ledger = this.state.ledger(account);
    const { volume } = this.configuration;
    const scope = volume.model === 'participation' && volume.scope === 'session' ? null : account;
    return {
      // Buying power that no order holds, cash or margin (valuation.ts): what a fill may cost beyond its own hold.
      free: this.valuation.free(ledger, barTime),
      freeQuantity: ledger.freeQuantity(symbol),
      position: ledger.positions.get(symbol)?.quantity ?? (0n as Quantity),
      used: this.state.usedIn(barTime, symbol, scope),
    };
  }

  private carryOut(steps: readonly Step[], barTime: EpochMs, at: EpochMs): void {
    for (const step of steps) this.recorder.emit(this.eventOf(step, barTime, at));
  }

  private eventOf(step: Step, barTime: EpochMs, at: EpochMs): SimulationEvent {
    const order = step.order.ordinal;
    switch (step.kind) {
      case 'trigger': {
        const { price, highWaterMark } = step;
        return { type: 'OrderTriggered', at, order, price, highWaterMark };
      }
      case 'cancel':
        return { type: 'OrderCanceled', at, order, reason: step.reason };
      case 'activate':
        return { type: 'OrderActivated', at, order, quantity: step.quantity };
      case 'resize':
        return { type: 'OrderResized', at, order, quantity: step.quantity };
      case 'fill':
        return this.filled(step, barTime, at);
    }
  }

  private filled(step: Extract<Step, { kind: 'fill' }>, barTime: EpochMs, at: EpochMs): SimulationEvent {
    const { order, price, quantity, isLast, tags } = step;
    const position = this.state.ledger(order.account).positions.get(order.symbol)?.quantity ?? 0n;
    const cumQuantity = (order.filledQuantity + quantity) as Quantity;
    return {
      type: 'OrderFilled',
      fill: this.state.fills.length,
      order: order.ordinal,
      account: order.account,
      symbol: order.symbol,
      side: order.side,
      at,
      barTime,
      price,
      quantity,
      leavesQuantity: (order.quantity === null ? 0n : order.quantity - cumQuantity) as Quantity,
      isLast,
      cumQuantity,
      positionQuantity: (order.side === 'buy' ? position + quantity : position - quantity) as Quantity,
      tags,
    };
  }
}

/** Orders that were there when the bar opened, by account; accounts by their oldest order. */
function byAccount(
  orders: readonly Order[],
  barTime: EpochMs,
): readonly (readonly [AccountOrdinal, readonly Order[]])[] {
  const [only] = orders;
  if (only !== undefined && orders.length === 1) {
    return only.acceptedAt > barTime ? [] : [[only.account, orders]];
  }
  if (
    only !== undefined &&
    orders.every((order) => order.account === only.account && order.acceptedAt <= barTime)
  )
    return [[only.account, orders]];
  const groups = new Map<AccountOrdinal, Order[]>();
  for (const order of orders) {
    if (order.acceptedAt > barTime) continue;
    const group = groups.get(order.account);
    if (group === undefined) groups.set(order.account, [order]);
    else group.push(order);
  }
  return [...groups];
}
