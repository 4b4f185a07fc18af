/** The import command's two ways: straight into a data directory, and through the server that holds it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerCsvImport, IMPORT_CSV_PATH, LOCK_TOKEN_HEADER } from '../feeds/csv/import-request';
import { openCatalogue } from '../stores/catalogue/catalogue';
import { openMarketStore } from '../stores/market-store';
import type { ImportFile } from './import-arguments';
import { openImportTarget } from './import-target';

const TIMEOUT_MS = 60_000;
const GOOD =
  'timestamp,open,high,low,close,volume\n2024-01-02T14:30:00Z,1,2,1,2,5\n2024-12-31T14:30:00Z,1,1,1,1,5\n';
let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'paddock-import-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function file(symbol: string, content: string): ImportFile {
  const path = join(dataDir, `${symbol}.csv`);
  writeFileSync(path, content);
  const subject = { kind: 'bars', symbol, timeframe: '1Min', assetClass: 'us_equity' } as const;
  return { path, name: `${symbol}.csv`, bytes: content.length, subject };
}

async function importOf(...files: ImportFile[]) {
  const target = await openImportTarget(dataDir, undefined);
  try {
    const reports = [];
    for (const each of files) reports.push(await target.run(each, () => undefined));
    return reports;
  } finally {
    await target.close();
  }
}

test(
  'a file goes in once, then there is nothing new, then only what changed; a broken one changes nothing',
  async () => {
    const good = file('AAPL', GOOD);
    const longer = { ...file('LONGER', `${GOOD}2025-01-02T14:30:00Z,3,3,3,3,5`), subject: good.subject };
    const [first, again, more] = await importOf(good, good, longer);
    expect(first).toMatchObject({ version: 1, added: 2, replaced: 0, count: 2 });
    expect(again).toMatchObject({ version: 1, added: 0, replaced: 0, count: 2 });
    expect(more).toMatchObject({ version: 2, added: 1, replaced: 0, count: 3 });
    await expect(importOf(file('AAPL', `${GOOD}2025-01-03T14:30:00Z,3,3,3,x,5`))).rejects.toThrow(
      'row 4, close',
    );
    expect(await importOf(file('AAPL', GOOD))).toMatchObject([{ version: 2, added: 0, count: 3 }]);
  },
  TIMEOUT_MS,
);

test(
  'while a server holds the data directory the file goes through it, with its rows when it is broken',
  async () => {
    const catalogue = await openCatalogue({ dataDir });
    const into = openMarketStore({ dataDir, catalogue });
    await expect(openImportTarget(dataDir, undefined)).rejects.toMatchObject({
      code: 'data_directory_locked',
    });
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://server');
      const owner = catalogue.lock.isToken(String(request.headers[LOCK_TOKEN_HEADER]));
      if (!owner || url.pathname !== IMPORT_CSV_PATH) return void response.writeHead(403).end();
      const query = Object.fromEntries(url.searchParams);
      void answerCsvImport({ query, body: request, into }).then(({ status, body }) =>
        response.writeHead(status, { connection: 'close' }).end(JSON.stringify(body)),
      );
    });
    try {
      catalogue.lock.announce(await listen(server));
      expect(await importOf(file('MSFT', GOOD))).toMatchObject([{ symbol: 'MSFT', version: 1, added: 2 }]);
      expect(await into.bars.coverage('MSFT', '1Min')).toMatchObject({ count: 2 });
      const quotes = { kind: 'quotes', symbol: 'BTC/USD', assetClass: 'crypto' } as const;
      const coins = file('COIN', 'timestamp,bid,ask\n2024-01-06T03:00:00Z,1,2\n');
      expect(await importOf({ ...coins, subject: quotes })).toMatchObject([
        { kind: 'quotes', symbol: 'BTC/USD', version: 1, added: 1, warnings: {} },
      ]);
      expect(await into.quotes.coverage('BTC/USD')).toMatchObject({ count: 1 });
      const stock = { ...quotes, symbol: 'MSFT' } as const;
      await expect(importOf({ ...coins, subject: stock })).rejects.toThrow('expected a pair like BTC/USD');
      const actions = file(
        'ACTIONS',
        'symbol,ex_date,type,new_for_old,cash_per_share\nMSFT,2024-06-10,split,2:1,',
      );
      expect(await importOf({ ...actions, subject: { kind: 'corporate-actions' } })).toMatchObject([
        { kind: 'corporate-actions', symbol: null, version: null, added: 1, count: 1 },
      ]);
      const broken = GOOD + 'not a row\n'.repeat(500_000);
      await expect(importOf(file('GOOG', broken))).rejects.toThrow('row 4: expected 6 fields');
      expect(await into.bars.coverage('GOOG', '1Min')).toBeNull();
    } finally {
      server.close();
      server.closeAllConnections();
      await catalogue.close();
    }
  },
  TIMEOUT_MS,
);

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}
