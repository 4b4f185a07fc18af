/** Gives every page a content security policy of its own: only our own scripts run, and no one may frame us. */
import { NextResponse, type NextRequest } from 'next/server';

const IS_DEVELOPMENT = process.env.NODE_ENV === 'development';

function policy(nonce: string): string {
  return [
    "default-src 'self'",
    // React's development build rebuilds stack traces with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${IS_DEVELOPMENT ? " 'unsafe-eval'" : ''}`,
    // The chart sets sizes and its link's style inline.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${IS_DEVELOPMENT ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', policy(nonce));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy(nonce));
  return response;
}

/** Pages only: the tRPC door, Alpaca's paths and files need no policy. */
export const config = {
  matcher: [{ source: '/((?!api/|v1|v2|sessions/|_next/static|_next/image|favicon.svg).*)' }],
};
