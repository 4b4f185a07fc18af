/** Port: API keys. A key belongs to one session, or to the workspace. Secrets are hashed at rest. */

export interface ApiKey {
  readonly keyId: string;
  /** Null: a workspace key, which may address any session. */
  readonly sessionId: string | null;
  readonly createdAt: string;
}

export interface NewApiKey extends ApiKey {
  /** Shown once, never stored. */
  readonly secretKey: string;
}

export interface KeyStore {
  create(sessionId: string | null): Promise<NewApiKey>;
  /** Stores a pair that was given (the workspace key from the environment). Idempotent. */
  adopt(keyId: string, secretKey: string): Promise<ApiKey>;
  /** The key when the secret is right, else null. Compares in constant time. */
  verify(keyId: string, secretKey: string): Promise<ApiKey | null>;
  list(sessionId: string | null): Promise<readonly ApiKey[]>;
  deleteOfSession(sessionId: string): Promise<void>;
}
