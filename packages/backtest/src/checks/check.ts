/** Names of the checks, as `--fail-on` takes them. */
export const CHECK_NAMES = [
  'look-ahead',
  'warm-up',
  'fill-sanity',
  'too-good-to-be-true',
  'cost-fragility',
  'parameter-count',
  'survivorship',
] as const;

/** One of {@link CHECK_NAMES}. */
export type CheckName = (typeof CHECK_NAMES)[number];

/**
 * What a check came to. `failed`: the result is not to be believed as it stands; `noted`: something that a reader should know;
 * `not-checked`: the run gave nothing to check.
 */
export type Verdict = 'passed' | 'noted' | 'failed' | 'not-checked';

/** A check of a run, with what it rests on. */
export interface Check {
  readonly name: CheckName;
  readonly verdict: Verdict;
  /** Sentences: what was found, with names, times and numbers. Never empty. */
  readonly evidence: readonly string[];
}

/** Most sentences of one check; what is beyond is counted. */
const MOST = 8;

/** `failed` with its evidence, or `passed` with a sentence that says what was looked at. */
export function verdictOf(name: CheckName, failures: readonly string[], passed: string): Check {
  if (failures.length === 0) return { name, verdict: 'passed', evidence: [passed] };
  const shown = failures.slice(0, MOST);
  const more = failures.length - shown.length;
  return { name, verdict: 'failed', evidence: more === 0 ? shown : [...shown, `and ${more} more`] };
}
