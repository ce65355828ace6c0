/** What a run writes down of itself beside its numbers. */
import { type Assumption, dividendGap, type RunRecord, type RunStatus, type Trials } from '@tradekit/backtest';
import type { Ledger } from '@tradekit/data';
import type { RunConfig } from '../config/config.js';
import { resolveConfig } from '../config/resolve.js';
import { withoutPassword } from '../config/store-place.js';
import { configText } from '../config/text.js';
import { messageOf } from '../errors.js';
import { version } from '../version.js';
import { syntheticNotice } from './synthetic.js';
import type { SystemRun } from './system.js';

/** The record of a run, for its folder. `startedAt`: ISO 8601 in UTC. `trials`: where it stands among other runs. */
export function recordOf(config: RunConfig, run: SystemRun, startedAt: string, trials?: Trials): RunRecord {
  return {
    result: run.result,
    context: { ...run.context, ...(trials === undefined ? {} : { trials }) },
    ...(run.checks === undefined ? {} : { checks: run.checks }),
    ...(run.limits === undefined ? {} : { limits: run.limits }),
    ...(run.tally === undefined ? {} : { tally: run.tally }),
    name: config.name,
    mode: config.mode,
    status: statusOf(run),
    config: configText(resolveConfig(config, run.result.universe.instruments)),
    versions: versions(),
    startedAt,
    dataHash: run.dataHash,
    warnings: run.warnings,
    assumptions: [...marketAssumption(run), dataAssumption(config, run), ...dividends(run), ...run.assumptions],
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

/** That the data has no dividends, and what that makes wrong. A made market pays none. */
function dividends({ result, context: { market }, synthetic }: SystemRun): readonly Assumption[] {
  const gap = market === undefined || synthetic !== undefined ? undefined : dividendGap(result, market);
  return gap === undefined ? [] : [gap];
}

/** What the data is, beside what the backtest assumes. */
function dataAssumption({ data }: RunConfig, { identity, repairs }: SystemRun): Assumption {
  const { barMinutes, feed, adjusted } = identity;
  const { zone, stamps, store } = data;
  const where = store === undefined ? '' : ` from the store ${withoutPassword(store)}`;
  const what = `feed ${feed}, prices ${ADJUSTED[adjusted]}`;
  const convention =
    store === undefined ? `; stamps in ${zone} at the ${stamps === 'bar-start' ? 'start' : 'end'} of the bar` : '';
  return {
    name: 'Data',
    text: `${barMinutes}-minute bars${where}; ${what}${convention}; regular hours of the NYSE; ${cleaning(data, repairs)}`,
  };
}

const ADJUSTED = {
  raw: 'as traded',
  split: 'with splits taken out',
  'total-return': 'with splits and distributions taken out',
} as const;

function cleaning({ clean, store }: RunConfig['data'], repairs: Ledger): string {
  if (store !== undefined) return 'cleaned before they were stored';
  if (clean === 'strict') return 'not cleaned: a fault would have ended the run';
  const counts = new Map<string, number>();
  for (const { action, line, lastLine } of repairs) counts.set(action, (counts.get(action) ?? 0) + lastLine - line + 1);
  // Nobody traded at a carried bar: a history has none of them.
  const left = (action: string): string => (action === 'added' ? ' and left out of the run' : '');
  const done = [...counts].map(([action, rows]) => `${rows} ${action}${left(action)}`).join(', ');
  return `cleaned, ${done === '' ? 'and nothing to repair' : `rows ${done}: all in repairs.csv`}`;
}
