import { expect, it } from 'vitest';
import { lastingHalt, reviewOf } from '../../src/index.js';
import { runOf } from './run.js';

const near = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? Number.NaN : expect.closeTo(value, 12)));

// Slices at 1, 2 | 3, 4 | 5; closes of A 110, 99, 99 after 100 at the refusals.
const sessions = [[1, 1], [1, 1], [1]];
const mark = [[110], [99], [99]];
const returns = [[0.1], [-0.1], [0]];

it('follows a refused wish from its mark to the close of the next session, in its direction', () => {
  const refusals = [
    { time: 1, mark: 100, direction: 1 }, // 110 ÷ 100 × 0.9 − 1 = −1 %
    { time: 2, mark: 110, direction: -1 }, // −(0.9 − 1) = +10 %
    { time: 3, mark: 90, direction: 1 }, // 99 ÷ 90 − 1 = +10 %
    { time: 5, mark: 99, direction: 1 }, // there is no next session
  ] as never;
  expect(reviewOf(runOf({ sessions, mark, returns, refusals })).nextSessionReturns).toEqual(
    near([-0.01, 0.1, 0.1, Number.NaN]),
  );
});

it('a split in between is no loss: the return has it taken out, the marks have not', () => {
  const refusals = [{ time: 1, mark: 100, direction: 1 }] as never;
  const run = runOf({ sessions, mark: [[100], [50], [50]], returns: [[0], [0], [0]], refusals });
  expect(reviewOf(run).nextSessionReturns[0]).toBeCloseTo(0, 12);
});

it('sums up by rule: cuts from the tally, refusals with what they would have made', () => {
  const refusals = [
    { time: 1, rule: 'max-sector', mark: 100, count: 3 },
    { time: 3, rule: 'max-sector', mark: 90 },
    { time: 5, rule: 'max-sector', mark: 99 },
    { time: 3, rule: 'max-gross', mark: 99 },
  ] as never;
  const tally = { wishes: 9, cuts: { 'max-position': 4, 'max-sector': 5 } };
  const { rules } = reviewOf(runOf({ sessions, mark, returns, refusals }), {}, tally);
  expect(rules).toEqual([
    {
      rule: 'max-sector',
      cuts: 5,
      refused: 3,
      tries: 5,
      followed: 2,
      gained: 1,
      meanNextReturn: expect.closeTo(0.045, 12),
    },
    { rule: 'max-gross', cuts: 0, refused: 1, tries: 1, followed: 1, gained: 0, meanNextReturn: 0 },
    { rule: 'max-position', cuts: 4, refused: 0, tries: 0, followed: 0, gained: 0, meanNextReturn: undefined },
  ]);
  expect(reviewOf(runOf({ sessions, mark, returns, refusals })).rules[0]?.cuts).toBeUndefined();
});

it('a detection has its overshoot; the end of a halt is none', () => {
  const states = [
    { time: 1, session: 100, state: 'halted', rule: 'max-daily-loss', measured: 0.025, limit: 0.02 },
    { time: 3, session: 101, state: 'active', rule: 'max-daily-loss' },
    { time: 4, session: 101, state: 'reduce-only', rule: 'command' },
  ] as never;
  expect(reviewOf(runOf({ sessions, states })).detections).toEqual([
    {
      time: 1,
      session: 100,
      rule: 'max-daily-loss',
      measured: 0.025,
      limit: 0.02,
      overshoot: expect.closeTo(0.005, 12),
    },
  ]);
});

it('says when a halt outlasted its session, and how much was not traded', () => {
  const halted = (session: number, until = 'started') => ({ session, state: 'halted', until });
  const five = { sessions: [[1], [1], [1], [1], [1]] };
  const of = (...states: object[]) => lastingHalt(runOf({ ...five, states: states as never }));
  expect(of(halted(101, 'next-session'), { session: 102, state: 'active' })).toBeUndefined();
  // 102, 103 and 104 of five sessions
  expect(of(halted(101))).toEqual({ date: '1970-04-12', rule: 'max-drawdown', reason: 'deep', notTradedFraction: 0.6 });
  // 102 and 103, then 104 is its release
  expect(of(halted(101), { session: 104, state: 'active' })?.notTradedFraction).toBe(0.4);
  // A daily halt that a drawdown makes last counts from its session on
  expect(of(halted(101, 'next-session'), halted(101))?.notTradedFraction).toBe(0.6);
});
