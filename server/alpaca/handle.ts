/** The gate itself: from a request to its answer. Never throws, never redirects, always answers in JSON. */
import { codeOf } from '../sessions/session-error';
import { admit } from './admission';
import type { Answer } from './answer';
import type { Endpoint } from './endpoint';
import type { Gate } from './gate';
import type { Match } from './path-table';
import type { WireRequest, WireResponse } from './request';
import { resolve } from './resolve';
import { invalid, notFound, refusal } from './wire/error';

const NO_ENDPOINT = notFound('endpoint not found.');
const BROKEN_PATH = refusal(400, 40010000, 'request path is not valid');
const NOT_ALLOWED = refusal(405, 40510000, 'method not allowed');
const INTERNAL = refusal(500, 50010000, 'internal server error occurred');
const NOTHING: Answer = { status: 204, body: undefined };

export async function handle(gate: Gate, request: WireRequest): Promise<WireResponse> {
  const requestId = gate.newId().replaceAll('-', '');
  const mark = request.target.indexOf('?');
  const route = resolve(mark === -1 ? request.target : request.target.slice(0, mark));
  if (route === null) return respond(requestId, BROKEN_PATH);
  const { match, sessionId } = route;
  if (match === null) return respond(requestId, NO_ENDPOINT);
  const { method } = request;
  if (method === 'OPTIONS') return respond(requestId, NOTHING, preflight(match));
  const endpoint = match.endpoints.get(method === 'HEAD' ? 'GET' : method);
  if (endpoint === undefined) return respond(requestId, NOT_ALLOWED, { allow: methodsOf(match) });
  const query = mark === -1 ? '' : request.target.slice(mark + 1);
  const answer = await run({ gate, request, endpoint, match, requestId, sessionId, query });
  return respond(
    requestId,
    method === 'HEAD' ? { ...answer, body: undefined } : answer,
    endpoint.authorisation === 'own_session' ? SHARED : {},
  );
}

/** Pages of other origins may use Alpaca's paths, which need a key, and never the control plane, which may not. */
const SHARED = { 'access-control-allow-origin': '*' };

interface Running {
  readonly gate: Gate;
  readonly request: WireRequest;
  readonly endpoint: Endpoint;
  readonly match: Match;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly query: string;
}

const ATTEMPTS_MAX = 2;

async function run(running: Running): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(running);
    } catch (error) {
      // Its host was put away between finding it and using it: once more, under the same command id.
      if (codeOf(error) === 'session_unavailable' && attempt < ATTEMPTS_MAX) continue;
      return answerToError(running, error);
    }
  }
}

async function attemptOnce(running: Running): Promise<Answer> {
  const { gate, request, endpoint, match, query, sessionId } = running;
  const { authorisation } = endpoint;
  const admission = await admit(gate, request, {
    authorisation,
    pathSessionId: authorisation === 'named_session' ? match.params.session_id : undefined,
    prefixSessionId: sessionId,
  });
  if ('refused' in admission) return admission.refused;
  return endpoint.handle({
    gate,
    request,
    params: match.params,
    queryText: query,
    requestId: commandIdOf(request) ?? running.requestId,
    host: admission.host,
    actor: admission.actor,
  });
}

const COMMAND_ID_MAX = 128;

/** A client's own id makes its retries idempotent (the header of Alpaca's JavaScript SDK). */
function commandIdOf(request: WireRequest): string | null {
  const id = request.header('idempotency-key')?.trim();
  return id === undefined || id === '' ? null : id.slice(0, COMMAND_ID_MAX);
}

/** Outages by their code; what has none is a bug of ours, told to the operator and not to the client. */
function answerToError({ gate, endpoint }: Running, error: unknown): Answer {
  const message = error instanceof Error ? error.message : '';
  const code = codeOf(error);
  if (code === 'session_busy') return refusal(429, 42910000, `too many requests: ${message}`);
  if (code === 'command_id_taken' || code === 'page_token_invalid') return invalid(message);
  if (code === 'session_deleted' || code === 'session_not_found') return notFound('session not found');
  gate.reportError(`${endpoint.method} ${endpoint.path} failed`, error);
  if (code === 'session_unavailable') return refusal(503, 50310000, 'session is not available: try again');
  return INTERNAL;
}

function methodsOf(match: Match): string {
  return [...match.endpoints.keys(), ...(match.endpoints.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function preflight(match: Match): Record<string, string> {
  const allow = methodsOf(match);
  const isShared = [...match.endpoints.values()].every(
    (endpoint) => endpoint.authorisation === 'own_session',
  );
  if (!isShared) return { allow };
  return {
    allow,
    'access-control-allow-origin': '*',
    'access-control-allow-methods': allow,
    // The star does not stand for Authorization (Fetch standard, CORS protocol).
    'access-control-allow-headers': '*, Authorization',
    'access-control-max-age': '600',
  };
}

function respond(
  requestId: string,
  answer: Answer,
  more: Readonly<Record<string, string>> = {},
): WireResponse {
  const body = answer.body === undefined ? null : JSON.stringify(answer.body);
  const headers: Record<string, string> = { 'x-request-id': requestId, 'cache-control': 'no-store' };
  for (const name in more) headers[name] = more[name] ?? '';
  if (body !== null) {
    headers['content-type'] = 'application/json; charset=utf-8';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  return { status: answer.status, headers, body };
}
