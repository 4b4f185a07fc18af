/** Browser tests: a real server that was built, on a free port and an empty data directory, and the browser that is found. */
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
/** A closed network must not slow the browser down. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

// Workers load this file again and must come to the same server, so the first one to load it decides.
process.env['PADDOCK_E2E_PORT'] ??= String(await freePort());
process.env['PADDOCK_E2E_DATA'] ??= process.env['PADDOCK_E2E_TEMPORARY'] = mkdtempSync(
  join(tmpdir(), 'paddock-browser-'),
);
const port = process.env['PADDOCK_E2E_PORT'];
const origin = `http://127.0.0.1:${port}`;

const named = process.env['PADDOCK_CHROMIUM'] ?? '';
const executablePath = named !== '' ? named : existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined;

export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: 'test-results/browser',
  globalTeardown: './e2e/browser/remove-data.ts',
  // One server and one demo session: tests that move its clock may not run side by side.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: QUIET },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    url: `${origin}/health`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: { PORT: port, HOST: '127.0.0.1', PADDOCK_DATA_DIR: process.env['PADDOCK_E2E_DATA'] },
  },
});
