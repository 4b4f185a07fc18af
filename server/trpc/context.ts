/** What every procedure may use: the parts that runtime puts together, and nothing it would have to make itself. */
import type { BarLibrary } from '../sessions/bar-library';
import type { SessionRegistry } from '../sessions/session-registry';

export interface TrpcContext {
  readonly registry: SessionRegistry;
  readonly bars: BarLibrary;
  demoSessionId(): Promise<string>;
}
