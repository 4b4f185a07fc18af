/** Turns a refusal of the engine into an error that the browser can show word for word. */
import { TRPCError } from '@trpc/server';
import type { Rejection, RejectionCode } from '../engine/simulation/rejection';
import { rejectionMessage } from '../schema/rejection-message';
import type { ExecuteResult } from '../sessions/session-host';

const NOT_FOUND: ReadonlySet<RejectionCode> = new Set([
  'account_not_found',
  'asset_not_found',
  'order_not_found',
  'position_not_found',
]);

function refusal(rejection: Rejection): TRPCError {
  const code = NOT_FOUND.has(rejection.code) ? 'NOT_FOUND' : 'UNPROCESSABLE_CONTENT';
  return new TRPCError({ code, message: rejectionMessage(rejection) });
}

/** The events of what was done; throws the refusal when it was not. */
export function accepted(result: ExecuteResult): Extract<ExecuteResult, { ok: true }> {
  if (!result.ok) throw refusal(result.rejection);
  return result;
}
