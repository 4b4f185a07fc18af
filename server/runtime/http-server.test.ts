/** The one HTTP server: what goes to the gate, what to the pages, who may see pages, and what is cut off. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer, type HttpServerParts } from './http-server';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const pages: HttpServerParts['pages'] = {
  handle: async (request, response) => void response.end(`page ${request.url}`),
  upgrade: null,
};

async function serve(parts: Partial<HttpServerParts>): Promise<{ origin: string; port: number }> {
  const started = createHttpServer({
    answer: async ({ target }) => ({ status: 200, headers: {}, body: `gate ${target}` }),
    pages,
    ownerSecret: null,
    ...parts,
  });
  server = started;
  started.listen(0, '127.0.0.1');
  await once(started, 'listening');
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return { origin: `http://127.0.0.1:${address.port}`, port: address.port };
}

const text = async (url: string, headers = {}): Promise<string> => (await fetch(url, { headers })).text();

test('paths of the APIs go to the gate, all others to the pages', async () => {
  const { origin } = await serve({});
  for (const path of [
    '/v2/account',
    '/v1/sessions?limit=1',
    '/sessions/abc/v2/orders',
    '/v1beta3/crypto/us/bars',
  ]) {
    expect(await text(origin + path)).toBe(`gate ${path}`);
  }
  for (const path of ['/', '/s/abc', '/api/trpc/x', '/v22', '/sessions/abc']) {
    expect(await text(origin + path)).toBe(`page ${path}`);
  }
  expect(await (await fetch(`${origin}/health`)).json()).toEqual({ status: 'ok' });
});

test('without pages there is an answer in JSON', async () => {
  const { origin } = await serve({ pages: null });
  const reply = await fetch(`${origin}/`);
  expect([reply.status, await reply.json()]).toEqual([
    404,
    { code: 40410000, message: 'endpoint not found.' },
  ]);
});

test('pages that others can reach ask for the owner secret; the APIs have keys of their own', async () => {
  const { origin } = await serve({ ownerSecret: 'open sesame' });
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
  });
  expect((await fetch(`${origin}/`)).status).toBe(401);
  expect((await fetch(`${origin}/`, { headers: basic('guess') })).status).toBe(401);
  expect(await text(`${origin}/`, basic('open sesame'))).toBe('page /');
  expect(await text(`${origin}/v2/account`)).toBe('gate /v2/account');
  expect((await fetch(`${origin}/health`)).status).toBe(200);
});

test('a fault of ours is an answer, and the server goes on', async () => {
  const { origin } = await serve({ answer: () => Promise.reject(new Error('a bug')) });
  const reply = await fetch(`${origin}/v2/account`);
  expect([reply.status, await reply.json()]).toMatchObject([500, { code: 50010000 }]);
  expect((await fetch(`${origin}/health`)).status).toBe(200);
});

test('an upgrade that nobody serves is cut off, not left hanging', async () => {
  const { port } = await serve({});
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
