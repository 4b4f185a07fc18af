// `npm run build`: generates the Prisma client and builds the pages. Needs no network, database or data directory.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runNode, tool } from './commands.mjs';
import { requireNode } from './node-version.mjs';

const SOURCES = ['app', 'components', 'server', 'public', 'prisma', 'package-lock.json'];
const AT_ROOT = /^((next|postcss|prisma|tailwind)\.config|proxy|instrumentation)\.[a-z]+$/;
const NOT_BUILT = /(\.test\.tsx?|\.contract\.ts|\.md)$/;
const GENERATED = 'generated';

const stamp = join(root, '.next', 'paddock-sources');

/** One hash over everything that goes into a build, so that only a change builds again. */
function hashOfSources() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  const atRoot = readdirSync(root).filter((name) => AT_ROOT.test(name));
  for (const file of [...SOURCES, ...atRoot].flatMap(filesUnder).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return NOT_BUILT.test(path) ? [] : [path];
  return readdirSync(absolute)
    .filter((name) => name !== GENERATED)
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

/** True when the last build was made of today's sources. */
export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources();
}

/** Builds and notes what it was built from. Resolves to an exit code. */
export async function build() {
  const hash = hashOfSources();
  const generated = await runNode([join('prisma', 'generate.mjs')]);
  if (generated !== 0) return generated;
  const built = await runNode(tool('next', ['build']), { env: { NODE_ENV: 'production' } });
  if (built === 0) writeFileSync(stamp, hash);
  return built;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  process.exitCode = await build();
}
