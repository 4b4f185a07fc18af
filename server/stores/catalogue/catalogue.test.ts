/** The catalogue on its embedded database: opened, migrated as Prisma would, closed, opened again. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, openCatalogue } from './catalogue';
import { installationRoot } from './installation';
import { prismaKeyStore } from './prisma-key-store';
import { readSetting, writeSetting } from './settings';

const run = promisify(execFile);
let dataDir = '';
let catalogue: Catalogue;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'paddock-catalogue-'));
  catalogue = await openCatalogue({ dataDir });
}, 60_000);
afterAll(async () => {
  await catalogue.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Prisma's own command, on the schema engine that needs no download. */
async function prisma(...args: string[]): Promise<string> {
  const root = installationRoot();
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('prisma/package.json')),
    'build',
    'index.js',
  );
  const { stdout } = await run(process.execPath, [cli, ...args], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: catalogue.databaseUrl,
      PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma', 'schema-engine.mjs'),
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  return stdout;
}

describe('migrations', () => {
  test('that the server applied are up to date for the Prisma command line', async () => {
    expect(await prisma('migrate', 'status')).toContain('Database schema is up to date!');
  }, 60_000);

  test('make the very tables that the schema describes', async () => {
    const between = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma'];
    expect(await prisma('migrate', 'diff', ...between)).toContain('No difference detected');
  }, 60_000);
});

describe('the catalogue', () => {
  test('refuses a second process the same data directory', async () => {
    await expect(openCatalogue({ dataDir })).rejects.toMatchObject({ code: 'data_directory_locked' });
  });

  test('keeps settings, and everything else, over a restart', async () => {
    await writeSetting(catalogue, 'demo_session_id', 'first');
    await writeSetting(catalogue, 'demo_session_id', 'second');
    await catalogue.close();
    catalogue = await openCatalogue({ dataDir });
    expect(await readSetting(catalogue, 'demo_session_id')).toBe('second');
    expect(await readSetting(catalogue, 'demo_seed')).toBeNull();
  }, 60_000);

  test('answers many at once, inside and outside transactions', async () => {
    const writes = Array.from({ length: 20 }, (_, index) =>
      catalogue.prisma.$transaction(async (transaction) => {
        await transaction.setting.create({ data: { key: `many-${index}`, value: '' } });
        return transaction.setting.count({ where: { key: `many-${index}` } });
      }),
    );
    const reads = Array.from({ length: 20 }, () => readSetting(catalogue, 'demo_session_id'));
    expect(await Promise.all(writes)).toEqual(Array(20).fill(1));
    expect(await Promise.all(reads)).toEqual(Array(20).fill('second'));
  });
});

describe('keys', () => {
  test("look like Alpaca's and open with the right secret only", async () => {
    const keys = prismaKeyStore(catalogue);
    const made = await keys.create('session-1');
    expect(made.keyId).toMatch(/^PK[A-Z0-9]{18}$/);
    expect(made.secretKey).toMatch(/^[A-Za-z0-9]{40}$/);
    const { secretKey, ...key } = made;
    expect(await keys.verify(made.keyId, secretKey)).toEqual(key);
    expect(await keys.verify(made.keyId, `${secretKey}x`)).toBeNull();
    expect(await keys.verify('PKNOSUCHKEY', secretKey)).toBeNull();
    expect(await keys.list('session-1')).toEqual([key]);
  });

  test('are hashed at rest, and known again after a restart', async () => {
    const made = await prismaKeyStore(catalogue).create(null);
    const row = await catalogue.prisma.apiKey.findUniqueOrThrow({ where: { keyId: made.keyId } });
    expect(JSON.stringify(row)).not.toContain(made.secretKey);
    expect((await prismaKeyStore(catalogue).verify(made.keyId, made.secretKey))?.sessionId).toBeNull();
  });

  test('go with their session at once', async () => {
    const keys = prismaKeyStore(catalogue);
    const [gone, kept] = [await keys.create('gone'), await keys.create('kept')];
    await keys.deleteOfSession('gone');
    expect(await keys.verify(gone.keyId, gone.secretKey)).toBeNull();
    expect(await keys.verify(kept.keyId, kept.secretKey)).not.toBeNull();
    expect(await keys.list('gone')).toEqual([]);
  });

  test('given by the environment may be any text, and be given again', async () => {
    const keys = prismaKeyStore(catalogue);
    await keys.adopt('my workspace', 'first');
    await keys.adopt('my workspace', 'second');
    expect(await keys.verify('my workspace', 'first')).toBeNull();
    expect((await keys.verify('my workspace', 'second'))?.sessionId).toBeNull();
  });

  test('that are known cost microseconds', async () => {
    const keys = prismaKeyStore(catalogue);
    const made = await keys.create('busy');
    const rounds = 5_000;
    const start = performance.now();
    for (let round = 0; round < rounds; round++) await keys.verify(made.keyId, made.secretKey);
    expect((performance.now() - start) / rounds).toBeLessThan(0.5);
  });
});
