// `npm run check`: format, lint, types, unused code and the house rules. Green before every commit.
import { pathToFileURL } from 'node:url';
import { runNode, tool } from './commands.mjs';
import { install } from './install.mjs';
import { requireNode } from './node-version.mjs';

/** The checks that are not tests, by the name that `npm run` knows them by where there is one. */
const CHECKS = [
  {
    name: 'format',
    mend: 'npm run format',
    steps: () => [tool('prettier', ['--check', '--log-level', 'warn', '.'])],
  },
  { name: 'lint', mend: 'npm run lint', steps: () => [tool('eslint', ['.', '--max-warnings', '0'])] },
  {
    name: 'types',
    mend: 'npm run types',
    steps: () => [tool('next', ['typegen']), tool('typescript', ['--noEmit', '-p', '.'], 'tsc')],
  },
  { name: 'unused', mend: 'npm run unused', steps: () => [tool('knip', [])] },
];

/** Runs all checks, each to its end, and resolves to the names of those that failed. */
export async function runChecks() {
  const failed = [];
  for (const { name, mend, steps } of CHECKS) {
    const started = performance.now();
    let code = 0;
    for (const step of steps()) code ||= await runNode(step);
    const took = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      code === 0 ? `${name}: ok (${took} s)` : `${name}: FAILED (${took} s); mend it with: ${mend}`,
    );
    if (code !== 0) failed.push(name);
  }
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  await install();
  const failed = await runChecks();
  const tidy = await runNode(tool('vitest', ['run', '--project', 'unit', 'server/tidy.test.ts']));
  if (tidy !== 0) failed.push('tidy');
  console.log(failed.length === 0 ? 'check: ok' : `check: failed (${failed.join(', ')})`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
