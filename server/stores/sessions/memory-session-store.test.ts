/** The memory store keeps the contract. */
import { memorySessionStore } from './memory-session-store';
import { sessionStoreContract } from './session-store.contract';

sessionStoreContract('the memory store', async () => ({
  store: memorySessionStore(),
  dispose: async () => {},
}));
