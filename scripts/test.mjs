// `npm test`: everything there is to test, from an empty clone on. Its last line sums up all runners.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { build, isBuilt } from './build.mjs';
import { runChecks } from './check.mjs';
import { root, runNode, tool } from './commands.mjs';
import { install } from './install.mjs';
import { requireNode } from './node-version.mjs';

const REPORTS = join('test-results', 'reports');
const total = { passed: 0, failed: 0, skipped: 0 };

requireNode();
await install();
const browser = await findBrowser();
if (browser === null) finish('there is no browser for the browser tests');

stage('Checks');
for (const name of await runChecks()) fail(`check "${name}"`);

stage('Unit, property and contract tests');
await vitest('unit');

stage('Build');
if (isBuilt()) console.log('The last build is of these sources.');
else if ((await build()) !== 0) finish('the build failed, so nothing that needs a server can run');

stage('Bots against a running server');
await vitest('e2e-sdk');
stage('Servers killed under load');
await vitest('e2e-crash');

stage('Browser');
await playwright(browser);
finish();

function stage(title) {
  console.log(`\n== ${title}`);
}

function fail(what) {
  total.failed += 1;
  console.error(`FAILED: ${what}`);
}

/** Says how it went and ends. A reason means that a stage could not run, which counts as one failure. */
function finish(reason) {
  if (reason !== undefined) fail(reason);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed === 0 ? 0 : 1);
}

async function vitest(project) {
  const report = reportFile(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runNode(tool('vitest', ['run', '--project', project, ...reporters]));
  const result = readReport(report);
  if (result === null) return fail(`the ${project} tests could not run (exit code ${code})`);
  // A file that does not load holds no test that could fail, but it did fail.
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  count(
    result.numPassedTests,
    result.numFailedTests + broken.length,
    result.numPendingTests + result.numTodoTests,
  );
  if (code !== 0 && result.numFailedTests + broken.length === 0)
    fail(`the ${project} run ended with exit code ${code}`);
}

async function playwright(env) {
  const report = reportFile('browser');
  const code = await runNode(tool('@playwright/test', ['test', '--reporter=list,json'], 'playwright'), {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const stats = readReport(report)?.stats;
  if (stats === undefined) return fail(`the browser tests could not run (exit code ${code})`);
  count(stats.expected, stats.unexpected + stats.flaky, stats.skipped);
  if (code !== 0 && stats.unexpected + stats.flaky === 0)
    fail(`the browser run ended with exit code ${code}`);
}

function count(passed, failed, skipped) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** An absolute path for a runner's report, emptied first so that no older run can stand in for this one. */
function reportFile(name) {
  mkdirSync(join(root, REPORTS), { recursive: true });
  const file = join(root, REPORTS, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
