/** Whether a request without a key may be the local user's own: no other site's page, no name rebound to loopback. */
import type { WireRequest } from './request';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `localhost:3000` to `localhost`, `[::1]:3000` to `[::1]`. */
function nameOf(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  return (end <= 0 ? host : host.slice(0, end)).toLowerCase();
}

export function isLocalRequest(request: WireRequest): boolean {
  const host = request.header('host');
  if (host === undefined || !LOOPBACK.has(nameOf(host))) return false;
  const origin = request.header('origin');
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host;
  return ['same-origin', 'none', undefined].includes(request.header('sec-fetch-site'));
}
