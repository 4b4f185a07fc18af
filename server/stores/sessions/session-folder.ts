/** The folders of sessions: safe names, whole files or none, and removal that cannot stop half way. */
import { open, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Ids become folder names, so nothing else is let through: no dots, no separators. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
const RECORD = 'session.json';
const LOG = 'log.jsonl';
/** Folders that are not sessions: being made, or on their way out. They start with a dot, ids never do. */
const CREATING = '.creating-';
const TRASH = '.trash-';

export function isSafeId(id: string): boolean {
  return SAFE_ID.test(id);
}

export const logPath = (directory: string, id: string): string => join(directory, id, LOG);
export const recordPath = (directory: string, id: string): string => join(directory, id, RECORD);

/** Writes beside the file and renames over it: a reader, or a crash, sees the old text or the new. */
export async function writeWhole(path: string, text: string, isDurable: boolean): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    if (isDurable) await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** Makes a session's folder with its record in it, all at once. False when the id is taken. */
export async function makeFolder(
  directory: string,
  id: string,
  record: string,
  isDurable: boolean,
): Promise<boolean> {
  const draft = join(directory, `${CREATING}${id}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeWhole(join(draft, RECORD), record, isDurable);
  try {
    await rename(draft, join(directory, id));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  if (isDurable) await syncFolder(directory);
  return true;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The folder is gone with one rename; what it held is deleted after that. False when there was none. */
export async function removeFolder(directory: string, id: string): Promise<boolean> {
  const trash = join(directory, `${TRASH}${id}`);
  await rm(trash, { recursive: true, force: true });
  try {
    await rename(join(directory, id), trash);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  await rm(trash, { recursive: true, force: true });
  return true;
}

/** Ids of the sessions here, after clearing away what a crash left of makings and removals. */
export async function sessionIds(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const names = await readdir(directory);
  const leftovers = names.filter((name) => name.startsWith(CREATING) || name.startsWith(TRASH));
  for (const name of leftovers) await rm(join(directory, name), { recursive: true, force: true });
  return names.filter(isSafeId);
}

/** Null when there is no such file. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
