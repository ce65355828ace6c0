/** Runs the script and leaves a run folder with the report beside this file. */
import { fileURLToPath } from 'node:url';
import { writeRunFolder } from '@tradekit/backtest';
import { LIMITS, stressDay } from './system.js';

const folder = fileURLToPath(new URL('./runs/stress-day', import.meta.url));
const { result, tally } = stressDay();
writeRunFolder(folder, {
  result,
  tally,
  limits: LIMITS,
  name: 'stress-day',
  mode: 'backtest',
  status: { kind: 'complete' },
  config: '# made in code: see system.ts\n',
  versions: { node: process.versions.node },
  startedAt: new Date().toISOString(),
  warnings: [],
  assumptions: [{ name: 'Market', text: 'written by hand: three sessions in which all names move alike' }],
});
for (const { rule, state, reason } of result.states) console.log(`${state}: ${rule}, ${reason}`);
console.log(`report: ${folder}/report.html`);
