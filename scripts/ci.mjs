// Runs `npm test`, the docs build and the package checks, and counts: each test is one, and so is each other check.
// Its last line is exactly "N passed, N failed". Whatever ends without a result counts as failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from './workspace.mjs';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'tradekit-ci-'));
const report = join(folder, 'tests.json');
const shell = process.platform === 'win32'; // npm is a .cmd file there

/** Runs a program and tells whether it succeeded. One that hangs is ended together with all it started. */
function succeeds(limitMs, command, ...options) {
  console.log(`\n> ${command} ${options.join(' ')}`);
  return new Promise((resolve) => {
    const env = { ...process.env, TRADEKIT_TEST_REPORT: report };
    const child = spawn(command, options, {
      cwd: at(),
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: !shell,
      shell,
    });
    const timer = setTimeout(() => {
      console.error(`No end after ${limitMs / minute} minutes: ${command} ${options.join(' ')}`);
      if (shell) child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    }, limitMs);
    const end = (success) => {
      clearTimeout(timer);
      resolve(success);
    };
    child.on('error', () => end(false));
    child.on('close', (status) => end(status === 0));
  });
}

/** The counts of the last run of the tests, or `undefined` when it left none. */
function testCounts() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A test file that could not be loaded fails without a failed test in it.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  } catch (error) {
    console.error(`The tests left no result: ${error.message}`);
    return undefined;
  }
}

/** `npm test` as a newcomer types it; only when it fails are its steps run one by one, to tell which. */
async function test() {
  const steps = { biome: true, tsc: true, knip: true };
  const complete = await succeeds(6 * minute, 'npm', 'test');
  let vitest = complete;
  if (!complete) {
    rmSync(report, { force: true });
    steps.biome = await succeeds(minute, 'npx', '--no-install', 'biome', 'check', '--error-on-warnings', '.');
    steps.tsc = await succeeds(2 * minute, 'npx', '--no-install', 'tsc', '-b');
    steps.knip = await succeeds(minute, 'npx', '--no-install', 'knip');
    vitest = await succeeds(5 * minute, 'npx', '--no-install', 'vitest', 'run', '--coverage');
  }
  const tests = testCounts() ?? { passed: 0, failed: 1 };
  // No failed test and still no success: coverage below its threshold, an error outside a test, or no tests at all.
  if (tests.failed === 0 && (!vitest || tests.passed === 0)) tests.failed = 1;
  return { steps, tests };
}

const { steps, tests } = await test();
const checks = {
  ...steps,
  docs: await succeeds(3 * minute, 'npm', 'run', 'docs'),
  packages: await succeeds(3 * minute, 'npm', 'run', 'packages'),
};
rmSync(folder, { recursive: true, force: true });

console.log(`\ntests: ${tests.passed} passed, ${tests.failed} failed`);
for (const [name, passed] of Object.entries(checks)) console.log(`${name}: ${passed ? 'passed' : 'failed'}`);
const results = Object.values(checks);
const failed = tests.failed + results.filter((passed) => !passed).length;
console.log(`${tests.passed + results.filter((passed) => passed).length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
