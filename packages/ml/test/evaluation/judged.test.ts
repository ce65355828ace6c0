import { accuracy, hitRate, type Judged, netByProbability, scoreTable, sessionHours, symbolsOf } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { codeOf, handHistory } from '../history.js';

const column = (...numbers: readonly number[]): Float64Array => Float64Array.from(numbers);

// Down, flat, up; what came; what a long position returned.
const said = column(...[0.2, 0.2, 0.6], ...[0.5, 0.1, 0.4], ...[0.4, 0.2, 0.4], ...[0.1, 0.5, 0.4], ...[0.55, 0, 0.45]);
const judged: Judged = {
  probabilities: said,
  classes: column(2, 2, 0, 1, 0),
  returns: column(0.01, 0.02, -0.03, -0.004, -0.01),
};

describe('hits', () => {
  test('accuracy: the likeliest class came, ties shared', () => {
    // Right, wrong, one of two, right, right.
    expect(accuracy(said, 3, judged.classes)).toBe(3.5 / 5);
    expect(accuracy(column(0.7, 0.5, 0.2), 1, column(1, 0, 1))).toBe(1.5 / 3);
  });

  test('hit rate: up against down where it was not flat, ties a half', () => {
    // Right, wrong, alike, flat, right.
    expect(hitRate(said, judged.classes)).toBe(2.5 / 4);
  });

  test('lists that do not fit', () => {
    const codes = [
      () => accuracy(said, 3, column(1)),
      () => accuracy(column(), 3, column()),
      () => accuracy(said, 3, column(0, 1, 2, 3, 0)),
      () => accuracy(column(0.5, Number.NaN, 0.5), 3, column(0)),
      () => hitRate(said, column(1)),
      () => hitRate(column(0, 1, 0), column(1)),
    ].map(codeOf);
    expect(codes).toEqual([
      'SCORES_SHAPE',
      'SCORES_SHAPE',
      'SCORES_VALUE',
      'SCORES_VALUE',
      'SCORES_SHAPE',
      'SCORES_EMPTY',
    ]);
  });
});

describe('net return by probability', () => {
  test('the likelier side is traded, up or down, and a trade pays its cost once', () => {
    const buckets = netByProbability(judged, { costBps: 3, limits: [0.4, 0.5] });
    // Up at 0.4 loses 40 bp; up at 0.6 gains 100, down at 0.5 loses 200, down at 0.55 gains 100. The row of equal sides is not traded.
    expect(buckets).toEqual([
      { from: 0.4, to: 0.5, trades: 1, said: 0.4, gained: 0, grossBps: -40, netBps: -43 },
      {
        ...{ from: 0.5, to: 1, trades: 3, gained: 2 / 3 },
        said: expect.closeTo(1.65 / 3, 12),
        grossBps: expect.closeTo(0, 12),
        netBps: expect.closeTo(-3, 12),
      },
    ]);
  });

  test('below the first limit nothing is traded, and empty buckets are left out', () => {
    expect(netByProbability(judged, { costBps: 0, limits: [0.58, 0.7] })).toEqual([
      { from: 0.58, to: 0.7, trades: 1, said: 0.6, gained: 1, grossBps: 100, netBps: 100 },
    ]);
    expect(netByProbability(judged, { costBps: 0, limits: [0.7] })).toEqual([]);
  });

  test('what cannot be judged', () => {
    const at = { costBps: 1 };
    const codes = [
      () => netByProbability({ ...judged, returns: column(1) }, at),
      () => netByProbability({ ...judged, classes: column(2, 2, 3, 1, 0) }, at),
      () => netByProbability({ ...judged, returns: column(0, 0, Number.NaN, 0, 0) }, at),
      () => netByProbability({ ...judged, probabilities: said.map((own) => 2 * own) }, at),
      () => netByProbability(judged, { costBps: -1 }),
      () => netByProbability(judged, { costBps: 1, limits: [] }),
      () => netByProbability(judged, { costBps: 1, limits: [0.5, 0.4] }),
      () => netByProbability(judged, { costBps: 1, limits: [1] }),
    ].map(codeOf);
    expect(codes).toEqual([
      ...['SCORES_SHAPE', 'SCORES_VALUE', 'SCORES_VALUE', 'SCORES_VALUE'],
      ...['ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION'],
    ]);
  });
});

describe('tables', () => {
  const third = new Float64Array(15).fill(1 / 3);

  test('by key, ascending, each beside its baseline', () => {
    const table = scoreTable(judged, [11, 9, 9, 11, 9], { baseline: third, costBps: 1 });
    expect(table).toEqual([
      {
        ...{ key: 9, rows: 3, accuracy: 1.5 / 3, hitRate: 1.5 / 3 },
        logLoss: expect.closeTo(-Math.log(0.4 * 0.4 * 0.55) / 3, 12),
        baselineLogLoss: expect.closeTo(Math.log(3), 12),
        // Up's share: 4/9 in the row that went up; 1/2 and 0.45 in those that went down.
        upAgainstDown: 0,
        netBps: expect.closeTo((-200 + 100) / 2 - 1, 12),
      },
      {
        ...{ key: 11, rows: 2, accuracy: 1, hitRate: 1, upAgainstDown: undefined },
        logLoss: expect.closeTo(-Math.log(0.6 * 0.5) / 2, 12),
        baselineLogLoss: expect.closeTo(Math.log(3), 12),
        netBps: expect.closeTo((100 - 40) / 2 - 1, 12),
      },
    ]);
    const flat = scoreTable(judged, ['b', 'b', 'a', 'c', 'b'], { baseline: third, costBps: 1 });
    expect(flat.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    // Alike sides are no trade, and a flat row has no side.
    expect(flat.map(({ hitRate: own, netBps }) => [own, netBps])).toEqual([
      [0.5, undefined],
      [2 / 3, expect.closeTo(-1, 12)],
      [undefined, -41],
    ]);
  });

  test('keys of symbols and hours of the session', () => {
    // Five bars a session of a quarter hour: the fifth begins in the second hour.
    const history = handHistory(5, [new Array(10).fill(1), new Array(10).fill(1)]);
    const cells = Int32Array.of(0, 7, 8, 9, 10, 19);
    expect(symbolsOf(history, cells)).toEqual(['S0', 'S1', 'S0', 'S1', 'S0', 'S1']);
    expect(sessionHours(history, cells)).toEqual([0, 0, 1, 1, 0, 1]);
  });

  test('lists that do not fit', () => {
    expect(codeOf(() => scoreTable(judged, [1], { baseline: third, costBps: 1 }))).toBe('SCORES_SHAPE');
    expect(codeOf(() => scoreTable(judged, [1, 1, 1, 1, 1], { baseline: column(1), costBps: 1 }))).toBe('SCORES_SHAPE');
    expect(codeOf(() => scoreTable(judged, [1, 1, 1, 1, 1], { baseline: third, costBps: -1 }))).toBe('ML_OPTION');
  });
});
