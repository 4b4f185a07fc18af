/** Opens the catalogue: lock, database (embedded unless a URL is given), pending migrations, Prisma client. */
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { type DirectoryLock, lockDirectory } from './directory-lock';
import { startEmbeddedPostgres } from './embedded-postgres';
import { PrismaClient } from './generated/client';
import { migrationsDirectory } from './installation';
import { migrate } from './migrate';

/** The embedded database runs one statement at a time, whatever the number of connections. */
const EMBEDDED_CONNECTIONS = 1;
const CONNECTIONS_MAX = 10;
/** Imports write a few hundred rows in one transaction; a busy machine may take its time. */
const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

export interface CatalogueOptions {
  readonly dataDir: string;
  /** An ordinary PostgreSQL; undefined: the database embedded in the data directory. */
  readonly databaseUrl?: string | undefined;
}

export interface Catalogue {
  readonly prisma: PrismaClient;
  /** For tools that speak PostgreSQL. */
  readonly databaseUrl: string;
  /** Held from before the database is opened until it is closed. */
  readonly lock: DirectoryLock;
  close(): Promise<void>;
}

/** Throws a DirectoryLockedError when another process works on the data directory. */
export async function openCatalogue({ dataDir, databaseUrl }: CatalogueOptions): Promise<Catalogue> {
  const lock = lockDirectory(dataDir);
  // What was opened is closed in the opposite order, also when opening fails half way.
  const closers: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    const url = databaseUrl ?? (await openEmbedded(dataDir, closers));
    await applyMigrations(url);
    const prisma = connect(url, databaseUrl === undefined);
    closers.push(() => prisma.$disconnect());
    await prisma.$connect();
    return { prisma, databaseUrl: url, lock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEmbedded(dataDir: string, closers: (() => Promise<void> | void)[]): Promise<string> {
  const embedded = await startEmbeddedPostgres(join(dataDir, 'catalogue'));
  closers.push(() => embedded.stop());
  return embedded.url;
}

async function applyMigrations(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection also fails the query in hand, which tells more
  await client.connect();
  try {
    await migrate(client, migrationsDirectory());
  } finally {
    await client.end();
  }
}

function connect(url: string, embedded: boolean): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: embedded ? EMBEDDED_CONNECTIONS : CONNECTIONS_MAX,
      ...(embedded ? { idleTimeoutMillis: 0 } : {}),
    },
    // An idle connection that the server drops is replaced by the pool; unheard, the event ends the process.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  return new PrismaClient({ adapter, transactionOptions: TRANSACTION });
}
