// `npm run up`: from a fresh clone to an open workbench. Installs and builds only what changed, then starts.
import { createServer } from 'node:net';
import { build, isBuilt } from './build.mjs';
import { install } from './install.mjs';
import { requireNode } from './node-version.mjs';

const READY_WITHIN_MS = 120_000;
const POLL_MS = 100;

requireNode();
const host = process.env.HOST || '127.0.0.1';
const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;

await install();
const port = await freePort(Number(process.env.PORT || 3000));
const url = `http://${shownHost}:${port}`;
process.env.PORT = String(port);
await buildIfChanged();
console.log('Starting Paddock ...');
const started = performance.now();
const { start } = await import('./start.mjs');
await start();
await waitUntilReady();
console.log(`\n  Open ${url} (started in ${seconds(started)} s; Ctrl-C stops it)\n`);

async function buildIfChanged() {
  if (isBuilt()) return;
  console.log('Building (the sources changed since the last build, if there was one) ...');
  const begun = performance.now();
  const code = await build();
  if (code !== 0) {
    console.error('The build failed: see its message above.');
    process.exit(code);
  }
  console.log(`Built in ${seconds(begun)} s.`);
}

/** Resolves to the port (any free one for 0), or says what to do about a taken one before a minute goes into a build. */
function freePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      console.error(
        error.code === 'EADDRINUSE'
          ? `Port ${wanted} is taken. If that is Paddock, open http://${shownHost}:${wanted}; ` +
              `else choose another one: PORT=${wanted + 1} npm run up`
          : `Cannot listen on ${host}:${wanted}: ${error.message}`,
      );
      process.exit(1);
    });
    probe.listen(wanted, host, () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
}

async function waitUntilReady() {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  console.error(`The server did not answer ${url}/health within ${READY_WITHIN_MS / 1000} s.`);
  process.exit(1);
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
