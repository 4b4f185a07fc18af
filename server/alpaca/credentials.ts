/** Reads who a request says it is: Alpaca's key headers, Basic, or Bearer. */
import type { WireRequest } from './request';

export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'pair'; readonly keyId: string; readonly secretKey: string }
  /** Something was sent that cannot be right; it never counts as nothing. */
  | { readonly kind: 'unreadable' };

const LENGTH_MAX = 512;

export function credentialsOf(request: WireRequest): Credentials {
  const keyId = request.header('apca-api-key-id');
  const secretKey = request.header('apca-api-secret-key');
  if (keyId !== undefined || secretKey !== undefined) return pair(keyId ?? '', secretKey ?? '');
  const authorization = request.header('authorization');
  if (authorization === undefined || authorization.trim() === '') return { kind: 'none' };
  if (authorization.length > LENGTH_MAX * 2) return { kind: 'unreadable' };
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'basic') return fromColon(Buffer.from(value, 'base64').toString('utf8'));
  // A bearer token is the pair in one word: `key_id:secret_key`.
  return scheme.toLowerCase() === 'bearer' ? fromColon(value) : { kind: 'unreadable' };
}

function fromColon(text: string): Credentials {
  const colon = text.indexOf(':');
  return colon === -1 ? { kind: 'unreadable' } : pair(text.slice(0, colon), text.slice(colon + 1));
}

function pair(keyId: string, secretKey: string): Credentials {
  const isSound = [keyId, secretKey].every((part) => part !== '' && part.length <= LENGTH_MAX);
  return isSound ? { kind: 'pair', keyId, secretKey } : { kind: 'unreadable' };
}
