// Generates the Prisma client after `npm install`: without a network, and only when schema or Prisma changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schema = join(root, 'prisma', 'schema.prisma');
const engine = join(root, 'prisma', 'schema-engine.mjs');
const generated = join(root, 'server', 'stores', 'catalogue', 'generated');
const stampFile = join(generated, '.stamp');

const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json');
const { version, bin } = JSON.parse(readFileSync(prismaPackage, 'utf8'));
const stamp = createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) generate();

function generate() {
  chmodSync(engine, 0o755); // archives and some file systems lose the bit
  const result = spawnSync(
    process.execPath,
    [join(dirname(prismaPackage), bin.prisma), 'generate', '--no-hints'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // Any executable here keeps Prisma from downloading its own; generating does not run it.
        PRISMA_SCHEMA_ENGINE_BINARY: engine,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  );
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`);
    throw new Error('the Prisma client could not be generated, see above');
  }
  writeFileSync(stampFile, stamp);
}
