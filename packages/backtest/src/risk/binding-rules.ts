/** Which rules bound, and what it would have come to without them. */
import type { RiskTally } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';

/** One rule, of the risk manager or of the engine. */
export interface BindingRule {
  readonly rule: string;
  /** Wishes that it made smaller or refused when they were planned; `undefined` where nobody counted. */
  readonly cuts: number | undefined;
  /** Wishes that it refused, each once for as long as it stood, and how often they were tried. */
  readonly refused: number;
  readonly tries: number;
  /** Refused wishes whose next session is in the run, and how many of them would have gained until its close. */
  readonly followed: number;
  readonly gained: number;
  /** Their mean return by the close of the next session, before costs; `undefined` where there is none. */
  readonly meanNextReturn: number | undefined;
}

/** Every rule that cut or refused something, the most refusals first. `nextReturns`: by place of the refusal. */
export function bindingRules(
  { refusals }: RunResult,
  nextReturns: readonly number[],
  tally: RiskTally | undefined,
): readonly BindingRule[] {
  const names = new Set([...refusals.map(({ rule }) => rule), ...Object.keys(tally?.cuts ?? {})]);
  const rules = [...names].map((rule): BindingRule => {
    const rows = refusals.flatMap((refusal, place) =>
      refusal.rule === rule ? [{ ...refusal, next: nextReturns[place]! }] : [],
    );
    const followed = rows.map(({ next }) => next).filter((next) => !Number.isNaN(next));
    return {
      rule,
      cuts: tally === undefined ? undefined : (tally.cuts[rule] ?? 0),
      refused: rows.length,
      tries: rows.reduce((sum, { count }) => sum + count, 0),
      followed: followed.length,
      gained: followed.filter((next) => next > 0).length,
      meanNextReturn:
        followed.length === 0 ? undefined : followed.reduce((sum, next) => sum + next, 0) / followed.length,
    };
  });
  return rules.sort((a, b) => b.refused - a.refused || (b.cuts ?? 0) - (a.cuts ?? 0) || (a.rule < b.rule ? -1 : 1));
}
