/** Which tests vitest runs: quick ones beside the code, and slow ones that start real servers. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const MINUTE_MS = 60_000;

/** Real servers share the machine's ports, disk and two cores: one file at a time, and time enough. */
const oneAtATime = {
  pool: 'forks' as const,
  fileParallelism: false,
  testTimeout: 10 * MINUTE_MS,
  hookTimeout: 5 * MINUTE_MS,
};

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,components,app,bench}/**/*.test.{ts,tsx}'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'e2e-sdk', include: ['e2e/alpaca-sdk/**/*.test.ts'], ...oneAtATime } },
      { extends: true, test: { name: 'e2e-crash', include: ['e2e/crash/**/*.test.ts'], ...oneAtATime } },
    ],
  },
});
