/** Bars for the chart, always clipped to simulated now: a window that ends somewhere, or the tail from somewhere on. */
import { TRPCError } from '@trpc/server';
import * as z from 'zod';
import { BAR_FIELDS, sliceBars, type BarColumns } from '../engine/market/bars';
import { parseTimeframe, type Timeframe } from '../engine/market/timeframe';
import { DAY_MS, type EpochMs } from '../engine/units/time';
import type { BarLibrary } from '../sessions/bar-library';
import { readBars } from '../sessions/session-bars';
import type { SessionHost } from '../sessions/session-host';
import { router, sessionProcedure } from './procedure';

const BARS_MAX = 3_000;
/** A bar may be stamped up to its whole period before the first base bar in it: a week, or months. */
const PERIOD_MAX_MS = 366 * DAY_MS;

const timeframe = z
  .string()
  .max(8)
  .transform((text, context): Timeframe => {
    const parsed = parseTimeframe(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: `expected a timeframe such as 5Min, found "${text}"` });
    return z.NEVER;
  });
const series = { symbol: z.string().min(1).max(40), timeframe };
const limit = z.int().min(1).max(BARS_MAX).default(2_000);
const time = z.int().min(0);

interface SessionContext {
  readonly host: SessionHost;
  readonly bars: BarLibrary;
}

interface Series {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

const windowInput = z.object({ ...series, before: time.nullish(), limit });
const tailInput = z.object({ ...series, from: time, limit });

type BarField = (typeof BAR_FIELDS)[number];
type BarArrays = { readonly [Field in BarField]: (number | null)[] };

/** Plain arrays, ascending by time; what the source does not tell is null, as JSON has no NaN. */
function arraysOf(bars: BarColumns): BarArrays {
  const isDescending = bars.length > 1 && Number(bars.time[0]) > Number(bars.time[bars.length - 1]);
  const column = (field: BarField): (number | null)[] => {
    const values = Array.from(bars[field], (value) => (Number.isNaN(value) ? null : value));
    return isDescending ? values.reverse() : values;
  };
  return Object.fromEntries(BAR_FIELDS.map((field) => [field, column(field)])) as BarArrays;
}

interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Bars of a symbol of the session, up to now, the one in progress among them. */
async function read(ctx: SessionContext, series: Series, span: Span, order: 'asc' | 'desc', limit: number) {
  const { symbol, timeframe } = series;
  const known = ctx.host.record.configuration.instruments.map((instrument) => instrument.symbol);
  if (!known.includes(symbol)) {
    throw new TRPCError({
      code: 'NOT_FOUND',
      message: `Expected one of ${known.join(', ')}, found ${symbol}.`,
    });
  }
  const query = { symbol, timeframe, ...span, order, forming: true };
  const found = await readBars(ctx.host, ctx.bars, { ...query, limit: limit + 1 });
  return { bars: arraysOf(sliceBars(found, 0, limit)), hasMore: found.length > limit };
}

/** Where a symbol's data begin: a short history is not looked for back to the calendar's beginning. */
async function beginning({ host, bars }: SessionContext, symbol: string): Promise<EpochMs> {
  const coverage = await bars.coverage(symbol, host.record.configuration.baseTimeframe);
  return Math.max(0, (coverage?.firstTime ?? 0) - PERIOD_MAX_MS);
}

const now = ({ host }: SessionContext): EpochMs => host.read((simulation) => simulation.now);

export const barsRouter = router({
  /** The newest `limit` bars that start before `before` (or up to now). */
  window: sessionProcedure.input(windowInput).query(async ({ ctx, input }) => {
    const to = Math.min(now(ctx), (input.before ?? Infinity) - 1);
    const span = { from: await beginning(ctx, input.symbol), to };
    const { bars, hasMore } = await read(ctx, input, span, 'desc', input.limit);
    return { bars, hasOlder: hasMore };
  }),

  /** Bars that start at or after `from`, oldest first: what came since the newest bar that the reader holds. */
  tail: sessionProcedure
    .input(tailInput)
    .query(({ ctx, input }) => read(ctx, input, { from: input.from, to: now(ctx) }, 'asc', input.limit)),
});
