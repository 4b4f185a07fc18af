/** A process for the crash test: appends to one session as fast as it can, and says what was acknowledged. */
import { openFileSessionStore, type Fsync } from './file-session-store';
import { sampleCommit, sampleRecord } from './sample-session.fixture';

const [directory = '', fsync = 'interval'] = process.argv.slice(2);
const store = await openFileSessionStore({ directory, fsync: fsync as Fsync });
if ((await store.read('one')) === null) await store.create(sampleRecord('one'));

for (let sequence = (await store.lastSequence('one')) + 1; ; sequence += 1) {
  await store.append(sampleCommit('one', sequence));
  await new Promise<void>((resolve) => void process.stdout.write(`${sequence}\n`, () => resolve()));
  if (sequence % 100 === 0) await store.saveSnapshot('one', { sequence, state: { sequence }, stateHash: '' });
}
