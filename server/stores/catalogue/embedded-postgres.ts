/** Starts the embedded database (PGlite in a worker thread) and gives the URL at which `pg` reaches it. */
import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { pgliteWorkerFile } from './installation';

export interface EmbeddedPostgres {
  readonly url: string;
  /** Resolves when the database is on disk and the thread has ended. */
  stop(): Promise<void>;
}

const ready = z.object({ port: z.number().int().positive() });

export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  mkdirSync(directory, { recursive: true });
  // Own flags are not handed on: under tsx they would load its loader a second time, for plain JavaScript.
  const worker = new Worker(pgliteWorkerFile(), { workerData: { directory }, execArgv: [] });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const { port } = await new Promise<z.infer<typeof ready>>((resolve, reject) => {
    worker.once('message', (message: unknown) => resolve(ready.parse(message)));
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the embedded database ended at start with code ${code}`)),
    );
  });
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    stop: async () => {
      worker.postMessage('stop');
      await exited;
    },
  };
}
