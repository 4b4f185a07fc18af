/** The embedded database: PGlite on a loopback port, in a thread of its own so that a long query stops nobody. */
// Plain JavaScript, because a worker starts from a path and neither tsx nor a bundler stands in between.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const CONNECTIONS_MAX = 10;

const database = await PGlite.create(workerData.directory);
const server = new PGLiteSocketServer({
  db: database,
  host: '127.0.0.1',
  port: 0,
  maxConnections: CONNECTIONS_MAX,
});
const listening = new Promise((resolve) => {
  server.addEventListener('listening', (event) => resolve(event.detail), { once: true });
});
await server.start();
const { port } = await listening;

parentPort.once('message', async () => {
  await server.stop();
  await database.close();
  parentPort.close();
});
parentPort.postMessage({ port });
