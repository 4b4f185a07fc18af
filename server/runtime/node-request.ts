/** Node's requests and answers as the gate's: nothing between the socket and the endpoint table. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireRequest, WireResponse } from '../alpaca/request';

/** A body that is too long is read to its end, up to here, so that the client gets to see the answer. */
const DRAIN_BYTES_MAX = 64_000_000;

export function wireRequestOf(message: IncomingMessage): WireRequest {
  let reading: Promise<string | null> | undefined;
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    text: (maximumBytes) => (reading ??= readText(message, maximumBytes)),
    // Whoever stops reading early still gets to answer: the connection stays.
    stream: () => message.iterator({ destroyOnReturn: false }),
  };
}

function readText(message: IncomingMessage, maximumBytes: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) return void chunks.push(chunk);
      chunks.length = 0;
      if (bytes > DRAIN_BYTES_MAX) message.destroy();
    });
    message.once('end', () => resolve(bytes > maximumBytes ? null : Buffer.concat(chunks).toString('utf8')));
    message.once('error', reject);
    message.once('close', () => reject(new Error('the client went away before its request was whole')));
  });
}

export function send(response: ServerResponse, answer: WireResponse): void {
  if (response.headersSent || response.destroyed) return;
  const { status, headers, body } = answer;
  if (body === null) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
