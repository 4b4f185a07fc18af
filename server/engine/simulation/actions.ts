/** What a corporate action does to positions and open orders: events, and nothing where nobody is concerned. */
import { newYorkDate } from '../calendar/new-york';
import type { DatedAction } from '../market/corporate-actions';
import type { Tape } from '../market/tape';
import { isClosing } from '../orders/order';
import { formatDecimal, money } from '../units/decimal';
import { absolute, BILLION, multiplyDivide, type Money, type Quantity } from '../units/fixed-point';
import type { OrderEntry } from './order-entry';
import type { Recorder } from './recorder';
import { afterSplit, isAdjustedBySplit } from './split';
import type { SimulationState } from './state';

type Of<Kind extends DatedAction['kind']> = Extract<DatedAction, { kind: Kind }>;

const CENT = money('0.01');

export class Actions {
  constructor(
    private readonly tape: Tape,
    private readonly state: SimulationState,
    private readonly recorder: Recorder,
  ) {}

  apply(action: DatedAction): void {
    switch (action.kind) {
      case 'split':
        this.split(action);
        break;
      case 'cash_dividend':
        this.payDividend(action);
        break;
      case 'symbol_change':
        this.rename(action);
        break;
    }
  }

  /** Orders that cannot go on in new shares are canceled first; exits are then cut to what they may exit. */
  private split({ symbol, at, newShares, oldShares }: Of<'split'>): void {
    const factor = { newShares, oldShares };
    if (!this.isConcerned(symbol)) return;
    for (const order of this.alive(symbol)) {
      const isAdjusted = isAdjustedBySplit(order) && afterSplit(order, factor).leaves > 0n;
      if (isAdjusted || isFamily(order)) continue;
      this.recorder.emit({ type: 'OrderCanceled', at, order: order.ordinal, reason: 'split' });
    }
    this.recorder.emit({ type: 'SplitApplied', at, symbol, newShares, oldShares });
    for (const order of this.alive(symbol)) this.fitExit(order, at);
  }

  /** A leg's quantity stays, unless fewer shares are left than it would close. */
  private fitExit(order: OrderEntry, at: number): void {
    if (order.state !== 'open' || order.reservedQuantity === 0n || !isClosing(order)) return;
    const position = this.state.ledger(order.account).position(order.symbol);
    const excess = position.heldQuantity - absolute(position.quantity);
    if (excess <= 0n) return;
    const left = order.reservedQuantity - excess;
    const leaves = left > 0n ? left - (left % BILLION) : 0n;
    for (const member of [...this.state.siblingsOf(order), order]) {
      if (member.state !== 'open') continue;
      if (leaves === 0n) {
        this.recorder.emit({ type: 'OrderCanceled', at, order: member.ordinal, reason: 'split' });
      } else {
        const quantity = (member.filledQuantity + leaves) as Quantity;
        this.recorder.emit({ type: 'OrderResized', at, order: member.ordinal, quantity });
      }
    }
  }

  /** Paid on the ex-date, as the source names no pay date: longs receive, shorts pay. */
  private payDividend({ symbol, at, cash }: Of<'cash_dividend'>): void {
    for (const { ordinal, positions } of this.state.ledgers) {
      const quantity = positions.get(symbol)?.quantity ?? (0n as Quantity);
      const amount = (multiplyDivide(quantity, cash, BILLION * CENT, 'half_up') * CENT) as Money;
      if (amount === 0n) continue;
      this.recorder.emit({
        type: 'CashPosted',
        posting: this.state.postings.length,
        account: ordinal,
        at,
        date: newYorkDate(at),
        activityType: 'DIV',
        amount,
        symbol,
        quantity,
        perShareAmount: cash,
        description: `Cash dividend of ${formatDecimal(cash)} a share`,
      });
    }
  }

  /** Only to a name that the session knows: else position and orders stay where they are. */
  private rename({ symbol, at, to }: Of<'symbol_change'>): void {
    if (symbol === to || this.tape.of(to) === undefined || !this.isConcerned(symbol)) return;
    this.recorder.emit({ type: 'SymbolChanged', at, symbol, to });
  }

  private isConcerned(symbol: string): boolean {
    const isHeld = this.state.ledgers.some(({ positions }) => (positions.get(symbol)?.quantity ?? 0n) !== 0n);
    return isHeld || this.alive(symbol).length > 0;
  }

  private alive(symbol: string): readonly OrderEntry[] {
    return [...this.state.open]
      .filter((order) => order.symbol === symbol)
      .sort((a, b) => a.ordinal - b.ordinal);
  }
}

/** Members of a bracket, oco or oto keep their prices and quantities (alpaca docs, "Bracket orders"). */
function isFamily({ orderClass }: OrderEntry): boolean {
  return orderClass !== 'simple';
}
