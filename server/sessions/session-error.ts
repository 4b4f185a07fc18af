/** What can go wrong with a session besides a refusal of the engine. Told apart by `code`, never by `instanceof`. */

export type SessionErrorCode =
  /** More commands are waiting than the mailbox holds, or more sessions are in use than this server takes. */
  | 'session_busy'
  /** This host is gone: its store failed, the engine broke an invariant, or it was evicted. Open the session again. */
  | 'session_unavailable'
  | 'session_deleted'
  /** A follower that did not read while more commits came than its buffer holds. Follow again from its last one. */
  | 'follower_too_slow'
  /** The same command id came with another command. */
  | 'command_id_taken';

export class SessionError extends Error {
  override readonly name = 'SessionError';
  constructor(
    readonly code: SessionErrorCode,
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(message, options);
  }
}

/** The `code` of anything that was thrown, ours or not. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
