/**
 * Runs every load in a process of its own, prints the table, writes `bench/results.json`, and fails when a figure does not hold.
 * Loads over real bars need a folder of them: `TRADEKIT_TEST_DATA`, or `../shared/data` beside the repository.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Row } from './measure.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = process.env.TRADEKIT_TEST_DATA ?? join(root, '../shared/data');
const real = join(data, 'real15');
const reference = join(root, '../shared/bench/b1.mjs');

function load(name: string, flags: readonly string[] = [], args: readonly string[] = []): readonly Row[] {
  process.stderr.write(`${name} …\n`);
  const file = fileURLToPath(new URL(`loads/${name}.ts`, import.meta.url));
  const env = existsSync(reference)
    ? { ...process.env, TRADEKIT_B1_REFERENCE: pathToFileURL(reference).href }
    : process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '--import', import.meta.resolve('tsx'), file, ...args],
    {
      encoding: 'utf8',
      env,
    },
  );
  if (status !== 0) throw new Error(`load ${name} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Row[];
}

const rows = [...load('b1'), ...load('repeated'), ...load('fills'), ...load('peak'), ...load('heap', ['--expose-gc'])];
if (existsSync(real)) {
  rows.push(...['csv', 'clean', 'store', 'full-run'].flatMap((name) => load(name, [], [real])));
} else {
  rows.push(...load('store'));
  process.stderr.write(`no real bars in ${real}: the loads over them were left out\n`);
}
// One process each: the peak of memory is one of them.
for (const symbols of ['46', '200', '1000']) rows.push(...load('scale', [], [symbols]));
rows.push(
  ...load('metrics'),
  ...load('postgres'),
  ...load('indicators'),
  ...load('features', ['--expose-gc']),
  ...load('risk'),
  ...load('growth'),
  ...load('boosting'),
);

const table = rows.map(({ name, value, unit, limit, holds }) => ({
  name,
  value,
  unit,
  limit: limit ?? '',
  holds: limit === null ? '' : holds,
}));
console.table(table);
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(2)}`);
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(rows, null, 2)}\n`);
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;
