/** How one account's orders meet one bar: at its open, and along its two possible paths at its close. */
import type { SymbolTape } from '../market/tape';
import type { FillTag, Order, Side } from '../orders/order';
import type { MatchingPolicies, VolumeConfiguration } from '../orders/policies';
import { BILLION, larger, multiplyDivide } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';
import { chooseOutcome, type Corners } from './ambiguity';
import { recentBars, type RecentBars } from './history';
import { needsMeasure, priceOf, quantityOf, slipped, type BarMeasure } from './price-rules';
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

/** What a bar is to the orders: the same for every account. */
export interface BarTerms {
  readonly tape: SymbolTape;
  readonly index: number;
  /** True when the bar opens its session. */
  readonly isAuction: boolean;
  /** A real quote for the open; null when there is none that counts. */
  readonly quote: { readonly bid: Price; readonly ask: Price } | null;
  readonly markOf: (order: Order) => Price | null;
  /** A number from 0 to 1 that is the same for the same seed, thing and bar. */
  readonly draw: (thing: string) => number;
}

/**
 * Orders offered a bar's open, which is all that is known of the bar. Slippage and volume come from the
 * newest closed bars (fills.md section 2, arrival); a real quote gives both the price and whether it is good.
 */
export function matchOpen(
  policies: MatchingPolicies,
  bar: BarTerms,
  orders: readonly Order[],
  offered: ReadonlySet<Order> | null,
  account: AccountTerms,
): readonly Step[] {
  const { tape, index, quote } = bar;
  const { slippage, volume } = policies;
  const isMeasured = needsMeasure(slippage) || volume.model === 'participation';
  const recent = isMeasured ? recentBars(tape, index) : null;
  const walk = new Walk(orders, {
    ...commonTerms(policies, bar, account),
    slip: (price, side, quantity) =>
      quote !== null ? price : slipped(slippage, price, side, quantity, recent),
    tags: historyTags(isMeasured, recent),
    range: null,
    takesMarket: true,
    budget: recent === null ? null : budgetOf(volume, recent.volume, account.used),
  });
  walk.atOpen(priceOf(tape.bars.open[index] as number), offered);
  return walk.steps;
}

function commonTerms(policies: MatchingPolicies, bar: BarTerms, account: AccountTerms) {
  return {
    fill: policies.fill,
    quote: bar.quote,
    fillsOnTouch: touchRule(policies, bar),
    markOf: bar.markOf,
    isAuction: bar.isAuction,
    free: account.free,
    freeQuantity: account.freeQuantity,
  };
}

function touchRule({ fill }: MatchingPolicies, { draw }: BarTerms): (order: Order) => boolean {
  const { limit } = fill;
  if (limit.rule !== 'probability') return () => true;
  const probability = Number(limit.probability) / 1e9;
  return (order) => draw(`touch ${order.ordinal}`) < probability;
}

function historyTags(isMeasured: boolean, recent: RecentBars | null): readonly FillTag[] {
  if (!isMeasured) return [];
  if (recent === null) return ['no_history'];
  return recent.isThinlyTraded ? ['late_print_possible'] : [];
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
  policies: MatchingPolicies,
  bar: BarTerms,
  orders: readonly Order[],
  account: AccountTerms,
): readonly Step[] {
  const { tape, index } = bar;
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
    ...commonTerms(policies, { ...bar, quote: null }, account),
    slip: (price: Price, side: Side, quantity: Quantity) =>
      slipped(policies.slippage, price, side, quantity, measure),
    tags: [],
    range: corners,
    takesMarket: policies.fill.arrival === 'deferred',
    budget: budgetOf(policies.volume, traded, account.used),
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
