/** Writes a file so that it is there whole or not at all, also after a power cut. */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The caller sees to it that nobody else writes the same file at the same time. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.draft`;
  const file = await open(draft, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(dirname(path));
}

/** The new name is durable only when its directory is. Windows cannot open one, and does not need it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
