/** One endpoint of the table: how it is reached, who may use it, what it reads and what it does. */
import type * as z from 'zod';
import type { By, SessionHost } from '../sessions/session-host';
import { faultMessage } from '../schema/field';
import { queryRecord } from '../schema/query';
import type { Answer } from './answer';
import type { Gate } from './gate';
import type { WireRequest } from './request';
import { invalid, refusal } from './wire/error';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may use an endpoint. There is no default: a route without a rule does not compile.
 * `own_session`: Alpaca's paths; the key says which session is meant.
 * `named_session`: the session in the path, for its own keys, workspace keys and the local user.
 * `workspace`: workspace keys and the local user.
 */
export type Authorisation = 'own_session' | 'named_session' | 'workspace';

/** What is there when the caller was found to be allowed. */
export interface Admission {
  /** Null for `workspace` endpoints. */
  readonly host: SessionHost | null;
  readonly actor: string;
}

export interface RawCall extends Admission {
  readonly gate: Gate;
  readonly request: WireRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly queryText: string;
  /** Identifies this request, so that doing it again changes nothing. */
  readonly requestId: string;
}

interface Call<Auth extends Authorisation, Query, Body> {
  readonly gate: Gate;
  readonly request: WireRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly host: Auth extends 'workspace' ? null : SessionHost;
  /** Who asks, for a command; `part` tells several commands of one request apart. */
  by(part?: string): By;
}

interface Definition<Auth extends Authorisation, Query, Body> {
  readonly method: Method;
  /** `{name}` is one segment, `{name*}` all that follow. */
  readonly path: string;
  readonly authorisation: Auth;
  readonly query?: z.ZodType<Query>;
  /** Absent: the body is not read. */
  readonly body?: z.ZodType<Body>;
  /** Status of a faulty query: 422 on trading paths, 400 on market data. */
  readonly queryFault?: 400 | 422;
  run(call: Call<Auth, Query, Body>): Answer | Promise<Answer>;
}

export interface Endpoint {
  readonly method: Method;
  readonly path: string;
  readonly authorisation: Authorisation;
  handle(call: RawCall): Promise<Answer>;
}

export function endpoint<Auth extends Authorisation, Query = undefined, Body = undefined>(
  definition: Definition<Auth, Query, Body>,
): Endpoint {
  const { method, path, authorisation } = definition;
  return { method, path, authorisation, handle: (call) => handle(definition, call) };
}

const BODY_BYTES_MAX = 1_000_000;

type Read<T> = { readonly value: T } | { readonly refused: Answer };

async function handle<Auth extends Authorisation, Query, Body>(
  definition: Definition<Auth, Query, Body>,
  call: RawCall,
): Promise<Answer> {
  const query = readQuery(definition, call.queryText);
  if ('refused' in query) return query.refused;
  // Most requests have no body, and then there is nothing to wait for.
  const body = definition.body === undefined ? NO_BODY : await readBody(definition.body, call.request);
  if ('refused' in body) return body.refused;
  return definition.run(new AdmittedCall<Auth, Query, Body>(call, query.value, body.value as Body));
}

class AdmittedCall<Auth extends Authorisation, Query, Body> implements Call<Auth, Query, Body> {
  readonly gate: Gate;
  readonly request: WireRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly host: Call<Auth, Query, Body>['host'];
  private readonly actor: string;
  private readonly requestId: string;

  constructor(
    call: RawCall,
    readonly query: Query,
    readonly body: Body,
  ) {
    this.gate = call.gate;
    this.request = call.request;
    this.params = call.params;
    // The dispatcher brings a host for every rule but `workspace`.
    this.host = call.host as Call<Auth, Query, Body>['host'];
    this.actor = call.actor;
    this.requestId = call.requestId;
    // Taken out of the call by endpoints that need nothing else of it.
    this.by = this.by.bind(this);
  }

  by(part?: string): By {
    const { actor, requestId } = this;
    return { actor, commandId: part === undefined ? requestId : `${requestId}/${part}` };
  }
}

function readQuery<Query>(
  { query, queryFault = 422 }: Pick<Definition<Authorisation, Query, never>, 'query' | 'queryFault'>,
  text: string,
): Read<Query> {
  if (query === undefined) return { value: undefined as Query };
  const parsed = query.safeParse(queryRecord(text));
  if (parsed.success) return { value: parsed.data };
  const message = faultMessage(parsed.error);
  return { refused: queryFault === 400 ? refusal(400, 40010000, message) : invalid(message) };
}

const FORMAT_INVALID = refusal(400, 40010000, 'request body format is invalid');
const TOO_LARGE = refusal(413, 41310000, `request body is larger than ${BODY_BYTES_MAX} bytes`);

const NO_BODY = { value: undefined };

async function readBody<Body>(body: z.ZodType<Body>, request: WireRequest): Promise<Read<Body>> {
  const text = await request.text(BODY_BYTES_MAX);
  if (text === null) return { refused: TOO_LARGE };
  const json = parseJson(text);
  if (json === null) return { refused: FORMAT_INVALID };
  const parsed = body.safeParse(json.value);
  if (parsed.success) return { value: parsed.data };
  // A fault of the whole (a list, a word, nothing) is one of the format; else a field is to blame.
  const isFormat = json.value === undefined || typeof json.value !== 'object' || Array.isArray(json.value);
  return { refused: isFormat ? FORMAT_INVALID : invalid(faultMessage(parsed.error)) };
}

/** No text at all is no value. Null: not JSON. */
function parseJson(text: string): { readonly value: unknown } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? null : { value };
  } catch {
    return null;
  }
}
