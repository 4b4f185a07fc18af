// `npm start`: starts the server that was built, in this very process. With --dev: the pages compile on demand.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quiet, root } from './commands.mjs';
import { requireNode } from './node-version.mjs';

/** Loads the server, which listens and prints a line when it is ready. */
export async function start({ development = false } = {}) {
  if (!development && !existsSync(join(root, '.next', 'BUILD_ID'))) {
    console.error('There is no build to start. Run `npm run build` first, or `npm run up`, which does both.');
    process.exit(1);
  }
  process.chdir(root);
  Object.assign(process.env, { ...quiet, NODE_ENV: development ? 'development' : 'production' });
  await import('tsx'); // from here on, TypeScript files can be imported
  await import(pathToFileURL(join(root, 'server', 'runtime', 'main.ts')).href);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  await start({ development: process.argv.includes('--dev') });
}
