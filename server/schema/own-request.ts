/** Whether a request comes from our own pages: keeps other sites, and names rebound to loopback, from driving a session. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A header's value by its lower-case name; null where it was not sent. */
type HeaderOf = (name: string) => string | null;

/** `localhost:3000` to `localhost`, `[::1]:3000` to `[::1]`. */
function nameOf(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  return (end <= 0 ? host : host.slice(0, end)).toLowerCase();
}

/**
 * Where the server is bound to loopback, the Host must name loopback (a foreign name means DNS rebinding). An
 * Origin, which browsers send with every POST, must be that very Host.
 */
export function isOwnRequest(header: HeaderOf, needsLoopback: boolean): boolean {
  const host = header('host');
  if (host === null || (needsLoopback && !LOOPBACK.has(nameOf(host)))) return false;
  const origin = header('origin');
  if (origin !== null) return URL.canParse(origin) && new URL(origin).host === host;
  return ['same-origin', 'none', null].includes(header('sec-fetch-site'));
}
