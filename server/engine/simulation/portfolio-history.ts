/** Equity over time at any timeframe (alpaca docs, "Portfolio history"): sampled when asked, never stored. */
import type { Ledger } from '../account/ledger';
import { dayNumber } from '../calendar/civil';
import { newYorkDate } from '../calendar/new-york';
import { tradingDayByIndex, tradingDaysBetween, type TradingDay } from '../calendar/trading-day';
import { BILLION, multiplyDivide, type Money, type Ratio } from '../units/fixed-point';
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../units/time';
import { EquityCurve } from './equity-curve';
import type { CashActivity } from './event';
import type { MarketPrices } from './market-prices';
import type { SimulationState } from './state';

export type HistoryTimeframe = '1Min' | '5Min' | '15Min' | '1H' | '1D';

export interface HistoryQuery {
  readonly timeframe: HistoryTimeframe;
  /** Only days that trade in `from..to` are sampled, and nothing after simulated now. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly hours: 'regular' | 'extended';
  /** Profit counts from the base value on, or from each day's previous close. */
  readonly resets: 'per_day' | 'no_reset';
}

export interface HistoryPoint {
  /** What the sample is called: its start within a day, midnight UTC after it for a whole day. */
  readonly label: EpochMs;
  /** When it was taken: its end, or now while it lasts. */
  readonly at: EpochMs;
  readonly equity: Money;
  /** Without what was paid in or out. */
  readonly profitLoss: Money;
  /** Part of what the profit counts from. */
  readonly profitLossRatio: Ratio;
}

export interface PortfolioHistory {
  readonly points: readonly HistoryPoint[];
  readonly baseValue: Money;
  readonly baseValueAsof: string;
  /** Postings of each kind by point, where there are any. */
  readonly cashflow: ReadonlyMap<CashActivity, readonly Money[]>;
}

const STEP_MS = {
  '1Min': MINUTE_MS,
  '5Min': 5 * MINUTE_MS,
  '15Min': 15 * MINUTE_MS,
  '1H': HOUR_MS,
} as const;
const TRANSFERS: readonly CashActivity[] = ['CSD', 'CSW', 'JNLC'];

interface Sample {
  readonly label: EpochMs;
  readonly at: EpochMs;
  readonly day: TradingDay;
}

export function portfolioHistory(
  ledger: Ledger,
  state: SimulationState,
  prices: MarketPrices,
  query: HistoryQuery,
): PortfolioHistory {
  const samples = samplesOf(query, ledger.openedAt, state.now);
  const curve = new EquityCurve(ledger, state, prices);
  const flows = new Map<CashActivity, Money[]>();
  const first = samples[0];
  const base = baseOf(curve, first, ledger);
  let [from, transferred] = [base.value, 0n];
  let [previous, day] = [base.value, first?.day];
  const points = samples.map((sample, index): HistoryPoint => {
    if (query.resets === 'per_day' && sample.day !== day)
      [from, transferred, day] = [previous, 0n, sample.day];
    const equity = curve.at(sample.at, ({ activityType, amount }) => {
      const flow = flows.get(activityType) ?? samples.map(() => 0n as Money);
      flow[index] = ((flow[index] ?? 0n) + amount) as Money;
      flows.set(activityType, flow);
      if (TRANSFERS.includes(activityType)) transferred += amount;
    });
    previous = equity;
    const profitLoss = (equity - from - transferred) as Money;
    return {
      label: sample.label,
      at: sample.at,
      equity,
      profitLoss,
      profitLossRatio: ratioOf(profitLoss, from),
    };
  });
  return { points, baseValue: base.value, baseValueAsof: base.asof, cashflow: flows };
}

/** Equity at the close before the first sample, or what the account opened with. */
function baseOf(curve: EquityCurve, first: Sample | undefined, { openedAt }: Ledger) {
  const before = first === undefined ? undefined : tradingDayByIndex(first.day.index - 1);
  if (before === undefined || before.close < openedAt)
    return { value: curve.openingCash, asof: before?.date ?? newYorkDate(openedAt) };
  return { value: curve.at(before.close), asof: before.date };
}

function samplesOf(query: HistoryQuery, openedAt: EpochMs, now: EpochMs): readonly Sample[] {
  const to = Math.min(query.to, now);
  if (query.from > to) return [];
  const days = tradingDaysBetween(newYorkDate(Math.max(query.from, openedAt)), newYorkDate(to));
  const samples = days.flatMap((day) =>
    query.timeframe === '1D' ? [dayOf(day, to)] : stepsOf(day, query, to),
  );
  return samples.filter(({ at }) => at >= openedAt);
}

function dayOf(day: TradingDay, to: EpochMs): Sample {
  return { label: (dayNumber(day.date) + 1) * DAY_MS, at: Math.min(day.close, to), day };
}

function stepsOf(day: TradingDay, query: HistoryQuery, to: EpochMs): readonly Sample[] {
  if (query.timeframe === '1D') return [];
  const step = STEP_MS[query.timeframe];
  const isRegular = query.hours === 'regular';
  const start = isRegular ? day.open : day.extendedOpen;
  const end = Math.min(isRegular ? day.close : day.extendedClose, to);
  const samples: Sample[] = [];
  for (let label = start; label < end; label += step) {
    if (label >= query.from) samples.push({ label, at: Math.min(label + step, end), day });
  }
  return samples;
}

function ratioOf(part: Money, whole: Money): Ratio {
  return (whole === 0n ? 0n : multiplyDivide(part, BILLION, whole, 'half_up')) as Ratio;
}
