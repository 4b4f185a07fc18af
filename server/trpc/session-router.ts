/** Sessions as the workbench knows them: what one is made of, and which there are. */
import * as z from 'zod';
import type { BarLibrary } from '../sessions/bar-library';
import type { SessionRecord } from '../sessions/session-store';
import { procedure, router, sessionProcedure } from './procedure';

const listInput = z.object({
  limit: z.int().min(1).max(100).default(50),
  pageToken: z.string().max(256).nullable().default(null),
});

async function sessionView(record: SessionRecord, bars: BarLibrary) {
  const { configuration } = record;
  const symbols = await Promise.all(
    configuration.instruments.map(async ({ symbol }) => {
      const asset = await bars.asset(symbol);
      return { symbol, name: asset?.name ?? symbol, synthetic: asset?.synthetic ?? record.synthetic };
    }),
  );
  return {
    id: record.id,
    name: record.name,
    createdAt: record.createdAt,
    profile: record.profile,
    synthetic: record.synthetic,
    symbols,
    startTime: configuration.startTime,
    endTime: configuration.endTime,
    baseTimeframe: configuration.baseTimeframe,
    hours: configuration.hours,
  };
}

export const sessionRouter = router({
  get: sessionProcedure.query(({ ctx }) => sessionView(ctx.host.record, ctx.bars)),

  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    const page = await ctx.registry.list(input);
    return {
      sessions: page.sessions.map(({ id, name, createdAt, synthetic }) => ({
        id,
        name,
        createdAt,
        synthetic,
      })),
      nextPageToken: page.nextPageToken,
    };
  }),
});
