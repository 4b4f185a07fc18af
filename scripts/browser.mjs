// Finds a browser for the tests: one that is named, one that the system has, else Playwright's own.
import { existsSync } from 'node:fs';
import { runNode, tool } from './commands.mjs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The variables that tell the browser tests what to start, or null when there is no browser to be had.
 * Empty variables mean Playwright's own.
 */
export async function findBrowser() {
  const named = process.env.PADDOCK_CHROMIUM;
  if (named)
    return existsSync(named) ? { PADDOCK_CHROMIUM: named } : missing(`PADDOCK_CHROMIUM names ${named}`);
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { PADDOCK_CHROMIUM: installed };
  console.log('No browser found: installing the one of Playwright ...');
  const code = await runNode(tool('@playwright/test', ['install', 'chromium'], 'playwright'));
  return code === 0 ? {} : missing('`npx playwright install chromium` failed');
}

function missing(what) {
  console.error(`${what}, but there is no browser there. Install Chromium, or set PADDOCK_CHROMIUM to one.`);
  return null;
}
