/** The session's clock: where it stands, and going forward. */
import * as z from 'zod';
import type { AdvanceTarget } from '../engine/simulation/command';
import type { SessionHost } from '../sessions/session-host';
import { router, sessionProcedure } from './procedure';
import { accepted } from './refusal';
import { marketPhase } from './view';
import { WORKBENCH_ACTOR } from './workbench-actor';

/** A whole year of minutes in one request is more than anyone steps by hand. */
const STEP_BARS_MAX = 100_000;

const advanceInput = z.discriminatedUnion('to', [
  z.object({ to: z.literal('bars'), bars: z.int().min(1).max(STEP_BARS_MAX) }),
  z.object({ to: z.literal('next_event') }),
  z.object({ to: z.literal('open') }),
  z.object({ to: z.literal('close') }),
  z.object({ to: z.literal('end') }),
]) satisfies z.ZodType<AdvanceTarget>;

function clockView(host: SessionHost) {
  return host.read((simulation) => ({
    sequence: host.sequence,
    now: simulation.now,
    phase: marketPhase(simulation.now),
    isCompleted: simulation.isCompleted,
  }));
}

export const clockRouter = router({
  get: sessionProcedure.query(({ ctx }) => clockView(ctx.host)),

  advance: sessionProcedure.input(z.object({ target: advanceInput })).mutation(async ({ ctx, input }) => {
    accepted(
      await ctx.host.execute({ type: 'AdvanceClock', target: input.target }, { actor: WORKBENCH_ACTOR }),
    );
    return clockView(ctx.host);
  }),
});
