// The one place that knows which Node.js Paddock needs.
const REQUIRED = [20, 19];

/** Ends the process with a clear message where Node.js is too old. Written so that old versions can parse it. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1])) return;
  console.error(
    `Paddock needs Node.js ${REQUIRED.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a newer one (https://nodejs.org) and run the same command again.',
  );
  process.exit(1);
}
