/** The runner over a folder of real bars, from the start of its process to the finished run folder. Prints rows. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { cpuMs, median, report, row } from '../measure.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? '';
const market = bareMarket(b1History().bars);
const scratch = mkdtempSync(join(tmpdir(), 'tradekit-bench-'));

/** CPU milliseconds of the whole process. */
function run(nth: number): number {
  const used = join(scratch, `cpu-${nth}.json`);
  const meter = `data:text/javascript,${encodeURIComponent(
    `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.cpuUsage())));`,
  )}`;
  const args = ['packages/tradekit/dist/cli.js', 'run', 'examples/full-system/config.yaml', '--data', folder];
  const period = ['--start', '2021-01-01', '--end', '2024-12-31', '--output', join(scratch, `run-${nth}`)];
  const { status, stderr } = spawnSync(process.execPath, ['--import', meter, ...args, ...period], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the run ended with ${status}: ${stderr}`);
  const { user, system } = JSON.parse(readFileSync(used, 'utf8')) as { user: number; system: number };
  return (user + system) / 1000;
}

bareLoop(market);
const bare: number[] = [];
const runs: number[] = [];
for (let nth = 0; nth < 5; nth++) {
  bare.push(cpuMs(() => bareLoop(market)));
  runs.push(run(nth));
}
rmSync(scratch, { recursive: true });
report(
  row('46 real files to a finished run folder, whole process', median(runs) / median(bare), 'x', 60),
  row('46 real files to a finished run folder', median(runs) / 1000, 'CPU s', null),
);
