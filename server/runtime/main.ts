/** Starts the server: `node --import tsx server/runtime/main.ts`, with `--api-only` without pages. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { codeOf } from '../sessions/session-error';
import { isLoopback, originOf, parseEnv, type Env } from './env';
import { createHttpServer } from './http-server';
import { preparePages } from './pages';
import { getRuntime, type Runtime } from './runtime';

/** How long requests that are under way may take when the server is told to stop. */
const GRACE_MS = 2_000;
const EXPECTED_FAULTS = new Set(['environment_invalid', 'data_directory_locked', 'EADDRINUSE', 'EACCES']);

async function main(): Promise<void> {
  const started = performance.now();
  const env = parseEnv(process.env);
  const isApiOnly = process.argv.includes('--api-only');
  const isDevelopment = process.env.NODE_ENV === 'development';
  const pagesOptions = { directory: process.cwd(), isDevelopment, host: env.HOST, port: env.PORT };
  // Both take their time and neither waits for the other.
  const [runtime, pages] = await Promise.all([
    prepareRuntime(),
    isApiOnly ? null : preparePages(pagesOptions),
  ]);
  const ownerSecret = isLoopback(env.HOST) ? null : (env.PADDOCK_OWNER_SECRET ?? null);
  const server = createHttpServer({ answer: runtime.answer, pages, ownerSecret });
  const origin = await listen(server, env, runtime);
  stopOnSignal(server, runtime);
  greet(runtime, origin, performance.now() - started, pages !== null);
}

async function prepareRuntime(): Promise<Runtime> {
  const runtime = await getRuntime();
  await runtime.demoSessionId();
  return runtime;
}

async function listen(server: Server, env: Env, runtime: Runtime): Promise<string> {
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening').catch(async (error: unknown) => {
    await runtime.close();
    throw error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : env.PORT;
  const origin = originOf(env.HOST, port);
  runtime.announce(origin);
  return origin;
}

function greet({ newWorkspaceKey }: Runtime, origin: string, tookMs: number, hasPages: boolean): void {
  if (newWorkspaceKey !== null) {
    const { keyId, secretKey } = newWorkspaceKey;
    console.log(`Workspace key, shown this once: APCA_API_KEY_ID=${keyId} APCA_API_SECRET_KEY=${secretKey}`);
  }
  const what = hasPages ? '' : ' (APIs only)';
  console.log(`Paddock is ready at ${origin}${what} after ${(tookMs / 1000).toFixed(1)} s`);
}

function stopOnSignal(server: Server, runtime: Runtime): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1); // told twice: now
    isStopping = true;
    shutDown(server, runtime).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('Paddock did not stop cleanly', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** No new requests, a moment for those under way, then every session is put away with a snapshot. */
async function shutDown(server: Server, runtime: Runtime): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(grace);
  await runtime.close();
}

main().catch((error: unknown) => {
  const isExpected = EXPECTED_FAULTS.has(codeOf(error) ?? '');
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
});
