/** Bars for the chart, always clipped to simulated now: a window that ends somewhere, or the tail from somewhere on. */
import { TRPCError } from '@trpc/server';
import * as z from 'zod';
import { BAR_FIELDS, sliceBars, type BarColumns } from '../engine/market/bars';
import { parseTimeframe, type Timeframe } from '../engine/market/timeframe';
import { readBars } from '../sessions/session-bars';
import { router, sessionProcedure } from './procedure';

const BARS_MAX = 3_000;
const EARLIEST = 0;

const timeframe = z
  .string()
  .max(8)
  .transform((text, context): Timeframe => {
    const parsed = parseTimeframe(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: `expected a timeframe such as 5Min, found "${text}"` });
    return z.NEVER;
  });
const series = { symbol: z.string().min(1).max(32), timeframe };
const limit = z.int().min(1).max(BARS_MAX).default(2_000);
const time = z.int().min(0);

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

export const barsRouter = router({
  /** The newest `limit` bars that start before `before` (or up to now). */
  window: sessionProcedure.input(windowInput).query(async ({ ctx, input }) => {
    const { symbol } = requireSymbol(ctx.host.record.configuration.instruments, input.symbol);
    const to =
      input.before === undefined || input.before === null
        ? ctx.host.read((simulation) => simulation.now)
        : input.before - 1;
    const query = {
      symbol,
      timeframe: input.timeframe,
      from: EARLIEST,
      to,
      order: 'desc' as const,
      forming: true,
    };
    const found = await readBars(ctx.host, ctx.bars, { ...query, limit: input.limit + 1 });
    const hasOlder = found.length > input.limit;
    return { bars: arraysOf(hasOlder ? sliceBars(found, 0, input.limit) : found), hasOlder };
  }),

  /** Bars that start at or after `from`, oldest first: what came since the newest bar that the reader holds. */
  tail: sessionProcedure.input(tailInput).query(async ({ ctx, input }) => {
    const { symbol } = requireSymbol(ctx.host.record.configuration.instruments, input.symbol);
    const to = ctx.host.read((simulation) => simulation.now);
    const query = {
      symbol,
      timeframe: input.timeframe,
      from: input.from,
      to,
      order: 'asc' as const,
      forming: true,
    };
    const found = await readBars(ctx.host, ctx.bars, { ...query, limit: input.limit + 1 });
    const hasMore = found.length > input.limit;
    return { bars: arraysOf(hasMore ? sliceBars(found, 0, input.limit) : found), hasMore };
  }),
});

function requireSymbol(instruments: readonly { symbol: string }[], symbol: string): { symbol: string } {
  const found = instruments.find((instrument) => instrument.symbol === symbol);
  if (found !== undefined) return found;
  const known = instruments.map((instrument) => instrument.symbol).join(', ');
  throw new TRPCError({ code: 'NOT_FOUND', message: `Expected one of ${known}, found ${symbol}.` });
}
