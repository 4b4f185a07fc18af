/** Migrations keep what is there: a catalogue of bars becomes one of series. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres';
import { migrationsDirectory } from './installation';
import { migrate } from './migrate';

const FIRST = '20261121000000_catalogue';
const BARS = `
INSERT INTO asset (id, symbol, name, asset_class, exchange)
  VALUES ('47871c21-c4fe-8954-b3af-06e302d14c4e', 'ACME', 'Acme', 'us_equity', 'NYSE');
INSERT INTO bar_set (symbol, timeframe, version, count, first_time, last_time)
  VALUES ('ACME', '1Min', 2, 3, '2024-01-02T14:30Z', '2024-01-02T14:32Z');
INSERT INTO bar_file (symbol, timeframe, year, version, rows, first_time, last_time, bytes, checksum)
  VALUES ('ACME', '1Min', 2024, 2, 3, '2024-01-02T14:30Z', '2024-01-02T14:32Z', 1, 'x');
INSERT INTO import (feed, source, symbol, timeframe, version, rows, added, replaced, warnings)
  VALUES ('csv', 'ACME.csv', 'ACME', '1Min', 2, 3, 3, 0, '{}');`;

test('bars that were imported before there were other series are still there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-migrate-'));
  const before = join(folder, 'migrations');
  mkdirSync(before);
  cpSync(join(migrationsDirectory(), FIRST), join(before, FIRST), { recursive: true });
  const postgres = await startEmbeddedPostgres(join(folder, 'catalogue'));
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    expect(await migrate(client, before)).toEqual([FIRST]);
    await client.query(BARS);
    expect(await migrate(client, migrationsDirectory())).toContain('20261121110000_series');
    const rowsOf = async (table: string) => (await client.query(`SELECT * FROM ${table}`)).rows;
    expect(await rowsOf('series')).toMatchObject([
      { symbol: 'ACME', kind: 'bars/1Min', version: 2, count: 3 },
    ]);
    expect(await rowsOf('series_file')).toMatchObject([{ kind: 'bars/1Min', period: '2024', version: 2 }]);
    expect(await rowsOf('import')).toMatchObject([{ symbol: 'ACME', kind: 'bars/1Min', added: 3 }]);
  } finally {
    await client.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
