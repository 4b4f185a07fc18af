/** The composition root: the only place where parts are put together. One Runtime a process, whichever bundle asks first. */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Gate } from '../alpaca/gate';
import { handle } from '../alpaca/handle';
import type { WireRequest, WireResponse } from '../alpaca/request';
import { Simulation } from '../engine/simulation/simulation';
import { LOCK_TOKEN_HEADER } from '../feeds/csv/import-request';
import type { BarIntake } from '../sessions/bar-intake';
import type { BarLibrary } from '../sessions/bar-library';
import type { KeyStore, NewApiKey } from '../sessions/key-store';
import { SessionRegistry } from '../sessions/session-registry';
import { openCatalogue, type Catalogue } from '../stores/catalogue/catalogue';
import { prismaKeyStore } from '../stores/catalogue/prisma-key-store';
import { openMarketStore } from '../stores/market-store';
import { openFileSessionStore } from '../stores/sessions/file-session-store';
import { importFromRequest } from './csv-import';
import { demoSession } from './demo';
import { isLoopback, parseEnv, type Env } from './env';
import { prepareWorkspaceKey } from './workspace-key';

const HOSTS_MAX = 200;
const IDLE_MS = 15 * 60_000;

export interface Runtime {
  readonly env: Env;
  readonly registry: SessionRegistry;
  readonly bars: BarLibrary & BarIntake;
  readonly keys: KeyStore;
  /** Made at this start: its secret is to be told now, for it is never known again. */
  readonly newWorkspaceKey: NewApiKey | null;
  /** Answers a request on Alpaca's paths or the control plane's. */
  answer(request: WireRequest): Promise<WireResponse>;
  /** Made when there is none, or when it was deleted. */
  demoSessionId(): Promise<string>;
  /** Tells command-line tools where this process listens. */
  announce(origin: string): void;
  close(): Promise<void>;
}

async function createRuntime(env: Env): Promise<Runtime> {
  const dataDir = resolve(env.PADDOCK_DATA_DIR);
  const catalogue = await openCatalogue({ dataDir, databaseUrl: env.DATABASE_URL });
  try {
    return await compose(env, dataDir, catalogue);
  } catch (error) {
    await catalogue.close();
    throw error;
  }
}

async function compose(env: Env, dataDir: string, catalogue: Catalogue): Promise<Runtime> {
  const store = await openFileSessionStore({
    directory: join(dataDir, 'sessions'),
    fsync: env.PADDOCK_FSYNC,
  });
  const market = openMarketStore({ dataDir, catalogue });
  const { bars } = market;
  const keys = prismaKeyStore(catalogue);
  const newWorkspaceKey = await prepareWorkspaceKey(env, keys);
  const registry = new SessionRegistry({
    store,
    bars,
    quotes: market.quotes,
    corporateActions: market.corporateActions,
    keys,
    engine: Simulation,
    now: () => new Date(),
    newId: randomUUID,
    hostsMax: HOSTS_MAX,
    idleMs: IDLE_MS,
  });
  const gate: Gate = {
    registry,
    bars,
    keys,
    isLocal: isLoopback(env.HOST),
    isOwner: (request) => catalogue.lock.isToken(request.header(LOCK_TOKEN_HEADER) ?? ''),
    importCsv: (request, query) => importFromRequest(market, request, query),
    newId: randomUUID,
    reportError: (message, error) => console.error(message, error),
  };
  return {
    env,
    registry,
    bars,
    keys,
    newWorkspaceKey,
    answer: (request) => handle(gate, request),
    demoSessionId: demoSession({ catalogue, bars, registry, report: (line) => console.log(line) }),
    announce: (origin) => catalogue.lock.announce(origin),
    close: async () => {
      await registry.close();
      await store.close();
      await catalogue.close();
    },
  };
}

const RUNTIME = Symbol.for('paddock.runtime');
interface Shared {
  [RUNTIME]?: Promise<Runtime>;
}

/**
 * The Runtime of this process. The server and Next's bundles share the process and its `globalThis`, but not
 * their modules: what is kept under this symbol is the same for all.
 */
export function getRuntime(): Promise<Runtime> {
  const shared = globalThis as Shared;
  return (shared[RUNTIME] ??= createRuntime(parseEnv(process.env)));
}
