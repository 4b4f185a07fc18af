/** Removes what the server of the browser tests has written, unless its directory was given. */
import { rmSync } from 'node:fs';

export default function removeData(): void {
  const directory = process.env['PADDOCK_E2E_TEMPORARY'];
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
}
