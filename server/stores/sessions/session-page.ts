/** Pages of sessions, newest first, for stores that hold their records in memory. */
import { StoreError, type SessionPage, type SessionRecord } from '../../sessions/session-store';

/** Where a record stands in the list. */
type Position = Pick<SessionRecord, 'createdAt' | 'id'>;

/** Newest first; sessions of the same instant by id, so that a page never repeats or skips one. */
function isBefore(a: Position, b: Position): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt;
}

export function pageOf(
  records: Iterable<SessionRecord>,
  page: { readonly limit: number; readonly pageToken: string | null },
): SessionPage {
  const after = page.pageToken === null ? null : positionOf(page.pageToken);
  const sorted = [...records].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const start = after === null ? 0 : sorted.findIndex((record) => isBefore(after, record));
  const rest = start === -1 ? [] : sorted.slice(start);
  const sessions = rest.slice(0, page.limit);
  const last = sessions.at(-1);
  return {
    sessions,
    nextPageToken: last !== undefined && rest.length > sessions.length ? tokenOf(last) : null,
  };
}

function tokenOf(record: Position): string {
  return Buffer.from(`${record.createdAt}|${record.id}`).toString('base64url');
}

function positionOf(token: string): Position {
  const [createdAt, id, ...more] = Buffer.from(token, 'base64url').toString().split('|');
  if (createdAt === undefined || id === undefined || more.length > 0) {
    throw new StoreError(
      'page_token_invalid',
      `expected a page token as given by a list, found "${token.slice(0, 80)}"`,
    );
  }
  return { createdAt, id };
}
