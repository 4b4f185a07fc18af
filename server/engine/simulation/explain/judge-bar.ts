/** One bar against one order that it did not fill: the code and how far away the market stayed. */
import { budgetOf } from '../../matching/match';
import { isReached, priceOf, quantityOf, reachOf } from '../../matching/price-rules';
import { EXTENDED, REGULAR, type SymbolTape } from '../../market/tape';
import type { Order } from '../../orders/order';
import type { MatchingPolicies } from '../../orders/policies';
import { trailStop } from '../../orders/stage';
import { absolute, multiplyDivide, type Price } from '../../units/fixed-point';
import type { EpochMs } from '../../units/time';
import type { ExplanationCode, NearestMiss } from './explanation';

export interface BarVerdict {
  readonly code: ExplanationCode;
  readonly nearest: NearestMiss | null;
}

export interface JudgeTerms {
  readonly policies: MatchingPolicies;
  /** High-water mark of a trailing stop before the bar. */
  readonly markBefore: (index: number) => Price | null;
  readonly now: EpochMs;
  /** When the order's parent filled; null for an order without a parent, Infinity while it is held. */
  readonly liveFrom: EpochMs | null;
}

/** Why the bar at `index`, which has closed, left the order as it was. */
export function judgeBar(order: Order, tape: SymbolTape, index: number, terms: JudgeTerms): BarVerdict {
  const barTime = tape.openAt[index] as number;
  const session = tape.sessions[index];
  if (barTime < order.acceptedAt) return plain('SUBMITTED_MID_BAR');
  if (terms.liveFrom !== null && tape.closeAt(index) <= terms.liveFrom) return plain('HELD_BY_PARENT');
  if (order.timeInForce === 'opg' || order.timeInForce === 'cls') return plain('AWAITING_AUCTION');
  if (session === EXTENDED && !order.extendedHours) return plain('EXTENDED_HOURS_NOT_ALLOWED');
  if (session !== REGULAR && session !== EXTENDED) return plain('SESSION_CLOSED');
  if (tape.bars.volume[index] === 0) return plain('VOLUME_BUDGET_USED');
  return judgePrice(order, tape, index, terms);
}

function judgePrice(order: Order, tape: SymbolTape, index: number, terms: JudgeTerms): BarVerdict {
  const isUntriggered = order.triggeredAt === null || order.triggeredAt > tape.closeAt(index);
  if (isUntriggered && order.type === 'trailing_stop') {
    const mark = terms.markBefore(index);
    return mark === null
      ? plain('STOP_NOT_TRIGGERED')
      : stopVerdict(order, trailStop(order, mark), tape, index, terms.now);
  }
  if (isUntriggered && order.stopPrice !== null)
    return stopVerdict(order, order.stopPrice, tape, index, terms.now);
  if (order.limitPrice !== null) return limitVerdict(order, order.limitPrice, tape, index, terms);
  return marketVerdict(order, tape, index, terms);
}

function stopVerdict(order: Order, stop: Price, tape: SymbolTape, index: number, now: EpochMs): BarVerdict {
  const price = extreme(tape, index, order.side === 'buy' ? 'high' : 'low', now);
  return { code: 'STOP_NOT_TRIGGERED', nearest: miss(tape, index, price, stop) };
}

function limitVerdict(
  order: Order,
  limit: Price,
  tape: SymbolTape,
  index: number,
  { policies, now }: JudgeTerms,
): BarVerdict {
  const price = extreme(tape, index, order.side === 'buy' ? 'low' : 'high', now);
  const nearest = miss(tape, index, price, limit);
  if (!isReached(reachOf(policies.fill.limit, order.side, limit), order.side, price)) {
    return { code: 'PRICE_NOT_REACHED', nearest };
  }
  if (price === limit && policies.fill.limit.rule === 'probability')
    return { code: 'PRICE_NOT_REACHED', nearest };
  const barTime = tape.openAt[index] as number;
  const wasTriggeredHere = order.triggeredAt !== null && order.triggeredAt > barTime;
  return wasTriggeredHere ? { code: 'ONLY_OTHER_PATH', nearest } : plain(outOfBudget(tape, index, policies));
}

function marketVerdict(
  order: Order,
  tape: SymbolTape,
  index: number,
  { policies, now }: JudgeTerms,
): BarVerdict {
  const open = extreme(tape, index, 'open', now);
  const { capPrice } = order;
  if (capPrice !== null && open > capPrice) {
    const low = extreme(tape, index, 'low', now);
    return { code: 'COLLAR', nearest: miss(tape, index, low, capPrice) };
  }
  return plain(outOfBudget(tape, index, policies));
}

/** Reached and yet not filled: the bar's share of volume was used up, else the other path would have filled. */
function outOfBudget(tape: SymbolTape, index: number, { volume }: MatchingPolicies): ExplanationCode {
  const budget = budgetOf(volume, quantityOf(tape.bars.volume[index] as number), 0n as never);
  return budget === null ? 'ONLY_OTHER_PATH' : 'VOLUME_BUDGET_USED';
}

/** A price of the bar, in shares of now: an order that a split has adjusted is compared with what it was. */
function extreme(tape: SymbolTape, index: number, column: 'open' | 'high' | 'low', now: EpochMs): Price {
  const price = priceOf(tape.bars[column][index] as number);
  const factor = tape.splitFactor(tape.openAt[index] as number, now);
  if (factor === null) return price;
  return multiplyDivide(price, factor.oldShares, factor.newShares, 'half_up') as Price;
}

function miss(tape: SymbolTape, index: number, price: Price, wanted: Price): NearestMiss {
  const time = tape.openAt[index] as number;
  return { time, price, wanted, distance: absolute((price - wanted) as Price) };
}

function plain(code: ExplanationCode): BarVerdict {
  return { code, nearest: null };
}
