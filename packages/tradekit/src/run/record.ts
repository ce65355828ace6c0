/** What a run writes down of itself beside its numbers. */
import type { Assumption, RunRecord, RunStatus } from '@tradekit/backtest';
import type { RunConfig } from '../config/config.js';
import { configText } from '../config/text.js';
import { messageOf } from '../errors.js';
import { version } from '../version.js';
import type { SystemRun } from './system.js';

/** The record of a run, for its folder. `startedAt`: ISO 8601 in UTC. */
export function recordOf(config: RunConfig, run: SystemRun, startedAt: string): RunRecord {
  return {
    result: run.result,
    name: config.name,
    mode: config.mode,
    status: statusOf(run),
    config: configText(config),
    versions: versions(),
    startedAt,
    dataHash: run.dataHash,
    warnings: run.warnings,
    assumptions: [dataAssumption(config), ...run.assumptions],
  };
}

function versions(): Readonly<Record<string, string>> {
  return { tradekit: version(), node: process.versions.node };
}

function statusOf({ ending }: SystemRun): RunStatus {
  return ending.kind === 'failed' ? { kind: 'failed', reason: messageOf(ending.error) } : ending;
}

/** What the data is, beside what the backtest assumes. */
function dataAssumption({ data: { synthetic, barMinutes, zone, stamps } }: RunConfig): Assumption {
  const kind = synthetic === undefined ? '' : 'a synthetic market without a planted edge; ';
  const convention = `stamps in ${zone} at the ${stamps === 'bar-start' ? 'start' : 'end'} of the bar`;
  return { name: 'Data', text: `${kind}${barMinutes}-minute bars, ${convention}; regular hours of the NYSE` };
}
