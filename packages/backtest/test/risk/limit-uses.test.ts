import { describe, expect, it } from 'vitest';
import { type LimitUses, reviewOf } from '../../src/index.js';
import { type HandMade, runOf } from './run.js';

const usesOf = (made: HandMade, rule: string, limits = {}): LimitUses => {
  const found = reviewOf(runOf(made), limits).limits.find((uses) => uses.rule === rule);
  if (found === undefined) throw new Error(`no uses of ${rule}`);
  return found;
};
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe('daily loss', () => {
  const sessions = [[0.99, 0.98, 1.01], [1.02, 0.9898, 1], [1.05]];

  it('is the deepest fall from the official close before, 0 in a session that only rose', () => {
    // 1 − 0.98; 1 − 0.9898 ÷ 1.01 = 2 %; nothing
    expect(usesOf({ sessions }, 'max-daily-loss').uses).toEqual(near([0.02, 0.02, 0]));
  });
  it('counts what a halt measured at a mark that the official close has taken the place of', () => {
    const states = [{ session: 102, rule: 'max-daily-loss', state: 'halted', measured: 0.031, limit: 0.03 }] as const;
    const uses = usesOf({ sessions, states: states as never }, 'max-daily-loss', { maxDailyLossFraction: 0.03 });
    expect(uses.uses[2]).toBe(0.031);
    expect(uses).toMatchObject({ peak: 0.031, peakSession: 2, limit: 0.03, sessionsAtLimit: 1 });
  });
});

describe('drawdown', () => {
  it('is the deepest fall from the highest index so far', () => {
    expect(usesOf({ sessions: [[1.25, 1], [1.1], [1.5]] }, 'max-drawdown').uses).toEqual(near([0.2, 0.12, 0]));
  });
  it('begins anew where a halt for it was released', () => {
    // Rows are at 0, 1, 2, 3: the release comes before the slice at 3.
    const states = [
      { time: 2, session: 101, state: 'halted' },
      { time: 3, session: 102, state: 'active' },
    ];
    const { uses } = usesOf({ sessions: [[1.25], [1], [0.95], [0.9]], states: states as never }, 'max-drawdown');
    expect(uses).toEqual(near([0, 0.2, 0, 1 - 0.9 / 0.95]));
  });
});

describe('peaks', () => {
  it('are zero where nothing was used, and have no session then', () => {
    expect(usesOf({ sessions: [[1], [1]] }, 'max-sector', { maxSectorFraction: 0.25 })).toMatchObject({
      limit: 0.25,
      peak: 0,
      peakSession: undefined,
      sessionsAtLimit: 0,
    });
  });
  it('count sessions at the limit and beyond; without a limit none', () => {
    const made = { sessions: [[1], [1], [1]], position: [0.0499, 0.05, 0.06] };
    expect(usesOf(made, 'max-position', { maxPositionFraction: 0.05 })).toMatchObject({
      peak: 0.06,
      peakSession: 2,
      sessionsAtLimit: 2,
    });
    expect(usesOf(made, 'max-position')).toMatchObject({ peak: 0.06, limit: undefined, sessionsAtLimit: 0 });
  });
  it('pass over what cannot be measured', () => {
    expect(usesOf({ sessions: [[1], [1]], position: [Number.NaN, 0.02] }, 'max-position').peak).toBe(0.02);
  });
});

describe('correlations', () => {
  // A and B go together, C against them: 100 shares at 100 are 10 % of 100,000 each.
  const count = 30;
  const up = (k: number): number => (k % 2 === 0 ? 0.01 : -0.01);
  const made: HandMade = {
    sessions: Array.from({ length: count }, () => [1]),
    sectors: ['X', 'X', 'Y'],
    held: Array.from({ length: count }, () => [100, 100, 100]),
    returns: Array.from({ length: count }, (_, k) => [up(k), up(k), -up(k)]),
  };
  it('are there only where the run limits them', () => {
    expect(reviewOf(runOf(made)).limits.map(({ rule }) => rule)).not.toContain('max-correlation');
  });
  it('Σ w ρ is 0.1 + 0.1 − 0.1; before 20 sessions everything goes along: 0.3', () => {
    const { uses } = usesOf(made, 'max-correlation', { maxCorrelation: 0.35 });
    expect(uses[18]).toBeCloseTo(0.3, 12);
    expect(uses[19]).toBeCloseTo(0.1, 12);
  });
  it('A and B are one cluster of 20 %', () => {
    const { uses, peak } = usesOf(made, 'max-cluster', { maxClusterFraction: 0.1 });
    expect(uses[29]).toBeCloseTo(0.2, 12);
    expect(peak).toBeCloseTo(0.3, 12);
  });
});
