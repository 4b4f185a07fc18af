/** The real server as a child process that can be killed at any moment and started again on the same data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 20_000;

export class CrashServer {
  private child: ChildProcess | null = null;
  private output = '';

  constructor(
    readonly port: number,
    private readonly dataDir: string,
  ) {}

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when the server says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/runtime/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.environment() },
    });
    this.child = child;
    this.output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-10_000)));
    }
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.isReady())) {
      if (child.exitCode !== null) throw new Error(`expected a running server, it ended: ${this.output}`);
      if (Date.now() > deadline) throw new Error(`expected a ready server, found: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** As the machine would in an outage: no signal handler runs, nothing is flushed by the process. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'close');
    child.kill(signal);
    await gone;
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.origin}/health`)).ok;
    } catch {
      return false;
    }
  }

  private environment(): Record<string, string> {
    return {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(this.port),
      PADDOCK_DATA_DIR: this.dataDir,
      PADDOCK_FSYNC: 'interval',
    };
  }
}

/** Brings a CSV file into a data directory with the product's own command. */
export async function importCsv(file: string, symbol: string, dataDir: string): Promise<void> {
  const command = join(ROOT, 'server', 'commands', 'import.ts');
  const args = ['--import', 'tsx', command, 'csv', file, '--symbol', symbol, '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`expected the import to succeed, found ${String(code)}: ${output}`);
}

/** A port of the loopback that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
