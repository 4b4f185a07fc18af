/** Where this installation is: files that are started or read by path, also from inside a bundle. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIGRATIONS = join('prisma', 'migrations');

/**
 * The project's root: the nearest folder above this file, else above the working directory, that holds the
 * migrations. From source the first is right wherever the process was started; in a bundle, where this file
 * stands elsewhere, the second is.
 */
export function installationRoot(): string {
  const root = above(dirname(fileURLToPath(import.meta.url))) ?? above(process.cwd());
  if (root === null) throw new Error(`expected ${MIGRATIONS} above ${process.cwd()}, found none`);
  return root;
}

function above(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, MIGRATIONS))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

export function migrationsDirectory(): string {
  return join(installationRoot(), MIGRATIONS);
}

export function pgliteWorkerFile(): string {
  return join(installationRoot(), 'server', 'stores', 'catalogue', 'pglite-worker.mjs');
}
