/** Removes what the server of the browser tests has written. */
import { rmSync } from 'node:fs';

export default function removeData(): void {
  const directory = process.env['PADDOCK_E2E_DATA'];
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
}
