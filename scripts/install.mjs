// Installs the dependencies when node_modules does not hold what package-lock.json asks for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './commands.mjs';

/** True when every package of the lock file is installed in its version (optional ones may be absent). */
export function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf(join('node_modules', '.package-lock.json'));
  if (wanted === null || found === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = found[path];
    if (there === undefined)
      return entry.optional === true || entry.peer === true || entry.devOptional === true;
    return there.version === entry.version;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Installs if needed; ends the process when that fails, for nothing else can run then. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing dependencies (npm ci) ...');
  const code = await runNpm(['ci', '--no-audit', '--no-fund']);
  if (code === 0) return;
  console.error('npm ci failed: see its message above. Is the package registry reachable?');
  process.exit(code);
}
