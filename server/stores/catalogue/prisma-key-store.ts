/** Keeps API keys in the catalogue: secrets as hashes, and verified keys in memory so that a request costs nothing. */
import { hash as digest, randomInt, timingSafeEqual } from 'node:crypto';
import type { ApiKey, KeyStore } from '../../sessions/key-store';
import type { Catalogue } from './catalogue';
import type { ApiKey as ApiKeyRow } from './generated/client';

/** Alpaca's paper keys look like this: `PK` and 18 capitals or digits, a secret of 40 characters. */
const KEY_PREFIX = 'PK';
const KEY_ID_RANDOM = 18;
const SECRET_LENGTH = 40;
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LETTERS = `${CAPITALS}abcdefghijklmnopqrstuvwxyz`;

/** Keys kept in memory; the oldest go first. */
const CACHED_MAX = 10_000;

interface Known {
  readonly key: ApiKey;
  readonly secretHash: Buffer;
}

export function prismaKeyStore({ prisma }: Catalogue): KeyStore {
  const known = new Map<string, Known>();
  // A row that was on its way while keys were deleted is read again, lest a deleted key enter the cache.
  let deletions = 0;

  function remember(row: ApiKeyRow): Known {
    const entry = { key: keyOf(row), secretHash: Buffer.from(row.secretHash, 'hex') };
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= CACHED_MAX) known.delete(oldest);
    known.set(row.keyId, entry);
    return entry;
  }

  async function find(keyId: string): Promise<Known | null> {
    const cached = known.get(keyId);
    if (cached !== undefined) return cached;
    const before = deletions;
    const row = await prisma.apiKey.findUnique({ where: { keyId } });
    if (before !== deletions) return find(keyId);
    return row === null || row.revokedAt !== null ? null : remember(row);
  }

  async function insert(keyId: string, secretKey: string, sessionId: string | null): Promise<ApiKey> {
    const secretHash = hash(secretKey).toString('hex');
    return remember(await prisma.apiKey.create({ data: { keyId, secretHash, sessionId } })).key;
  }

  return {
    create: async (sessionId) => {
      const keyId = KEY_PREFIX + randomText(CAPITALS, KEY_ID_RANDOM);
      const secretKey = randomText(LETTERS, SECRET_LENGTH);
      return { ...(await insert(keyId, secretKey, sessionId)), secretKey };
    },
    adopt: async (keyId, secretKey) => {
      const secretHash = hash(secretKey).toString('hex');
      const row = await prisma.apiKey.upsert({
        where: { keyId },
        create: { keyId, secretHash, sessionId: null },
        update: { secretHash, sessionId: null, revokedAt: null },
      });
      return remember(row).key;
    },
    verify: async (keyId, secretKey) => {
      const entry = await find(keyId);
      if (entry === null) return null;
      return timingSafeEqual(entry.secretHash, hash(secretKey)) ? entry.key : null;
    },
    list: async (sessionId) => {
      const rows = await prisma.apiKey.findMany({
        where: { sessionId, revokedAt: null },
        orderBy: [{ createdAt: 'asc' }, { keyId: 'asc' }],
      });
      return rows.map(keyOf);
    },
    deleteOfSession: async (sessionId) => {
      await prisma.apiKey.deleteMany({ where: { sessionId } });
      deletions++;
      for (const [keyId, entry] of known) if (entry.key.sessionId === sessionId) known.delete(keyId);
    },
  };
}

function keyOf(row: ApiKeyRow): ApiKey {
  return { keyId: row.keyId, sessionId: row.sessionId, createdAt: row.createdAt.toISOString() };
}

/** Secrets are 40 random characters, so that one round of SHA-256 is enough: there is no word list to try. */
function hash(secretKey: string): Buffer {
  return digest('sha256', secretKey, 'buffer');
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
