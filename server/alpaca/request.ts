/** A request and its answer as this gate sees them: the same under Node's server, under Next and in a test. */

export interface WireRequest {
  readonly method: string;
  /** Path and query as they were sent, nothing decoded. */
  readonly target: string;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /** The whole body, the same at every call; null when it is longer than `maximumBytes`. */
  text(maximumBytes: number): Promise<string | null>;
  /** The body as it comes in, for what is too long to hold. Read once. */
  stream(): AsyncIterable<Uint8Array>;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: no body at all, as SDKs expect it of a 204. */
  readonly body: string | null;
}
