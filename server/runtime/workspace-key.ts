/** The workspace's own key pair: from the environment, or made at the first start and told once. */
import type { KeyStore, NewApiKey } from '../sessions/key-store';
import type { Env } from './env';

/** The new pair when one had to be made, else null. */
export async function prepareWorkspaceKey(env: Env, keys: KeyStore): Promise<NewApiKey | null> {
  const { PADDOCK_API_KEY_ID: keyId, PADDOCK_API_SECRET_KEY: secretKey } = env;
  if (keyId !== undefined && secretKey !== undefined) {
    await keys.adopt(keyId, secretKey);
    return null;
  }
  const known = await keys.list(null);
  return known.length > 0 ? null : keys.create(null);
}
