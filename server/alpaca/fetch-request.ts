/** Requests of the fetch standard as this gate's, for Next's route handlers where no server of our own runs. */
import type { WireRequest, WireResponse } from './request';

export function wireRequestOfFetch(request: Request): WireRequest {
  const { pathname, search } = new URL(request.url);
  let reading: Promise<string | null> | undefined;
  return {
    method: request.method,
    target: pathname + search,
    header: (name) => request.headers.get(name) ?? undefined,
    text: (maximumBytes) => (reading ??= readText(request, maximumBytes)),
    stream: () => chunksOf(request),
  };
}

export function fetchResponse({ status, headers, body }: WireResponse): Response {
  return new Response(body, { status, headers });
}

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function readText(request: Request, maximumBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(request)) {
    bytes += chunk.length;
    if (bytes <= maximumBytes) chunks.push(chunk);
  }
  return bytes > maximumBytes ? null : Buffer.concat(chunks).toString('utf8');
}
