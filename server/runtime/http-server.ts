/** The one HTTP server: Alpaca's paths and the control plane go straight to the gate, all else to the pages. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WireRequest, WireResponse } from '../alpaca/request';
import { isGatePath } from '../alpaca/target';
import { NodeRequest, send } from './node-request';

/** Longer than the idle time of the SDKs' connection pools, so that none writes into a closing connection. */
const KEEP_ALIVE_MS = 75_000;

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Null where the pages have no connections of their own. */
  readonly upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>) | null;
}

export interface HttpServerParts {
  answer(request: WireRequest): Promise<WireResponse>;
  /** Null: this server has no pages. */
  readonly pages: Pages | null;
  /** Asked of everybody who wants a page; null where only the local user can. */
  readonly ownerSecret: string | null;
}

export function createHttpServer(parts: HttpServerParts): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    dispatch(parts, request, response).catch((error: unknown) => fail(response, error));
  });
  server.on('upgrade', (request, socket, head) => upgrade(parts, request, socket, head));
  return server;
}

async function dispatch(
  parts: HttpServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '/';
  if (isGatePath(target)) return send(response, await parts.answer(new NodeRequest(request)));
  if (target === '/health') return send(response, json(200, { status: 'ok' }));
  if (parts.pages === null)
    return send(response, json(404, { code: 40410000, message: 'endpoint not found.' }));
  if (!isOwner(request, parts.ownerSecret)) {
    return send(response, {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Paddock", charset="UTF-8"', 'cache-control': 'no-store' },
      body: 'Sign in with any name and the owner secret as password.',
    });
  }
  await parts.pages.handle(request, response);
}

/** Compares digests, in constant time and whatever the lengths. */
function isOwner(request: IncomingMessage, secret: string | null): boolean {
  if (secret === null) return true;
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ', 2);
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const given = decoded.slice(decoded.indexOf(':') + 1);
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret)) && scheme.toLowerCase() === 'basic';
}

/** Nothing here is upgraded but what the pages ask for while they are developed; the rest would hang. */
function upgrade({ pages }: HttpServerParts, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const isOfPages = (request.url ?? '').startsWith('/_next/');
  if (pages?.upgrade === undefined || pages.upgrade === null || !isOfPages) return void socket.destroy();
  pages.upgrade(request, socket, head).catch(() => socket.destroy());
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.req.destroyed && !response.req.complete) return; // the client went away
  console.error('A request failed', error);
  send(response, json(500, { code: 50010000, message: 'internal server error occurred' }));
}

function json(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
