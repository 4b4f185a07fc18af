/** Node's requests and answers as the gate's: nothing between the socket and the endpoint table. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireRequest, WireResponse } from '../alpaca/request';

/** A body that is too long is read to its end, up to here, so that the client gets to see the answer. */
const DRAIN_BYTES_MAX = 64_000_000;

export class NodeRequest implements WireRequest {
  readonly method: string;
  readonly target: string;
  private reading: Promise<string | null> | undefined;

  constructor(private readonly message: IncomingMessage) {
    this.method = message.method ?? 'GET';
    this.target = message.url ?? '/';
  }

  header(name: string): string | undefined {
    const value = this.message.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  text(maximumBytes: number): Promise<string | null> {
    return (this.reading ??= readText(this.message, maximumBytes));
  }

  /** Whoever stops reading early still gets to answer: the connection stays. */
  stream(): AsyncIterable<Uint8Array> {
    return this.message.iterator({ destroyOnReturn: false });
  }
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
    message.once('end', () => resolve(bytes > maximumBytes ? null : textOf(chunks)));
    message.once('error', reject);
    message.once('close', () => {
      if (!message.complete) reject(new Error('the client went away before its request was whole'));
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1
    ? only.toString('utf8')
    : Buffer.concat(chunks).toString('utf8');
}

export function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, headers);
  if (body === null) response.end();
  else response.end(body);
}
