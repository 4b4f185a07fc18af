/** Whether a request comes from our own pages: keeps other sites, and names rebound to loopback, from driving a session. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostname(host: string): string {
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? host);
}

/**
 * Bound to loopback, the Host must name loopback (a foreign name means DNS rebinding). An Origin, which
 * browsers send with every POST, must be that very Host.
 */
export function isOwnRequest(headers: Headers, boundTo: string): boolean {
  const host = headers.get('host');
  if (host === null) return false;
  if (LOOPBACK.has(boundTo) && !LOOPBACK.has(hostname(host).toLowerCase())) return false;
  const origin = headers.get('origin');
  if (origin !== null) return URL.canParse(origin) && new URL(origin).host === host;
  return ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'));
}
