// Runs the tools of node_modules as child processes, the same way on every system.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What every command of ours runs with: nothing is reported to anyone, nothing asks for updates. */
export const quiet = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma', 'schema-engine.mjs'),
};

/** The script behind a package's command, to be run by this very Node.js without a shell. */
function binary(packageName, command) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** The arguments for Node.js that run `command` of an installed package. */
export function tool(packageName, args, command = packageName) {
  return [binary(packageName, command), ...args];
}

/** Starts Node.js with `args` in the project's folder. */
export function startNode(args, { env = {}, stdio = 'inherit', detached = false } = {}) {
  return spawn(process.execPath, args, {
    cwd: root,
    stdio,
    detached,
    env: { ...process.env, ...quiet, ...env },
  });
}

/** Runs Node.js with `args` and resolves to its exit code (128 + n when a signal ended it). */
export function runNode(args, options) {
  return exitOf(startNode(args, options));
}

/** Runs npm, which is a shell script on some systems and a batch file on others. */
export function runNpm(args) {
  const cli = process.env.npm_execpath;
  const byNode = cli !== undefined && cli.endsWith('.js');
  const child = byNode
    ? startNode([cli, ...args])
    : spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return exitOf(child);
}

/** Resolves when the child has ended; a child that could not start counts as exit code 127. */
export function exitOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
