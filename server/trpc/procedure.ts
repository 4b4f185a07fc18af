/** The tRPC instance, its error shape, and the procedure that every session route starts from. */
import { initTRPC, TRPCError } from '@trpc/server';
import * as z from 'zod';
import { faultMessage } from '../schema/field';
import { codeOf, type SessionErrorCode } from '../sessions/session-error';
import type { TrpcContext } from './context';

/** Silence longer than this makes the client reconnect; pings come well within it. */
const SILENCE_MS = 5_000;
const PING_MS = 2_000;

/** tRPC prints all issues of a bad input as JSON, and a fault's inner words; a person gets one sentence. */
function messageOf(error: TRPCError): string {
  if (error.cause instanceof z.ZodError) return faultMessage(error.cause);
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error.message;
  return 'The server failed at this request; its output tells why. Nothing was changed that was not acknowledged.';
}

const trpc = initTRPC.context<TrpcContext>().create({
  sse: {
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: SILENCE_MS },
  },
  errorFormatter: ({ shape, error }) => ({ ...shape, message: messageOf(error) }),
});

export const router = trpc.router;
export const createCallerFactory = trpc.createCallerFactory;
export const procedure = trpc.procedure;

const OUTAGES: Readonly<Record<SessionErrorCode, TRPCError['code']>> = {
  session_busy: 'TOO_MANY_REQUESTS',
  session_unavailable: 'SERVICE_UNAVAILABLE',
  session_deleted: 'NOT_FOUND',
  follower_too_slow: 'SERVICE_UNAVAILABLE',
  command_id_taken: 'CONFLICT',
};

function outageOf(error: TRPCError): TRPCError | null {
  const code = codeOf(error.cause);
  if (code === null || !Object.hasOwn(OUTAGES, code)) return null;
  return new TRPCError({
    code: OUTAGES[code as SessionErrorCode],
    message: error.message,
    cause: error.cause,
  });
}

const sessionInput = z.object({ sessionId: z.string().min(1).max(64) });

/** Finds the session that the input names, loading it when it was evicted; its outages keep their own words. */
export const sessionProcedure = procedure.input(sessionInput).use(async ({ ctx, input, next }) => {
  const host = await ctx.registry.open(input.sessionId);
  if (host === null) {
    throw new TRPCError({ code: 'NOT_FOUND', message: `There is no session ${input.sessionId}.` });
  }
  const result = await next({ ctx: { ...ctx, host } });
  if (result.ok) return result;
  throw outageOf(result.error) ?? result.error;
});
