/** The control plane's sessions: create, list, read, rename, delete. */
import * as z from 'zod';
import { instant } from '../wire/instant';
import { sessionChangeRequest, sessionRequest } from '../../schema/session';
import { given, wholeNumber } from '../../schema/query';
import type { CreateRefusal } from '../../sessions/session-registry';
import { created, noContent, ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import type { WireRequest } from '../request';
import { invalid, notFound, refusal } from '../wire/error';
import { newSessionToWire, sessionToWire } from '../wire/session';

const PAGE_DEFAULT = 20;
const PAGE_MAX = 50;
const LOADED_SHOWN = 20;

type Sentence<Code extends CreateRefusal['code']> = (
  refusal: Extract<CreateRefusal, { code: Code }>,
) => string;

const CREATE_REFUSALS: { readonly [Code in CreateRefusal['code']]: Sentence<Code> } = {
  symbols_required: () => 'symbols: expected at least one symbol',
  too_many_symbols: ({ count, maximum }) => `symbols: expected at most ${maximum}, found ${count}`,
  period_empty: () => 'end_time: expected a time after start_time',
  period_without_sessions: ({ startTime, endTime }) =>
    `start_time: expected a trading day of 2000 to 2027 between ${instant(startTime)} and ${instant(endTime)}`,
  symbol_not_loaded: ({ symbol, loaded }) =>
    `symbols: there are no bars of ${symbol}; loaded are ${loaded.slice(0, LOADED_SHOWN).join(', ') || 'none'}`,
  asset_class_not_traded: ({ symbol, assetClass }) =>
    `symbols: expected assets of class us_equity, found ${symbol} of class ${assetClass}; sessions do not trade ${assetClass} yet`,
  no_bars_in_span: ({ symbol, coverage }) =>
    `start_time: ${symbol} has no bars between start_time and end_time; its bars go from ` +
    `${instant(coverage.firstTime)} to ${instant(coverage.lastTime)}`,
};

function answerToRefusal(refused: CreateRefusal): Answer {
  const sentence = CREATE_REFUSALS[refused.code] as Sentence<CreateRefusal['code']>;
  return refusal(422, 42210000, sentence(refused));
}

/** Where the client found us, for links that work from there. */
function originOf(request: WireRequest): string {
  const host = request.header('host') ?? 'localhost';
  const isSecure = request.header('x-forwarded-proto') === 'https';
  return `${isSecure ? 'https' : 'http'}://${host}`;
}

export const createSession = endpoint({
  method: 'POST',
  path: '/v1/sessions',
  authorisation: 'workspace',
  body: sessionRequest,
  run: async ({ gate, request, body }) => {
    const result = await gate.registry.create(body);
    if (!result.ok) return answerToRefusal(result.refusal);
    return created(newSessionToWire(result.host, result.key, originOf(request)));
  },
});

export const listSessions = endpoint({
  method: 'GET',
  path: '/v1/sessions',
  authorisation: 'workspace',
  query: z.object({
    limit: wholeNumber(1, PAGE_MAX, PAGE_DEFAULT),
    page_token: given(z.string().max(400)).optional(),
  }),
  run: async ({ gate, query }) => {
    const page = await gate.registry.list({ limit: query.limit, pageToken: query.page_token ?? null });
    const sessions: unknown[] = [];
    for (const { id } of page.sessions) {
      const host = await gate.registry.open(id);
      // Deleted since the page was read.
      if (host !== null) sessions.push(sessionToWire(host));
    }
    return ok({ sessions, next_page_token: page.nextPageToken });
  },
});

export const getSession = endpoint({
  method: 'GET',
  path: '/v1/sessions/{session_id}',
  authorisation: 'named_session',
  run: ({ host }) => ok(sessionToWire(host)),
});

export const changeSession = endpoint({
  method: 'PATCH',
  path: '/v1/sessions/{session_id}',
  authorisation: 'named_session',
  body: sessionChangeRequest,
  run: async ({ gate, host, body }) => {
    const record = await gate.registry.rename(host.record.id, body.name);
    return record === null ? notFound('session not found') : ok(sessionToWire(host));
  },
});

export const deleteSession = endpoint({
  method: 'DELETE',
  path: '/v1/sessions/{session_id}',
  authorisation: 'named_session',
  run: async ({ gate, host }) => {
    const isDeleted = await gate.registry.delete(host.record.id);
    return isDeleted ? noContent : invalid('session is being deleted');
  },
});
