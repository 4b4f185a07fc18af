/** The gate itself: from a request to its answer. Never throws, never redirects, always answers in JSON. */
import { codeOf } from '../sessions/session-error';
import { admit } from './admission';
import type { Answer } from './answer';
import type { Endpoint } from './endpoint';
import type { Gate } from './gate';
import { PathTable, type Match } from './path-table';
import type { WireRequest, WireResponse } from './request';
import { ENDPOINTS } from './routes';
import { readTarget } from './target';
import { invalid, notFound, refusal } from './wire/error';

const TABLE = new PathTable(ENDPOINTS);

const NO_ENDPOINT = notFound('endpoint not found.');
const BROKEN_PATH = refusal(400, 40010000, 'request path is not valid');
const NOT_ALLOWED = refusal(405, 40510000, 'method not allowed');
const INTERNAL = refusal(500, 50010000, 'internal server error occurred');

export async function handle(gate: Gate, request: WireRequest): Promise<WireResponse> {
  const requestId = gate.newId().replaceAll('-', '');
  const target = readTarget(request.target);
  if (target === null) return respond(requestId, BROKEN_PATH);
  const match = TABLE.find(target.segments);
  if (match === null) return respond(requestId, NO_ENDPOINT);
  if (request.method === 'OPTIONS')
    return respond(requestId, { status: 204, body: undefined }, preflight(match));
  const isHead = request.method === 'HEAD';
  const endpoint = match.endpoints.get(isHead ? 'GET' : request.method);
  if (endpoint === undefined) return respond(requestId, NOT_ALLOWED, { allow: methodsOf(match) });
  const answer = await run({ gate, request, endpoint, match, requestId, ...target });
  return respond(requestId, isHead ? { ...answer, body: undefined } : answer, sharing(endpoint));
}

interface Running {
  readonly gate: Gate;
  readonly request: WireRequest;
  readonly endpoint: Endpoint;
  readonly match: Match;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly query: string;
}

async function run(running: Running): Promise<Answer> {
  try {
    return await attempt(running).catch((error: unknown) => {
      // Its host was put away between finding it and using it: once more, under the same command id.
      if (codeOf(error) === 'session_unavailable') return attempt(running);
      throw error;
    });
  } catch (error) {
    return answerToError(running, error);
  }
}

async function attempt(running: Running): Promise<Answer> {
  const { gate, request, endpoint, match, query: queryText, sessionId } = running;
  const { params } = match;
  const { authorisation } = endpoint;
  const pathSessionId = authorisation === 'named_session' ? params.session_id : undefined;
  const admission = await admit(gate, request, { authorisation, pathSessionId, prefixSessionId: sessionId });
  if ('refused' in admission) return admission.refused;
  const requestId = commandIdOf(request) ?? running.requestId;
  return endpoint.handle({ gate, request, params, queryText, requestId, ...admission });
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

/** Pages of other origins may use Alpaca's paths, which need a key, and never the control plane, which may not. */
function sharing(endpoint: Endpoint): Record<string, string> {
  return endpoint.authorisation === 'own_session' ? { 'access-control-allow-origin': '*' } : {};
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

function respond(requestId: string, answer: Answer, headers: Record<string, string> = {}): WireResponse {
  const body = answer.body === undefined ? null : JSON.stringify(answer.body);
  return {
    status: answer.status,
    headers: {
      'x-request-id': requestId,
      'cache-control': 'no-store',
      ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
    },
    body,
  };
}
