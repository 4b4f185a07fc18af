/** Reads the path of a request: decoded segments, and the session that a prefix names. */

const PATH_MAX = 4_096;
const SEGMENTS_MAX = 32;

export interface Target {
  /** Decoded; without empty ones, so that a slash too many or at the end makes no difference. */
  readonly segments: readonly string[];
  /** From `/sessions/{id}` in front of one of Alpaca's paths. */
  readonly sessionId: string | null;
}

/** Null for what cannot be read: broken percent-encoding, or a path beyond all bounds. */
export function readTarget(path: string): Target | null {
  if (path.length > PATH_MAX) return null;
  const segments = decodedSegments(path);
  if (segments === null) return null;
  const [first, sessionId, ...rest] = segments;
  if (first !== 'sessions' || sessionId === undefined || rest.length === 0)
    return { segments, sessionId: null };
  return { segments: rest, sessionId };
}

function decodedSegments(path: string): string[] | null {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length > SEGMENTS_MAX) return null;
  if (!path.includes('%')) return parts;
  try {
    // A symbol's encoded slash (BTC%2FUSD) reads like a raw one: more segments.
    return parts.flatMap((part) => decodeURIComponent(part).split('/')).filter((part) => part !== '');
  } catch {
    return null;
  }
}

const OWN_PATHS = /^\/(?:sessions\/[^/?]+\/)?(?:v1|v2|v3|v1beta1|v1beta2|v1beta3|v2beta1)(?:[/?]|$)/;

/** True for the paths that belong to this gate; everything else is pages. */
export function isGatePath(target: string): boolean {
  return OWN_PATHS.test(target);
}
