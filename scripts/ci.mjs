// Runs `npm test`, the docs build and the package checks, and counts: each test is one, and so is each other check.
// Its last line is exactly "N passed, N failed". Whatever ends without a result counts as failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from './workspace.mjs';

const minute = 60_000;
/** The whole of it ends within 15 minutes, whatever hangs. */
const end = Date.now() + 14.5 * minute;
const folder = mkdtempSync(join(tmpdir(), 'tradekit-ci-'));
const report = join(folder, 'tests.json');
const shell = process.platform === 'win32'; // npm is a .cmd file there

/** Runs a program and tells whether it succeeded. One that hangs is ended together with all it started. */
function succeeds(minutes, command, ...options) {
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
    const timer = setTimeout(
      () => {
        console.error(`No end in time, at most ${minutes} minutes: ${command} ${options.join(' ')}`);
        if (shell) child.kill();
        else process.kill(-child.pid, 'SIGKILL');
      },
      Math.max(0, Math.min(minutes * minute, end - Date.now())),
    );
    const ended = (success) => {
      clearTimeout(timer);
      resolve(success);
    };
    child.on('error', () => ended(false));
    child.on('close', (status) => ended(status === 0));
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

/** `npm test` as a newcomer types it; when it fails, its steps before the tests are run one by one, to tell which. */
async function test() {
  const steps = { biome: true, tsc: true, knip: true };
  const complete = await succeeds(11, 'npm', 'test');
  let vitest = complete;
  if (!complete) {
    steps.biome = await succeeds(1, 'npx', '--no-install', 'biome', 'check', '--error-on-warnings', '.');
    steps.tsc = await succeeds(2, 'npx', '--no-install', 'tsc', '-b');
    steps.knip = await succeeds(1, 'npx', '--no-install', 'knip');
    // A step before the tests failed: they have not run yet.
    if (Object.values(steps).includes(false)) {
      vitest = await succeeds(8, 'npx', '--no-install', 'vitest', 'run', '--coverage');
    }
  }
  const tests = testCounts() ?? { passed: 0, failed: 1 };
  // No failed test and still no success: coverage below its threshold, an error outside a test, or no tests at all.
  if (tests.failed === 0 && (!vitest || tests.passed === 0)) tests.failed = 1;
  return { steps, tests };
}

const { steps, tests } = await test();
const checks = {
  ...steps,
  docs: await succeeds(3, 'npm', 'run', 'docs'),
  packages: await succeeds(3, 'npm', 'run', 'packages'),
};
rmSync(folder, { recursive: true, force: true });

console.log(`\ntests: ${tests.passed} passed, ${tests.failed} failed`);
for (const [name, passed] of Object.entries(checks)) console.log(`${name}: ${passed ? 'passed' : 'failed'}`);
const results = Object.values(checks);
const failed = tests.failed + results.filter((passed) => !passed).length;
console.log(`${tests.passed + results.filter((passed) => passed).length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
