/** Ids derived from a session's seed and the ordinal of the thing: the same run gives the same ids. */
import { sha256Hex } from './sha256';

export type IdKind = 'account' | 'order' | 'fill' | 'client_order' | 'activity';

/**
 * A UUID (RFC 9562 version 8, custom) from the seed, the kind of thing and its ordinal.
 * Unique within a session; the same in every session with the same seed.
 */
export function uuidOf(seed: string, kind: IdKind, ordinal: number): string {
  return uuidOfText(`${seed}/${kind}/${ordinal}`);
}

/** A UUID of version 8 whose bits are the digest of a text. */
export function uuidOfText(text: string): string {
  const digest = sha256Hex(text);
  const variant = ((parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
