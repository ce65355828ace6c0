import { driftBaseline } from '@tradekit/ml';
import { expect, test } from 'vitest';
import { DriftWatch } from '../../src/strategy/drift-watch.js';

// Ten values a session, 0 … 9: the baseline has a tenth of them in each bin.
const ramp = Float64Array.from({ length: 10 }, (_, k) => k);
const baseline = [driftBaseline(ramp), driftBaseline(ramp)];
/** Rows of two features; the second one is moved. */
const rows = (shift: number): Float64Array =>
  Float64Array.from(ramp).reduce(
    (all, own, k) => all.with(2 * k, own).with(2 * k + 1, own + shift),
    new Float64Array(20),
  );

test('says nothing before the window is full, and nothing of what comes as before', () => {
  const watch = new DriftWatch(['a', 'b'], 3, 0.25);
  for (let session = 0; session < 10; session++) {
    watch.take(session, rows(0));
    expect(watch.drifted(baseline)).toBeUndefined();
  }
});

test('names the feature that has drifted most, when a few sessions more have ended', () => {
  const watch = new DriftWatch(['a', 'b'], 3, 0.25);
  let first: number | undefined;
  for (let session = 0; session < 12; session++) {
    watch.take(session, rows(session < 4 ? 0 : 100));
    const drifted = watch.drifted(baseline);
    if (drifted === undefined) continue;
    first ??= session;
    expect(drifted.feature).toBe('b');
    expect(drifted.index).toBeGreaterThan(0.25);
  }
  // The window is full in session 3, looked at every 5 sessions: in session 8 it holds 5, 6 and 7.
  expect(first).toBe(8);
});

test('the session that is going on does not count, and a limit of 0 does not look', () => {
  const watch = new DriftWatch(['a', 'b'], 1, 0.25);
  watch.take(0, rows(0));
  watch.take(1, rows(100));
  expect(watch.drifted(baseline)).toBeUndefined();
  const blind = new DriftWatch(['a', 'b'], 1, 0);
  for (let session = 0; session < 10; session++) blind.take(session, rows(100));
  expect(blind.drifted(baseline)).toBeUndefined();
});
