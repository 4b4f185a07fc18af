// Adds the optional packages of other platforms to package-lock.json. npm leaves them out where the registry in use
// does not serve them, and `npm ci` then refuses the lock file everywhere. Run after `npm install`: npm run lock.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
let added = 0;

/** Is a dependency of the package at `path` in the lock, by Node's resolution? */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}

/** "oxide-linux-arm-gnueabihf" is for linux on arm: what npm needs to know to pass a package over. */
function platformOf(name) {
  const parts = name.split('/').at(-1).split('-');
  const os = parts.find((part) => OPERATING_SYSTEMS.includes(part));
  if (os === undefined) return { cpu: ['wasm32'] };
  const cpu = parts[parts.indexOf(os) + 1];
  const libc = parts.includes('musl') ? { libc: ['musl'] } : {};
  return { cpu: [cpu], os: [os], ...libc };
}

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name) || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}

const [root, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(
  added === 0 ? 'The lock file names every platform.' : `Added ${added} packages of other platforms.`,
);
