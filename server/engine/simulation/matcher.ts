/** Turns what the matching planned into events: the only maker of triggers, fills and their cancellations. */
import { matchClose, matchOpen, type AccountTerms } from '../matching/match';
import type { Step } from '../matching/walk';
import type { SymbolTape } from '../market/tape';
import type { AccountOrdinal, Order } from '../orders/order';
import type { Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';

export class Matcher {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly recorder: Recorder,
  ) {}

  /** Offers the open of a bar to `orders`; nothing of the bar but its open is looked at. */
  open(tape: SymbolTape, index: number, orders: readonly Order[]): void {
    const barTime = tape.openAt[index] as number;
    for (const [account, own] of byAccount(orders, barTime)) {
      const terms = this.terms(account, tape.symbol, barTime);
      this.carryOut(matchOpen(this.configuration, tape, index, own, terms), barTime, barTime);
    }
  }

  /** Walks a bar that has closed. */
  close(tape: SymbolTape, index: number, orders: readonly Order[]): void {
    const barTime = tape.openAt[index] as number;
    for (const [account, own] of byAccount(orders, barTime)) {
      const terms = this.terms(account, tape.symbol, barTime);
      this.carryOut(matchClose(this.configuration, tape, index, own, terms), barTime, tape.closeAt(index));
    }
  }

  private terms(account: AccountOrdinal, symbol: string, barTime: EpochMs): AccountTerms {
    const ledger = this.state.ledger(account);
    const { volume } = this.configuration;
    const scope = volume.model === 'participation' && volume.scope === 'session' ? null : account;
    return {
      free: ledger.free,
      freeQuantity: ledger.freeQuantity(symbol),
      position: ledger.positions.get(symbol)?.quantity ?? (0n as Quantity),
      used: this.state.usedIn(barTime, symbol, scope),
    };
  }

  private carryOut(steps: readonly Step[], barTime: EpochMs, at: EpochMs): void {
    for (const step of steps) {
      const order = step.order.ordinal;
      if (step.kind === 'trigger')
        this.recorder.emit({ type: 'OrderTriggered', at, order, price: step.price });
      else if (step.kind === 'cancel')
        this.recorder.emit({ type: 'OrderCanceled', at, order, reason: step.reason });
      else this.recorder.emit(this.filled(step, barTime, at));
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
function byAccount(orders: readonly Order[], barTime: EpochMs): Map<AccountOrdinal, Order[]> {
  const groups = new Map<AccountOrdinal, Order[]>();
  for (const order of orders) {
    if (order.acceptedAt > barTime) continue;
    const group = groups.get(order.account);
    if (group === undefined) groups.set(order.account, [order]);
    else group.push(order);
  }
  return groups;
}
