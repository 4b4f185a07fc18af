/** A real HTTP server over invented minutes, sessions and keys in memory: for tests of what goes over the wire. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Gate } from '../alpaca/gate';
import { handle } from '../alpaca/handle';
import { Simulation } from '../engine/simulation/simulation';
import { money } from '../engine/units/decimal';
import { uuidOfText } from '../engine/units/ids';
import type { BarLibrary } from '../sessions/bar-library';
import type { CorporateActionLibrary } from '../sessions/corporate-action-library';
import { memoryKeys, memoryLibrary, someDays } from '../sessions/market.fixture';
import { SessionRegistry } from '../sessions/session-registry';
import { memorySessionStore } from '../stores/sessions/memory-session-store';
import { createHttpServer } from './http-server';

export interface Keys {
  readonly keyId: string;
  readonly secretKey: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly keys?: Keys | null;
  /** An object goes as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OpenedSession {
  readonly id: string;
  readonly keys: Keys;
}

export interface GateServer {
  readonly origin: string;
  readonly registry: SessionRegistry;
  readonly workspace: Keys;
  /** What the server had to report as its own fault. */
  readonly faults: readonly string[];
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  open(change?: Readonly<Record<string, unknown>>): Promise<OpenedSession>;
  close(): Promise<void>;
}

/** ACME starts at 100, BOLT at 40, CHIP at 0.5: each minute one cent more. */
function library(): BarLibrary {
  const bars = memoryLibrary({ ACME: someDays(100), BOLT: someDays(40), CHIP: someDays(0.5) });
  const id = (symbol: string): string => uuidOfText(`asset ${symbol}`);
  const assets = async () => (await bars.assets()).map((asset) => ({ ...asset, id: id(asset.symbol) }));
  const asset = async (symbolOrId: string) =>
    (await assets()).find((one) => one.symbol === symbolOrId || one.id === symbolOrId) ?? null;
  return { ...bars, assets, asset };
}

/** ACME pays 24 cents to who holds it into the second day. */
const DIVIDENDS: CorporateActionLibrary = {
  corporateActions: (symbols) =>
    Promise.resolve(
      symbols.includes('ACME')
        ? [
            {
              symbol: 'ACME',
              exDate: '2024-01-04',
              type: 'cash_dividend',
              closeBefore: null,
              cashPerShare: money('0.24'),
            },
          ]
        : [],
    ),
  symbolChanges: () => Promise.resolve([]),
};

const DEFAULT_SESSION = {
  symbols: ['ACME', 'BOLT'],
  start_time: '2024-01-03',
  end_time: '2024-01-04',
  seed: 'gate tests',
};

export async function startGate(change: Partial<Gate> = {}): Promise<GateServer> {
  const bars = library();
  const keys = memoryKeys();
  const workspace = await keys.create(null);
  const registry = new SessionRegistry({
    store: memorySessionStore(),
    bars,
    corporateActions: DIVIDENDS,
    keys,
    engine: Simulation,
    now: () => new Date(),
    newId: randomUUID,
    hostsMax: 50,
    idleMs: 60_000,
  });
  const faults: string[] = [];
  const gate: Gate = {
    registry,
    bars,
    keys,
    isLocal: true,
    isOwner: () => false,
    importCsv: () =>
      Promise.resolve({ status: 422, body: { code: 42210000, message: 'nothing to import into' } }),
    newId: randomUUID,
    reportError: (message, error) => void faults.push(`${message}: ${String(error)}`),
    ...change,
  };
  const server = createHttpServer({
    answer: (request) => handle(gate, request),
    pages: null,
    ownerSecret: null,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  const origin = `http://127.0.0.1:${address.port}`;
  const call = (method: string, path: string, options: CallOptions = {}) =>
    request(origin, method, path, options);
  return {
    origin,
    registry,
    workspace,
    faults,
    call,
    open: async (sessionChange = {}) => {
      const reply = await call('POST', '/v1/sessions', { body: { ...DEFAULT_SESSION, ...sessionChange } });
      if (reply.status !== 201)
        throw new Error(`expected a new session, found ${reply.status} ${reply.text}`);
      const { id, api_key } = reply.json as { id: string; api_key: { key_id: string; secret_key: string } };
      return { id, keys: { keyId: api_key.key_id, secretKey: api_key.secret_key } };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await registry.close();
    },
  };
}

async function request(origin: string, method: string, path: string, options: CallOptions): Promise<Reply> {
  const { keys = null, body, headers = {} } = options;
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(keys === null ? {} : { 'APCA-API-KEY-ID': keys.keyId, 'APCA-API-SECRET-KEY': keys.secretKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}
