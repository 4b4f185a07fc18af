/** Explains an order from the log and the tape, on demand: it costs nothing while the clock runs. */
import { firstEndingAfter, sessionClass, tradingDayByIndex } from '../../calendar/trading-day';
import type { SymbolTape } from '../../market/tape';
import type { Fill, Order } from '../../orders/order';
import { MINUTE_MS, type EpochMs } from '../../units/time';
import type {
  Explanation,
  ExplanationCode,
  ExplanationSpan,
  NearestMiss,
  NoTradesCause,
} from './explanation';
import { judgeBar, type JudgeTerms } from './judge-bar';
import { sentenceOf } from './sentence';
import { SpanList } from './spans';

/** What is needed besides the order: everything as of simulated now. */
export interface ExplainTerms extends JudgeTerms {
  readonly fills: readonly Fill[];
  readonly tape: SymbolTape | undefined;
  /** True when shares of the order's group are left without their exits. */
  readonly leavesUnprotected: boolean;
}

/** Why `order` filled or did not between `from` and `to` (both clipped to its life and to now). Never blank. */
export function explain(
  order: Order,
  terms: ExplainTerms,
  from: EpochMs = order.acceptedAt,
  to: EpochMs = terms.now,
): Explanation {
  const start = Math.max(from, order.acceptedAt);
  const end = Math.min(to, terms.now, endOf(order) ?? terms.now);
  const spans = spansBetween(order, terms, start, end);
  const fills = terms.fills.filter((fill) => fill.at >= start && fill.at <= end);
  const nearest = nearestOf(spans);
  const code = closingCode(order) ?? currentCode(order, spans, fills, end);
  return {
    order: order.ordinal,
    side: order.side,
    symbol: order.symbol,
    code,
    sentence: sentenceOf(order, code, fills, spans, nearest),
    from: start,
    to: end,
    spans,
    fills: fills.map(({ at, barTime, price, quantity, tags }) => ({ at, barTime, price, quantity, tags })),
    nearest,
    warnings: warningsOf(terms, fills),
  };
}

function endOf(order: Order): EpochMs | null {
  return order.filledAt ?? order.canceledAt ?? order.expiredAt ?? order.replacedAt;
}

/** How the order ended; null while it lives. */
function closingCode(order: Order): ExplanationCode | null {
  switch (order.state) {
    case 'filled':
      return 'FILLED';
    case 'expired':
      return 'TIME_IN_FORCE_EXPIRED';
    case 'replaced':
      return 'REPLACED';
    case 'canceled':
      return CANCEL_CODES[order.cancelReason ?? 'requested'] ?? 'CANCELED';
    default:
      return null;
  }
}

const CANCEL_CODES: Partial<Record<string, ExplanationCode>> = {
  sibling_filled: 'SIBLING_FILLED',
  insufficient_buying_power: 'INSUFFICIENT_BUYING_POWER',
  immediate_or_cancel: 'TIME_IN_FORCE_EXPIRED',
  fill_or_kill: 'TIME_IN_FORCE_EXPIRED',
  good_til_canceled_limit: 'TIME_IN_FORCE_EXPIRED',
  auction_over: 'TIME_IN_FORCE_EXPIRED',
};

/** What keeps a living order: the answer of its newest bars. */
function currentCode(
  order: Order,
  spans: readonly ExplanationSpan[],
  fills: readonly Fill[],
  end: EpochMs,
): ExplanationCode {
  if (order.state === 'held') return 'HELD_BY_PARENT';
  const last = spans.at(-1);
  if (last !== undefined) return last.code;
  if (fills.length > 0) return 'VOLUME_BUDGET_USED';
  return sessionClass(end) === 'closed' ? 'SESSION_CLOSED' : 'AWAITING_BAR';
}

