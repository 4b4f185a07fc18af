/** How Next builds and serves the browser's side of Paddock. */
import type { NextConfig } from 'next';

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

const config: NextConfig = {
  // A compressing server would hold back the live feed until its buffer is full.
  compress: false,
  poweredByHeader: false,
  // Alpaca's paths are answered as they come; a redirect would lose the body of a POST.
  skipTrailingSlashRedirect: true,
  // These load workers, wasm or native parts by path, which a bundle would break.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@electric-sql/pglite-socket',
    '@prisma/adapter-pg',
    '@prisma/client',
    'apache-arrow',
    'pg',
  ],
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
