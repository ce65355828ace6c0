import { directionLabels, labelledCells } from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf, handHistory } from '../history.js';

const none = Number.NaN;
const fixed = (fraction: number) => ({ deadBand: { kind: 'fixed', fraction } as const });

test('the next open to the one after, flat within a band whose edges belong to it', () => {
  // Decisions on rows 0 to 2: 100 → 125, 125 → 125, 125 → 62.5. The last two rows of a session have no label.
  const labels = directionLabels(handHistory(5, [[7, 100, 125, 125, 62.5]]), fixed(0.25));
  expect([...labels.classes]).toEqual([1, 1, 0, none, none]);
  expect([...labels.returns]).toEqual([0.25, 0, -0.5, none, none]);
  expect([...labels.first]).toEqual([1, 2, 3, -1, -1]);
  expect([...labels.last]).toEqual([2, 3, 4, -1, -1]);
  expect([...labelledCells(labels)]).toEqual([0, 1, 2]);
  expect(directionLabels(handHistory(5, [[7, 100, 125, 125, 62.5]]), fixed(0.2499)).classes[0]).toBe(2);
});

test('a span over three bars, and none that leaves its session', () => {
  const labels = directionLabels(handHistory(5, [[1, 100, 9, 9, 150, 1, 100, 9, 9, 50]]), {
    horizonBars: 3,
    ...fixed(0),
  });
  expect([...labels.classes]).toEqual([2, none, none, none, none, 0, none, none, none, none]);
  expect([labels.first[0], labels.last[0], labels.first[5], labels.last[5]]).toEqual([1, 4, 6, 9]);
});

test('a missing bar in the row, at the entry, within or at the exit takes the label of its own instrument only', () => {
  const hole = handHistory(7, [
    [1, 2, 3, none, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7],
  ]);
  const labels = directionLabels(hole, { horizonBars: 2, ...fixed(0) });
  const of = (i: number): readonly number[] => [...labels.classes].filter((_, cell) => cell % 2 === i);
  expect(of(0)).toEqual([none, none, none, none, none, none, none]);
  expect(of(1)).toEqual([2, 2, 2, 2, none, none, none]);
});

test('the band follows what the same slot did in earlier sessions, and no other', () => {
  // Slot 0 earns 10 %, then −10 %, then 5 %; slot 1 earns 1 % each day.
  const day = (first: number, second: number): readonly number[] => [9, 100, 100 * first, 100 * first * second];
  const history = handHistory(4, [[...day(1.1, 1.01), ...day(0.9, 1.01), ...day(1.05, 1.01)]]);
  const band = (multiple: number) =>
    directionLabels(history, { deadBand: { kind: 'slot-volatility', multiple, sessions: 2, minSessions: 2 } });
  // Two sessions must be known: labels begin in the third. The root mean square of slot 0 is 10 %, of slot 1 1 %.
  expect([...band(0.49).classes]).toEqual([...new Array(8).fill(none), 2, 2, none, none]);
  expect(band(0.51).classes[8]).toBe(1);
  expect(band(0.99).classes[9]).toBe(2);
  expect(band(1.01).classes[9]).toBe(1);
  const one = directionLabels(history, { deadBand: { kind: 'slot-volatility', multiple: 0.6, sessions: 1 } });
  expect([...one.classes.subarray(4, 6)]).toEqual([0, 2]);
});

test('says how it was made, and refuses options that cannot be meant', () => {
  const history = handHistory(3, [[1, 2, 3]]);
  expect(directionLabels(history).text).toBe('direction(1 bars, 0.35 slot volatilities of 20 to 60 sessions)');
  const codes = [
    () => directionLabels(history, { horizonBars: 0 }),
    () => directionLabels(history, { horizonBars: 1.5 }),
    () => directionLabels(history, fixed(-0.1)),
    () => directionLabels(history, fixed(Number.NaN)),
    () => directionLabels(history, { deadBand: { kind: 'slot-volatility', multiple: 0 } }),
    () => directionLabels(history, { deadBand: { kind: 'slot-volatility', multiple: 1, sessions: 5, minSessions: 6 } }),
  ].map(codeOf);
  expect(codes).toEqual(new Array(6).fill('ML_OPTION'));
});
