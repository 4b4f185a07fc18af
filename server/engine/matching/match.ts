/** How one account's orders meet one bar: at its open, and along its two possible paths at its close. */
import type { FillTag, Order } from '../orders/order';
import type { VolumeConfiguration } from '../orders/policies';
import { BILLION, larger, multiplyDivide } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { BarContext } from './bar-context';
import { chooseOutcome, type Corners } from './ambiguity';
import { recentBars, type RecentBars } from './history';
import { needsMeasure, priceOf, quantityOf, type BarMeasure } from './price-rules';
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

/**
 * Orders offered a bar's open, which is all that is known of the bar. Slippage and volume come from the
 * newest closed bars (fills.md section 2, arrival); a real quote gives both the price and whether it is good.
 */
export function matchOpen(
  bar: BarContext,
  orders: readonly Order[],
  offered: ReadonlySet<Order> | null,
  account: AccountTerms,
): readonly Step[] {
  const { tape, index, policies } = bar;
  const { slippage, volume } = policies;
  const isMeasured = needsMeasure(slippage) || volume.model === 'participation';
  const recent = isMeasured ? recentBars(tape, index) : null;
  const walk = new Walk(orders, {
    bar,
    quote: bar.quote,
    measure: recent,
    tags: isMeasured ? historyTags(recent) : NO_TAGS,
    range: null,
    takesMarket: true,
    budget: recent === null ? null : budgetOf(volume, recent.volume, account.used),
    free: account.free,
    freeQuantity: account.freeQuantity,
  });
  walk.atOpen(priceOf(tape.bars.open[index] as number), offered);
  return walk.steps;
}

const NO_TAGS: readonly FillTag[] = [];

function historyTags(recent: RecentBars | null): readonly FillTag[] {
  if (recent === null) return ['no_history'];
  return recent.isThinlyTraded ? ['late_print_possible'] : NO_TAGS;
}

/**
 * Participation x volume in whole shares, at least one where anything traded, less what is used up.
 * Null: no limit.
 */
export function budgetOf(volume: VolumeConfiguration, traded: Quantity, used: Quantity): Quantity | null {
  if (volume.model === 'unlimited') return null;
  if (traded <= 0n) return 0n as Quantity;
  const share = multiplyDivide(traded, volume.rate, BILLION, 'down');
  const whole = larger(share - (share % BILLION), BILLION);
  return larger(whole - used, 0n) as Quantity;
}

/**
 * Orders against a bar that has closed. A bar tells how far price went, not in which order, so its two
 * monotone paths are both walked and one is chosen where they differ (ambiguity.ts).
 */
export function matchClose(
  bar: BarContext,
  orders: readonly Order[],
  account: AccountTerms,
): readonly Step[] {
  const { tape, index, policies } = bar;
  const { bars } = tape;
  const traded = quantityOf(bars.volume[index] as number);
  if (traded === 0n) return [];
  const corners: Corners = {
    open: priceOf(bars.open[index] as number),
    high: priceOf(bars.high[index] as number),
    low: priceOf(bars.low[index] as number),
    close: priceOf(bars.close[index] as number),
  };
  const measure: BarMeasure = { range: (corners.high - corners.low) as Price, volume: traded };
  const terms: WalkTerms = {
    bar,
    quote: null,
    measure,
    tags: NO_TAGS,
    range: corners,
    takesMarket: policies.fill.arrival === 'deferred',
    budget: budgetOf(policies.volume, traded, account.used),
    free: account.free,
    freeQuantity: account.freeQuantity,
  };
  const highFirst = walkPath(orders, terms, [corners.open, corners.high, corners.low, corners.close]);
  const lowFirst = walkPath(orders, terms, [corners.open, corners.low, corners.high, corners.close]);
  return chooseOutcome(policies.fill.intrabar, corners, account.position, orders, highFirst, lowFirst, () =>
    bar.draw('path'),
  );
}

function walkPath(orders: readonly Order[], terms: WalkTerms, points: readonly Price[]): readonly Step[] {
  const walk = new Walk(orders, terms);
  walk.atOpen(points[0] as Price, null);
  walk.along(points);
  return walk.steps;
}
