/** Next's side of the process: the pages, when there is a build (or development) to serve them from. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pages } from './http-server';

export interface PagesOptions {
  readonly directory: string;
  readonly isDevelopment: boolean;
  readonly host: string;
  readonly port: number;
}

/** Null when there is nothing to serve pages from. */
export async function preparePages({
  directory,
  isDevelopment,
  host,
  port,
}: PagesOptions): Promise<Pages | null> {
  if (!isDevelopment && !existsSync(join(directory, '.next', 'BUILD_ID'))) return null;
  const { default: next } = await import('next');
  const app = next({ dev: isDevelopment, dir: directory, hostname: host, port });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    upgrade: isDevelopment ? app.getUpgradeHandler() : null,
  };
}
