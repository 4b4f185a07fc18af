/** Decides who asks and for which session: every request passes here before an endpoint runs. */
import { isOwnRequest } from '../schema/own-request';
import type { SessionHost } from '../sessions/session-host';
import type { Answer } from './answer';
import { credentialsOf, type Credentials } from './credentials';
import type { Admission, Authorisation } from './endpoint';
import type { Gate } from './gate';
import type { WireRequest } from './request';
import { notFound, refusal } from './wire/error';

type Caller =
  | { readonly kind: 'session_key'; readonly keyId: string; readonly sessionId: string }
  | { readonly kind: 'workspace_key'; readonly keyId: string }
  | { readonly kind: 'local' };

export type Admitted = Admission | { readonly refused: Answer };

export interface Door {
  readonly authorisation: Authorisation;
  /** From the path of a control-plane endpoint. */
  readonly pathSessionId: string | undefined;
  /** From `/sessions/{id}` in front of the path. */
  readonly prefixSessionId: string | null;
}

const UNAUTHORIZED = refusal(401, 40110000, 'request is not authorized');
const NO_SESSION = notFound('session not found');
const NOT_NAMED = refusal(
  400,
  40010000,
  'this key may use every session: name one by the header X-Session-Id or by /sessions/{id} in front of the path',
);
const OF_A_SESSION = refusal(403, 40310000, 'the key of a session cannot be used for the workspace');

/** What ids can look like; anything else names no session, and never reaches a store. */
const SESSION_ID = /^[A-Za-z0-9_-]{8,64}$/;

export async function admit(gate: Gate, request: WireRequest, door: Door): Promise<Admitted> {
  const caller = await callerOf(gate, request, door.authorisation);
  if (caller === null) return { refused: UNAUTHORIZED };
  const actor = caller.kind === 'local' ? 'local' : `key:${caller.keyId}`;
  if (door.authorisation === 'workspace') {
    return caller.kind === 'session_key' ? { refused: OF_A_SESSION } : { host: null, actor };
  }
  const sessionId = sessionMeant(caller, request, door);
  if (typeof sessionId !== 'string') return { refused: sessionId };
  const host = await open(gate, sessionId);
  return host === null ? { refused: NO_SESSION } : { host, actor };
}

function open(gate: Gate, sessionId: string): Promise<SessionHost | null> {
  return SESSION_ID.test(sessionId) ? gate.registry.open(sessionId) : Promise.resolve(null);
}

/** Null: not authorised. Credentials that are wrong are never taken for none. */
function callerOf(gate: Gate, request: WireRequest, rule: Authorisation): Promise<Caller | null> {
  const credentials = credentialsOf(request);
  if (credentials.kind !== 'none') return withCredentials(gate, credentials);
  if (rule === 'own_session') return Promise.resolve(null);
  const isLocalUser =
    gate.isOwner(request) || (gate.isLocal && isOwnRequest((name) => request.header(name) ?? null, true));
  return Promise.resolve(isLocalUser ? { kind: 'local' } : null);
}

async function withCredentials(gate: Gate, credentials: Credentials): Promise<Caller | null> {
  if (credentials.kind !== 'pair') return null;
  const key = await gate.keys.verify(credentials.keyId, credentials.secretKey);
  if (key === null) return null;
  const { keyId, sessionId } = key;
  return sessionId === null ? { kind: 'workspace_key', keyId } : { kind: 'session_key', keyId, sessionId };
}

/** The session's id, or the refusal. A session that is not the caller's looks like one that does not exist. */
function sessionMeant(caller: Caller, request: WireRequest, door: Door): string | Answer {
  const header = request.header('x-session-id') || null;
  const path = door.pathSessionId ?? null;
  const prefix = door.prefixSessionId;
  const meant = caller.kind === 'session_key' ? caller.sessionId : (path ?? prefix ?? header);
  if (meant === null) return NOT_NAMED;
  const agrees = (named: string | null): boolean => named === null || named === meant;
  return agrees(path) && agrees(prefix) && agrees(header) ? meant : NO_SESSION;
}
