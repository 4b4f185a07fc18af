/** Children of the bench: programs of this folder in processes of their own, stopped by their handle. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STOP_WITHIN_MS = 10_000;

/** Runs a program of this folder and resolves to the one message that it sends. */
export async function reportOf<T>(program: string, args: readonly string[]): Promise<T> {
  const child = forkProgram(program, args);
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`${program} ${args.join(' ')} ended with ${String(code)} before it reported`);
  });
  const [report] = (await Promise.race([once(child, 'message'), exit])) as [T];
  exit.catch(() => undefined);
  await stop(child);
  return report;
}

export function forkProgram(program: string, args: readonly string[] = []): ChildProcess {
  return fork(join(ROOT, 'bench', program), args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
}

/** Starts Paddock itself as `npm start` does, with its output kept away from ours. */
export function startPaddock(port: number, dataDir: string): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', PADDOCK_DATA_DIR: dataDir },
  });
}

/** Ends a child, politely first. Resolves when it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}

/** A port of the loopback that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
