/** The parts that this gate works with; runtime puts them together. */
import type { BarLibrary } from '../sessions/bar-library';
import type { KeyStore } from '../sessions/key-store';
import type { SessionRegistry } from '../sessions/session-registry';
import type { Answer } from './answer';
import type { WireRequest } from './request';

export interface Gate {
  readonly registry: SessionRegistry;
  readonly bars: BarLibrary;
  readonly keys: KeyStore;
  /** Bound to loopback: the one local user may use the control plane without a key. */
  readonly isLocal: boolean;
  /** True for requests that carry the token which command-line tools find in the data directory. */
  isOwner(request: WireRequest): boolean;
  /** Takes bars from a CSV stream into the library. */
  importCsv(request: WireRequest, query: Readonly<Record<string, string>>): Promise<Answer>;
  newId(): string;
  reportError(message: string, error: unknown): void;
}
