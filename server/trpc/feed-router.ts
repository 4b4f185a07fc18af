/** The live feed of a session: one message a commit, resumable by sequence. */
import { tracked } from '@trpc/server';
import * as z from 'zod';
import { toJson } from '../engine/simulation/codec';
import type { Commit } from '../sessions/session-store';
import { router, sessionProcedure } from './procedure';

/** A message tells what happened; whoever wants all events of a long run reads the log. */
const EVENTS_MAX = 200;
/** Further behind than this, reading afresh is cheaper than being told step by step. */
const BEHIND_MAX = 500;

const followInput = z.object({
  /** The last sequence the reader knows of. */
  after: z.int().min(0),
  /** Set by the client's link when it reconnects. */
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/, 'expected a sequence number')
    .nullish(),
});

function message(commit: Commit) {
  return {
    sequence: commit.sequence,
    simulatedAt: commit.simulatedAt,
    actor: commit.actor,
    eventTypes: [...new Set(commit.events.map((event) => event.type))],
    eventCount: commit.events.length,
    events: commit.events.slice(-EVENTS_MAX).map(toJson),
  };
}
export type FeedMessage = ReturnType<typeof message>;

/** Where to go on from. A reader that is far behind, or ahead of us, sees a gap in the numbers and reads afresh. */
export function resumeFrom(last: number, sequence: number): number {
  return last > sequence || sequence - last > BEHIND_MAX ? Math.max(0, sequence - 1) : last;
}

export const feedRouter = router({
  follow: sessionProcedure.input(followInput).subscription(async function* ({ ctx, input, signal }) {
    const last = Number(input.lastEventId ?? input.after);
    const stop = signal ?? new AbortController().signal;
    for await (const commit of ctx.host.follow(resumeFrom(last, ctx.host.sequence), stop)) {
      yield tracked(String(commit.sequence), message(commit));
    }
  }),
});