function spansBetween(
  order: Order,
  terms: ExplainTerms,
  from: EpochMs,
  to: EpochMs,
): readonly ExplanationSpan[] {
  const { tape } = terms;
  const spans = new SpanList();
  if (tape === undefined) return spans.list;
  const asOf = { ...terms, now: comparableAt(order, terms.now) };
  const filledIn = new Set(terms.fills.map((fill) => fill.barTime));
  let covered = from;
  for (let index = tape.lastClosed(from) + 1; index < tape.length && tape.closeAt(index) <= to; index++) {
    const barTime = tape.openAt[index] as number;
    addGap(spans, order, tape, covered, barTime);
    covered = tape.closeAt(index);
    if (filledIn.has(barTime)) spans.add(barTime, covered, 1, 'FILLED', null, null);
    else {
      const { code, nearest } = judgeBar(order, tape, index, asOf);
      spans.add(barTime, covered, 1, code, nearest, null);
    }
  }
  addGap(spans, order, tape, covered, to);
  return spans.list;
}

/** Up to when splits have changed the order's own prices: one that a split canceled kept its own. */
function comparableAt(order: Order, now: EpochMs): EpochMs {
  const end = endOf(order) ?? now;
  return order.cancelReason === 'split' ? end - 1 : end;
}

/** Minutes without a bar: closed hours are told apart from hours in which nobody traded. */
function addGap(spans: SpanList, order: Order, tape: SymbolTape, from: EpochMs, to: EpochMs): void {
  if (tape.baseTimeframe !== '1Min' || to - from < MINUTE_MS) return;
  let time = from;
  while (time < to) {
    const day = firstEndingAfter(time);
    const [opens, closes] = order.extendedHours
      ? [day.extendedOpen, day.extendedClose]
      : [day.open, day.close];
    if (time < opens) {
      const until = Math.min(to, opens);
      spans.add(time, until, 0, 'SESSION_CLOSED', null, null);
      time = until;
    } else if (time < closes) {
      const until = Math.min(to, closes);
      const minutes = Math.floor(until / MINUTE_MS) - Math.ceil(time / MINUTE_MS);
      if (minutes > 0)
        spans.add(
          time,
          until,
          minutes,
          'NO_TRADES',
          null,
          causeOf(tape, day.extendedOpen, day.extendedClose),
        );
      time = until;
    } else {
      const next = tradingDayByIndex(day.index + 1);
      const until = Math.min(
        to,
        next === undefined ? to : order.extendedHours ? next.extendedOpen : next.open,
      );
      spans.add(time, until, 0, 'SESSION_CLOSED', null, null);
      time = until;
    }
  }
}

function causeOf(tape: SymbolTape, from: EpochMs, to: EpochMs): NoTradesCause {
  const first = tape.lastClosed(from) + 1;
  return first < tape.length && (tape.openAt[first] as number) < to ? 'no_trades' : 'not_loaded';
}

function nearestOf(spans: readonly ExplanationSpan[]): NearestMiss | null {
  let nearest: NearestMiss | null = null;
  for (const span of spans) {
    if (span.nearest !== null && (nearest === null || span.nearest.distance < nearest.distance))
      nearest = span.nearest;
  }
  return nearest;
}

function warningsOf(terms: ExplainTerms, fills: readonly Fill[]): readonly string[] {
  const warnings: string[] = [];
  const tags = new Set(fills.flatMap((fill) => fill.tags));
  if (tags.has('ambiguous'))
    warnings.push('The bar allows another order of events, in which it would not have filled so.');
  if (tags.has('zigzag_possible'))
    warnings.push('Price could have gone through the protective stop inside this bar.');
  if (tags.has('touch_only'))
    warnings.push('The bar only touched the limit: at a real exchange others may have been first.');
  if (tags.has('late_print_possible'))
    warnings.push('So few trades make these bars that one late print may be the whole bar.');
  if (tags.has('auction_proxy'))
    warnings.push('No official auction price is loaded: the bar stands in for it.');
  if (tags.has('no_history')) warnings.push('No earlier bars to measure slippage and volume by.');
  if (terms.leavesUnprotected) warnings.push('The position that was filled is left without its exits.');
  return warnings;
}
