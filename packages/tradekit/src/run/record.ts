/** What a run writes down of itself beside its numbers. */
import type { Assumption, RunRecord, RunStatus } from '@tradekit/backtest';
import type { RunConfig } from '../config/config.js';
import { resolveConfig } from '../config/resolve.js';
import { configText } from '../config/text.js';
import { messageOf } from '../errors.js';
import { version } from '../version.js';
import { syntheticNotice } from './synthetic.js';
import type { SystemRun } from './system.js';

/** The record of a run, for its folder. `startedAt`: ISO 8601 in UTC. */
export function recordOf(config: RunConfig, run: SystemRun, startedAt: string): RunRecord {
  return {
    result: run.result,
    name: config.name,
    mode: config.mode,
    status: statusOf(run),
    config: configText(resolveConfig(config, run.result.universe.instruments)),
    versions: versions(),
    startedAt,
    dataHash: run.dataHash,
    warnings: run.warnings,
    assumptions: [...marketAssumption(run), dataAssumption(config), ...run.assumptions],
  };
}

function versions(): Readonly<Record<string, string>> {
  return { tradekit: version(), node: process.versions.node };
}

function statusOf({ ending }: SystemRun): RunStatus {
  return ending.kind === 'failed' ? { kind: 'failed', reason: messageOf(ending.error) } : ending;
}

/** That the market was made, where it was. */
function marketAssumption({ synthetic }: SystemRun): readonly Assumption[] {
  return synthetic === undefined ? [] : [{ name: 'Market', text: syntheticNotice(synthetic).join(' ') }];
}

/** What the data is, beside what the backtest assumes. */
function dataAssumption({ data: { barMinutes, zone, stamps } }: RunConfig): Assumption {
  const convention = `stamps in ${zone} at the ${stamps === 'bar-start' ? 'start' : 'end'} of the bar`;
  return { name: 'Data', text: `${barMinutes}-minute bars, ${convention}; regular hours of the NYSE` };
}
