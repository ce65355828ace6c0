/** Memory of B1, in processes of their own: the peak of one, the heap after many runs. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Row, row } from './measure.js';

function child(script: string, ...flags: readonly string[]): string {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [...flags, '--import', import.meta.resolve('tsx'), file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Peak of one run, and how far the heap after a forced collection grows from the 5th to the 100th run. */
export function measureMemory(): readonly Row[] {
  const { peakMB } = JSON.parse(child('b1-peak.ts')) as { peakMB: number };
  const { fifthMB, lastMB } = JSON.parse(child('b1-hundred.ts', '--expose-gc')) as { fifthMB: number; lastMB: number };
  return [
    row('b1, peak memory', peakMB, 'MB', 300),
    row('b1, heap from the 5th to the 100th run', lastMB - fifthMB, 'MB', 0.5),
  ];
}
