#!/usr/bin/env node
// Prisma's schema engine without its native binary: runs @prisma/schema-engine-wasm behind the same protocol.
//
// The Prisma CLI downloads a native engine before every command and fails where it cannot. Named by
// PRISMA_SCHEMA_ENGINE_BINARY, this file takes its place: line-delimited JSON-RPC on stdin and stdout, answered
// by the wasm class, which has the same methods. So `migrate dev|deploy|status|reset|diff` and `db push|pull`
// run without a network. `generate` only asks that the file exists.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const MAINTENANCE_DATABASE = '/postgres';
/** The CLI's names that differ from the methods of the wasm class. */
const METHOD_NAMES = { getDatabaseVersion: 'version' };
/** What Prisma's own engine answers with when a request fails. */
const REQUEST_FAILED = 4466;
/** PostgreSQL's type "char", and what Prisma calls it. */
const CHAR_OID = 18;
const CHARACTER = 6;

/** What the engine said when it gave up: wasm itself only tells that an unreachable instruction was met. */
let panic = null;

const options = parseArguments(process.argv.slice(2));
const url = options.datasource?.url ?? process.env.DATABASE_URL;

if (options.version) {
  const bg = await loadEngine();
  console.log(`schema-engine-cli ${bg.version()}`);
} else if (options.command !== null) {
  process.exitCode = await runCommand(options.command);
} else {
  await serve();
  process.exit(0); // the pool of the engine's adapter would keep the process for its idle timeout
}

function parseArguments(args) {
  const parsed = { datamodels: [], datasource: null, command: null, version: false };
  for (let index = 0; index < args.length; index++) {
    const name = args[index];
    if (name === '--datamodels') parsed.datamodels.push(args[++index]);
    else if (name === '--datasource') parsed.datasource = JSON.parse(args[++index]);
    else if (name === '--enabled-preview-features' || name === '--extension-types') index++;
    else if (name === '--version') parsed.version = true;
    else if (name === 'cli') parsed.command = args[++index];
  }
  return parsed;
}

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) };
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bg = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href);
  const wasm = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bg;
}

/** Creates, drops or tries the database itself, outside any schema: `schema-engine cli <command>`. */
async function runCommand(command) {
  const { default: pg } = await import('pg');
  const database = decodeURIComponent(new URL(url).pathname.slice(1)).replaceAll('"', '""');
  const maintenance = new URL(url);
  maintenance.pathname = MAINTENANCE_DATABASE;
  const statements = {
    'can-connect-to-database': [url, 'SELECT 1'],
    'create-database': [maintenance.href, `CREATE DATABASE "${database}"`],
    'drop-database': [maintenance.href, `DROP DATABASE IF EXISTS "${database}"`],
  };
  const [connectionString, statement] = statements[command] ?? [];
  if (statement === undefined)
    return fail('P5000', `expected one of ${Object.keys(statements)}, found ${command}`);
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    await client.query(statement);
    return 0;
  } catch (error) {
    return fail(error.code === '3D000' ? 'P1003' : 'P1001', error.message);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function fail(code, message) {
  const fields = { error_code: code, message };
  process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`);
  return 1;
}

async function serve() {
  let engine = null;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const request = JSON.parse(line);
    if (request.method === undefined) continue;
    // A panic does not reject the call: it surfaces outside, and the command would end as if all were well.
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => sendError(request.id, error));
    try {
      engine ??= await startEngine();
      const result = await engine[METHOD_NAMES[request.method] ?? request.method](request.params);
      // `migrate diff` prints by a notification; the native engine sends it, the wasm one returns the text.
      if (request.method === 'diff' && result?.stdout != null) {
        send({ id: Number.MAX_SAFE_INTEGER, method: 'print', params: { content: result.stdout } });
      }
      send({ id: request.id, result: result ?? {} });
    } catch (error) {
      sendError(request.id, error);
    }
  }
}

function sendError(id, error) {
  const message = panic ?? error?.message ?? String(error);
  const data = { is_panic: panic !== null, message, error_code: error?.code };
  send({ id, error: { code: REQUEST_FAILED, message, data } });
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function startEngine() {
  const bg = await loadEngine();
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const datamodels = options.datamodels.map((path) => [path, readFileSync(path, 'utf8')]);
  return bg.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(await adapterFactory()),
  );
}

/**
 * PostgreSQL by `pg`; without a URL (comparing schema files) an empty PGlite in memory. The shadow database is
 * one of those as well, because adapter-pg's own way of making it keeps a pool on the database that it drops.
 */
async function adapterFactory() {
  if (url === undefined) return memoryAdapter();
  const { default: pg } = await import('pg');
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { default: connectionStrings } = await import('pg-connection-string');
  pg.types.builtins.XML = CHAR_OID; // adapter-pg 7.10 refuses "char"; under XML's name it lets it pass as text
  const adapter = (target) => {
    const made = new PrismaPg({ ...connectionStrings.parseIntoClientConfig(target), max: 1 });
    const connect = made.connect.bind(made);
    made.connect = async () => withCharacters(await connect());
    return made;
  };
  const factory = adapter(url);
  factory.connectToShadowDb = async () => {
    if (options.datasource?.shadowDatabaseUrl) return adapter(options.datasource.shadowDatabaseUrl).connect();
    return (await memoryAdapter()).connect();
  };
  return factory;
}

/** Tells the engine which columns are "char": the catalogue of PostgreSQL has them, and it panics over text. */
function withCharacters(connection) {
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  let fields = [];
  connection.performIO = async (query) => {
    const result = await performIO(query);
    fields = result.fields;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const { columnTypes } = result;
    return {
      ...result,
      columnTypes: columnTypes.map((type, index) =>
        fields[index].dataTypeID === CHAR_OID ? CHARACTER : type,
      ),
    };
  };
  return connection;
}

async function memoryAdapter() {
  const { PGlite } = await import('@electric-sql/pglite');
  const { PrismaPGlite } = await import('pglite-prisma-adapter');
  const factory = new PrismaPGlite(new PGlite('memory://'));
  factory.connectToShadowDb = () => new PrismaPGlite(new PGlite('memory://')).connect();
  return factory;
}
