/**
 * The bar files of a folder, cleaned by every standard step: from CSV to columns, flags and ledger. Beside it, in the same run, what other
 * readers need for the same rows and none of the steps: DuckDB's `read_csv`, and where Python has them pandas' C reader and polars.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { barFileCleaner } from '@tradekit/data';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { cpuMs, inTurn, median, type Row, report, row } from '../measure.js';

const dataPackage = fileURLToPath(new URL('../../packages/data/package.json', import.meta.url));
const folder = process.argv[2] ?? '';
const paths = readdirSync(folder)
  .filter((name) => name.endsWith('_15min.csv'))
  .map((name) => join(folder, name));
const market = bareMarket(b1History().bars);
let rows = 0;
const clean = (): void => {
  rows = 0;
  const cleaner = barFileCleaner();
  for (const path of paths) rows += cleaner.clean(path).rowsRead;
};
const ms = inTurn({ bare: () => bareLoop(market), clean });

/** CPU milliseconds of another reader, and ours measured beside it: medians. */
interface Beside {
  readonly theirs: number;
  readonly ours: number;
}

/** A program that prints the count of rows and the CPU milliseconds of reading all files: the median of three rounds after a first. */
interface Program {
  readonly command: string;
  readonly flags: readonly string[];
  readonly code: string;
  /** Stands in its error output where the reader is not installed. */
  readonly absent: string;
}

/**
 * DuckDB by its own client, types given, all its threads together. `columns`: six Float64Arrays, with the settings it comes with; that is what
 * ours gives. `table`: its own memory, one thread.
 */
function duckDb(into: 'columns' | 'table'): Program {
  const names = ['open', 'high', 'low', 'close', 'volume'];
  const types = `{'timestamp': 'TIMESTAMP', ${names.map((name) => `'${name}': 'DOUBLE'`).join()}}`;
  const source = `read_csv('\${path}', header = true, delim = ',', auto_detect = false, columns = ${types})`;
  const columns = `const read = await connection.runAndReadAll(\`SELECT epoch_ms(timestamp)::DOUBLE, ${names.join()} FROM ${source}\`);
    rows += read.getColumns().map((column) => Float64Array.from(column))[0].length;`;
  const table = `const made = await connection.run(\`CREATE OR REPLACE TEMP TABLE bars AS FROM ${source}\`);
    rows += Number((await made.getRows())[0][0]);`;
  const code = `
const { createRequire } = require('node:module');
const { DuckDBInstance } = createRequire(${JSON.stringify(dataPackage)})('@duckdb/node-api');
(async () => {
  const instance = await DuckDBInstance.create(':memory:', ${into === 'table' ? "{ threads: '1' }" : '{}'});
  const connection = await instance.connect();
  const times = [];
  let rows = 0;
  for (let round = 0; round < 4; round++) {
    rows = 0;
    const before = process.cpuUsage();
    for (const path of process.argv.slice(1)) { ${into === 'table' ? table : columns} }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  console.log(rows, times.slice(1).sort((a, b) => a - b)[1]);
})();`;
  return { command: process.execPath, flags: ['-e'], code, absent: 'MODULE_NOT_FOUND' };
}

function python(reader: string): Program {
  const code = `${reader}
import sys, time
times = []
for round in range(4):
    before = time.process_time()
    rows = sum(read(path) for path in sys.argv[1:])
    times.append((time.process_time() - before) * 1000)
print(rows, sorted(times[1:])[1])`;
  return { command: process.env.TRADEKIT_PYTHON ?? 'python3', flags: ['-c'], code, absent: 'ModuleNotFoundError' };
}

const PANDAS = `import pandas as m
read = lambda path: len(m.read_csv(path, engine='c', parse_dates=['timestamp'], date_format='%Y-%m-%d %H:%M:%S'))`;
const POLARS = `import polars as m
types = dict(timestamp=m.Datetime('ms'), open=m.Float64, high=m.Float64, low=m.Float64, close=m.Float64, volume=m.Float64)
read = lambda path: m.read_csv(path, schema=types).height`;

/** Runs a program in a process of its own, and then ours three times; `undefined` where its reader is not installed. */
function beside({ command, flags, code, absent }: Program): Beside | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, [...flags, code, ...paths], { encoding: 'utf8' });
  if (error !== undefined || stderr.includes(absent)) return undefined;
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stderr}`);
  const [count, theirs = Number.NaN] = stdout.split(' ').map(Number);
  if (count !== rows) throw new Error(`${command} read ${count} rows instead of ${rows}`);
  return { theirs, ours: median([clean, clean, clean].map(cpuMs)) };
}

/** What another reader reaches; with `times`, ours must be at least that many times as fast. */
function rival(name: string, program: Program, times: number | null): readonly Row[] {
  const found = beside(program);
  if (found === undefined) {
    process.stderr.write(`no ${name}: left out (TRADEKIT_PYTHON names the interpreter of Python)\n`);
    return [];
  }
  return [
    row(
      `${name}, rows per CPU second`,
      found.ours / found.theirs,
      'of clean + check',
      times === null ? null : 1 / times,
    ),
    row(`${name}, rows`, rows / found.theirs / 1000, 'M rows per CPU s', null),
  ];
}

report(
  row(`clean + check, ${paths.length} files from CSV to columns by every standard step`, ms.clean / ms.bare, 'x', 16),
  row('clean + check, rows', rows / ms.clean / 1000, 'M rows per CPU s', null),
  ...rival("DuckDB's read_csv to columns", duckDb('columns'), 4),
  ...rival("DuckDB's read_csv to its own table, one thread", duckDb('table'), null),
  ...rival("pandas' C reader", python(PANDAS), 1),
  ...rival('polars', python(POLARS), 1),
);
