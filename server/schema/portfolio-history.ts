/** Query of the portfolio history: Alpaca's two sets of names, and the span and timeframe that they mean. */
import * as z from 'zod';
import { addDays, civilDateOf, dayNumber, dayNumberOf, formatDate } from '../engine/calendar/civil';
import { newYorkDate, newYorkTime } from '../engine/calendar/new-york';
import { tradingDaysBetween } from '../engine/calendar/trading-day';
import type { HistoryQuery, HistoryTimeframe } from '../engine/simulation/portfolio-history';
import { DAY_MS, type EpochMs } from '../engine/units/time';
import { dateOrInstant, firstInstant, lastInstant } from './instant';
import { choice, flag, given, list } from './query';

const TIMEFRAMES = ['1Min', '5Min', '15Min', '1H', '1D'] as const;
const PERIOD = /^(\d{1,4})([DWMA])$/;
const EXPECTED_PERIOD = 'expected a number of D, W, M or A, like 1M';
/** Samples within days are told for so long only, and finer ones by default for less. */
const INTRADAY_DAYS_MAX = 30;
const MINUTES_BELOW_DAYS = 7;

interface Period {
  readonly amount: number;
  readonly unit: string;
}

const period = z.string().transform((text, context): Period => {
  const [, amount, unit = ''] = PERIOD.exec(text.trim().toUpperCase()) ?? [];
  if (amount !== undefined && Number(amount) > 0) return { amount: Number(amount), unit };
  context.addIssue({ code: 'custom', message: `${EXPECTED_PERIOD}, found "${text.slice(0, 20)}"` });
  return z.NEVER;
});

export const historyQuery = z.object({
  period: given(period).optional(),
  timeframe: given(z.enum(TIMEFRAMES, `expected one of ${TIMEFRAMES.join(', ')}`)).optional(),
  start: given(dateOrInstant).optional(),
  end: given(dateOrInstant).optional(),
  date_start: given(dateOrInstant).optional(),
  date_end: given(dateOrInstant).optional(),
  intraday_reporting: choice(['market_hours', 'extended_hours', 'continuous'], 'market_hours'),
  extended_hours: flag,
  pnl_reset: choice(['per_day', 'no_reset', ''], ''),
  cashflow_types: list,
});
type Asked = z.output<typeof historyQuery>;

/** The same day of another month, or that month's last. */
function addMonths(date: string, months: number): string {
  const { year, month, day } = civilDateOf(dayNumber(date));
  const count = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const first = dayNumberOf(newYear, newMonth, 1);
  const next = newMonth === 12 ? dayNumberOf(newYear + 1, 1, 1) : dayNumberOf(newYear, newMonth + 1, 1);
  return formatDate(Math.min(first + day - 1, next - 1));
}

function moved(date: string, { amount, unit }: Period, sign: 1 | -1): string {
  const steps = amount * sign;
  if (unit === 'D') return addDays(date, steps);
  return unit === 'W' ? addDays(date, steps * 7) : addMonths(date, unit === 'M' ? steps : steps * 12);
}

/** `1D` is the newest day that trades, not the 24 hours before. */
function before(to: EpochMs, length: Period): EpochMs {
  const date = newYorkDate(to);
  if (length.unit !== 'D') return newYorkTime(moved(date, length, -1), 0);
  const days = tradingDaysBetween(addDays(date, -2 * length.amount - 10), date);
  const day = days.filter(({ extendedOpen }) => extendedOpen <= to).at(-length.amount);
  return newYorkTime(day?.date ?? moved(date, length, -1), 0);
}

interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const MONTH: Period = { amount: 1, unit: 'M' };

/** A period ends now, or at the end that is given, and begins with a day of New York. */
function spanOf(asked: Asked, now: EpochMs): Span | string {
  const start = asked.start ?? asked.date_start ?? null;
  const end = asked.end ?? asked.date_end ?? null;
  const length = asked.period ?? null;
  if (start !== null && end !== null && length !== null)
    return 'only two of start, end and period are accepted';
  const to = end === null ? null : lastInstant(end);
  if (start !== null) {
    const from = firstInstant(start);
    return { from, to: to ?? (length === null ? now : newYorkTime(moved(newYorkDate(from), length, 1), 0)) };
  }
  return { from: before(to ?? now, length ?? MONTH), to: to ?? now };
}

/** What to sample as of simulated now, or what is wrong in words. */
export function historyAsked(asked: Asked, now: EpochMs): HistoryQuery | string {
  if (asked.intraday_reporting === 'continuous')
    return 'intraday_reporting: expected market_hours or extended_hours: nothing trades around the clock here';
  const span = spanOf(asked, now);
  if (typeof span === 'string') return span;
  if (span.to < span.from) return 'end: expected a time after start';
  const days = (span.to - span.from) / DAY_MS;
  const timeframe = asked.timeframe ?? defaultTimeframe(days);
  // A period of a month has up to 31 days.
  if (timeframe !== '1D' && days > INTRADAY_DAYS_MAX + 2)
    return `timeframe: expected 1D for more than ${INTRADAY_DAYS_MAX} days, found ${timeframe}`;
  const isExtended = asked.extended_hours || asked.intraday_reporting === 'extended_hours';
  // Days are told against the base value, times within days against the close before (Alpaca).
  const reset = asked.pnl_reset === '' ? (timeframe === '1D' ? 'no_reset' : 'per_day') : asked.pnl_reset;
  return { timeframe, ...span, hours: isExtended ? 'extended' : 'regular', resets: reset };
}

function defaultTimeframe(days: number): HistoryTimeframe {
  if (days < MINUTES_BELOW_DAYS) return '1Min';
  return days < INTRADAY_DAYS_MAX ? '15Min' : '1D';
}
