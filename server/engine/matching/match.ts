/** How one account's orders meet one bar: at its open, and along its two possible paths at its close. */
import type { SymbolTape } from '../market/tape';
import type { FillTag, Order, Side } from '../orders/order';
import type { MatchingPolicies, VolumeConfiguration } from '../orders/policies';
import { absolute, BILLION, larger, multiplyDivide } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';
import { recentBars } from './history';
import { priceOf, quantityOf, slipped } from './price-rules';
import { Walk, type Step, type WalkTerms } from './walk';

/** What an account brings to a bar. */
export interface AccountTerms {
  readonly free: Money;
  /** Shares of the symbol that no open order holds. */
  readonly freeQuantity: Quantity;
  /** Signed position in the symbol. */
  readonly position: Quantity;
  /** Already filled in this bar, by the configured scope. */
  readonly used: Quantity;
}

const NO_TAGS: readonly FillTag[] = [];
const NO_HISTORY: readonly FillTag[] = ['no_history'];

/**
 * Orders offered a bar's open, which is all that is known of the bar. Slippage and volume come from the
 * newest closed bars (fills.md section 2, arrival).
 */
export function matchOpen(
  policies: MatchingPolicies,
  tape: SymbolTape,
  index: number,
  orders: readonly Order[],
  account: AccountTerms,
): readonly Step[] {
  const { slippage, volume } = policies;
  const needsHistory = slippage.model === 'range_fraction' || volume.model === 'participation';
  const recent = needsHistory ? recentBars(tape, index) : null;
  const walk = new Walk(orders, {
    limit: policies.fill.limit,
    slip: (price, side) => slipped(slippage, price, side, recent?.range ?? null),
    tags: needsHistory && recent === null ? NO_HISTORY : NO_TAGS,
    range: null,
    takesMarket: true,
    budget: recent === null ? null : budgetOf(volume, recent.volume, account.used),
    free: account.free,
    freeQuantity: account.freeQuantity,
  });
  walk.atOpen(priceOf(tape.bars.open[index] as number));
  return walk.steps;
}

/**
 * Participation x volume in whole shares, at least one where anything traded, less what is used up.
 * Null: no limit.
 */
function budgetOf(volume: VolumeConfiguration, traded: Quantity, used: Quantity): Quantity | null {
  if (volume.model === 'unlimited') return null;
  if (traded <= 0n) return 0n as Quantity;
  const share = multiplyDivide(traded, volume.rate, BILLION, 'down');
  const whole = larger(share - (share % BILLION), BILLION);
  return larger(whole - used, 0n) as Quantity;
}

interface Corners {
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/**
 * Orders against a bar that has closed. A bar tells how far price went, not in which order, so its two
 * monotone paths are both walked; where they differ, the configured choice is taken and the fills that the
 * other path does not have are tagged `ambiguous` (fills.md section 4).
 */
export function matchClose(
  policies: MatchingPolicies,
  tape: SymbolTape,
  index: number,
  orders: readonly Order[],
  account: AccountTerms,
): readonly Step[] {
  const { bars } = tape;
  const traded = quantityOf(bars.volume[index] as number);
  if (traded === 0n) return [];
  const corners = {
    open: priceOf(bars.open[index] as number),
    high: priceOf(bars.high[index] as number),
    low: priceOf(bars.low[index] as number),
    close: priceOf(bars.close[index] as number),
  };
  const range = (corners.high - corners.low) as Price;
  const terms: WalkTerms = {
    limit: policies.fill.limit,
    slip: (price: Price, side: Side) => slipped(policies.slippage, price, side, range),
    tags: NO_TAGS,
    range: corners,
    takesMarket: policies.fill.arrival === 'deferred',
    budget: budgetOf(policies.volume, traded, account.used),
    free: account.free,
    freeQuantity: account.freeQuantity,
  };
  const highFirst = walkPath(orders, terms, [corners.open, corners.high, corners.low, corners.close]);
  const lowFirst = walkPath(orders, terms, [corners.open, corners.low, corners.high, corners.close]);
  if (isSameOutcome(highFirst, lowFirst)) return highFirst;
  const isHighFirst = choosesHighFirst(policies, corners, account, orders, highFirst, lowFirst);
  return isHighFirst ? tagAmbiguous(highFirst, lowFirst) : tagAmbiguous(lowFirst, highFirst);
}

function walkPath(orders: readonly Order[], terms: WalkTerms, points: readonly Price[]): readonly Step[] {
  const walk = new Walk(orders, terms);
  walk.atOpen(points[0] as Price);
  walk.along(points);
  return walk.steps;
}

function choosesHighFirst(
  policies: MatchingPolicies,
  corners: Corners,
  account: AccountTerms,
  orders: readonly Order[],
  highFirst: readonly Step[],
  lowFirst: readonly Step[],
): boolean {
  const { intrabar } = policies.fill;
  if (intrabar === 'ohlc') return true;
  if (intrabar === 'olhc') return false;
  const high = gainAtClose(highFirst, corners.close);
  const low = gainAtClose(lowFirst, corners.close);
  if (intrabar !== 'nearest' && high !== low) return intrabar === 'pessimistic' ? high < low : high > low;
  return isHighNearer(corners, account, orders);
}

/** The nearer extreme comes first; at equal distance the one against the position, flat: against the oldest order. */
function isHighNearer(corners: Corners, account: AccountTerms, orders: readonly Order[]): boolean {
  const up = absolute((corners.high - corners.open) as Price);
  const down = absolute((corners.open - corners.low) as Price);
  if (up !== down) return up < down;
  if (account.position !== 0n) return account.position < 0n;
  return orders[0]?.side === 'sell';
}

/** What the steps add to the account's equity at the bar's close, in price x quantity units. */
function gainAtClose(steps: readonly Step[], close: Price): bigint {
  let gain = 0n;
  for (const step of steps) {
    if (step.kind !== 'fill') continue;
    const perShare = step.order.side === 'buy' ? close - step.price : step.price - close;
    gain += perShare * step.quantity;
  }
  return gain;
}

function keyOf(step: Step): string {
  if (step.kind === 'fill') return `${step.order.ordinal} fill ${step.price} ${step.quantity}`;
  return `${step.order.ordinal} ${step.kind}`;
}

function isSameOutcome(a: readonly Step[], b: readonly Step[]): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 0) return true;
  const left = a.map(keyOf).sort();
  const right = b.map(keyOf).sort();
  return left.every((key, index) => key === right[index]);
}

function tagAmbiguous(chosen: readonly Step[], other: readonly Step[]): readonly Step[] {
  const certain = new Set(other.map(keyOf));
  return chosen.map((step) =>
    step.kind === 'fill' && !certain.has(keyOf(step)) ? { ...step, tags: [...step.tags, 'ambiguous'] } : step,
  );
}
