/** Deposits and withdrawals. */
import { newYorkDate } from '../calendar/new-york';
import type { Money } from '../units/fixed-point';
import type { AdjustCash } from './command';
import type { Recorder } from './recorder';
import type { Rejection } from './rejection';
import type { SimulationState } from './state';
import type { Valuation } from './valuation';

export class CashDesk {
  constructor(
    private readonly state: SimulationState,
    private readonly valuation: Valuation,
    private readonly recorder: Recorder,
  ) {}

  adjust({ account, amount }: AdjustCash): Rejection | null {
    const ledger = this.state.ledgers[account];
    if (ledger === undefined) return { code: 'account_not_found', account };
    if (amount === 0n) return { code: 'cash_adjustment_zero' };
    const { now } = this.state;
    const required = -amount as Money;
    const available = this.valuation.withdrawable(ledger, now);
    if (required > available) return { code: 'insufficient_withdrawable_cash', required, available };
    this.recorder.emit({
      type: 'CashPosted',
      posting: this.state.postings.length,
      account,
      at: now,
      date: newYorkDate(now),
      activityType: amount > 0n ? 'CSD' : 'CSW',
      amount,
      symbol: null,
      quantity: null,
      perShareAmount: null,
      description: amount > 0n ? 'Cash deposit' : 'Cash withdrawal',
    });
    return null;
  }
}
