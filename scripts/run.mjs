// Runs one command of the project with its environment set, on any system:
// `node scripts/run.mjs [NAME=value ...] <package>[:<command>] [arguments]`; `node` runs Node.js itself.
import { exitOf, startNode, tool } from './commands.mjs';
import { requireNode } from './node-version.mjs';

requireNode();
const words = process.argv.slice(2);
const env = {};
while (/^[A-Z_]+=/.test(words[0] ?? '')) {
  const [name, ...value] = words.shift().split('=');
  env[name] = value.join('=');
}
const [name = '', ...args] = words;
const [packageName, command] = name.split(':');
const child = startNode(name === 'node' ? args : tool(packageName, args, command ?? packageName), { env });
// The terminal sends Ctrl-C to the whole group; a service manager sends SIGTERM to us alone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.exitCode = await exitOf(child);
