/** From a request's target to its endpoint. A bot asks for the same few paths all day: those are looked up once. */
import { PathTable, type Match } from './path-table';
import { ENDPOINTS } from './routes';
import { readTarget } from './target';

const TABLE = new PathTable(ENDPOINTS);

const KNOWN_MAX = 2_000;
const KNOWN_LENGTH_MAX = 200;

export interface Route {
  /** Null: there is no such path. */
  readonly match: Match | null;
  /** From `/sessions/{id}` in front of one of Alpaca's paths. */
  readonly sessionId: string | null;
}

const known = new Map<string, Route | null>();

/** Null for a path that cannot be read. */
export function resolve(path: string): Route | null {
  const found = known.get(path);
  if (found !== undefined) return found;
  const target = readTarget(path);
  const route = target === null ? null : { match: TABLE.find(target.segments), sessionId: target.sessionId };
  if (path.length > KNOWN_LENGTH_MAX) return route;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(path, route);
  return route;
}
