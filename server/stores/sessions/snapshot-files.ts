/** Snapshots of one session as `snapshot-<sequence>.json`, the newest two: one may be damaged, the log has all. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredSnapshot } from '../../sessions/session-store';
import { snapshotFromText, snapshotToText } from './session-json';
import { readText, writeWhole } from './session-folder';

const NAME = /^snapshot-(\d{1,15})\.json$/;
const KEPT = 2;

export async function writeSnapshot(
  folder: string,
  snapshot: StoredSnapshot,
  isDurable: boolean,
): Promise<void> {
  const path = join(folder, `snapshot-${snapshot.sequence}.json`);
  await writeWhole(path, snapshotToText(snapshot), isDurable);
  for (const sequence of (await sequences(folder)).slice(KEPT)) {
    await rm(join(folder, `snapshot-${sequence}.json`), { force: true });
  }
}

/**
 * The newest readable snapshot that the log reaches to.
 * After a power cut the log may have lost what was not yet flushed; a snapshot beyond its end would bring back
 * commits that nobody can read any more.
 */
export async function newestSnapshot(folder: string, lastSequence: number): Promise<StoredSnapshot | null> {
  for (const sequence of await sequences(folder)) {
    if (sequence > lastSequence) continue;
    const text = await readText(join(folder, `snapshot-${sequence}.json`));
    const snapshot = text === null ? null : snapshotFromText(text);
    if (snapshot !== null && snapshot.sequence === sequence) return snapshot;
  }
  return null;
}

/** Newest first. */
async function sequences(folder: string): Promise<number[]> {
  const found = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  return found.map(Number).sort((a, b) => b - a);
}
