import { describe, expect, it } from 'vitest';
import { backtest, breakdownOf, buyAndHold, metricsOf } from '../../src/index.js';
import { excursionsOf } from '../../src/metrics/excursions.js';
import { handMade } from '../market.js';
import { script } from '../script.js';
import { curve, trips } from './curve.js';

/** Round trips of 10 shares from 10 dollars to each exit, a dollar of commission a side. */
function traded(exits: readonly number[]) {
  const on = script();
  trips(on, exits);
  return metricsOf(on.recorder.result());
}

describe('what round trips bring', () => {
  // Profits 8, −2, −12, 18 and 18.
  const metrics = traded([11, 10, 9, 12, 12]);

  it('profitFactor is dollars won over dollars lost: 44 over 14', () => {
    expect(metrics.profitFactor.value).toBeCloseTo(44 / 14, 12);
  });

  it('expectancy is the mean profit, payoffRatio the mean gain over the mean loss: 6, and 44/3 over 7', () => {
    expect(metrics.expectancy.value).toBeCloseTo(6, 12);
    expect(metrics.payoffRatio.value).toBeCloseTo(44 / 3 / 7, 12);
  });

  it('streaks are the longest rows: two won, two lost', () => {
    expect(metrics.longestWinStreak).toEqual({ value: 2, unit: 'count' });
    expect(metrics.longestLossStreak).toEqual({ value: 2, unit: 'count' });
  });

  it('averageHold is in bars', () => {
    expect(metrics.averageHold).toEqual({ value: 1, unit: 'bars' });
  });

  it('all losses: a profit factor of 0 and no payoff ratio', () => {
    const losses = traded([9, 9]);
    expect(losses.profitFactor).toEqual({ value: 0, unit: 'ratio' });
    expect(losses.payoffRatio).toMatchObject({ value: null, reason: 'no round trip won' });
  });

  it('one trade that won: no profit factor, an expectancy', () => {
    const one = traded([11]);
    expect(one.profitFactor).toMatchObject({ value: null, reason: 'no round trip lost' });
    expect(one.expectancy.value).toBeCloseTo(8, 12);
  });

  it('no trade: none of them, and streaks of 0', () => {
    const none = traded([]);
    for (const name of ['profitFactor', 'expectancy', 'payoffRatio', 'averageHold', 'averageAdverseExcursion'] as const)
      expect(none[name]).toMatchObject({ value: null });
    expect(none.longestWinStreak.value).toBe(0);
    expect(none.breakEvenCost).toMatchObject({ value: null, reason: 'nothing was traded' });
  });
});

// A: 10 at 101, sold at 106. C: 5 at 198, sold at 191. B: 3 at 50, marked at 52. A cent a share, 1,000 shares a bar.
const options = handMade();
const run = backtest(options);

describe('excursions', () => {
  it('are the extremes of the bars held whole and of the exit: A only rises, C only falls', () => {
    const { adverse, favorable } = excursionsOf(run, options.history);
    expect([...adverse]).toEqual([0, 7 / 198]);
    expect([...favorable]).toEqual([5 / 101, 0]);
    const { averageAdverseExcursion } = metricsOf(run, { market: options.history });
    expect(averageAdverseExcursion).toEqual({ value: 3.5 / 198, unit: 'fraction' });
  });

  it('need the bars', () => {
    const { averageAdverseExcursion, capacity } = metricsOf(run);
    expect(averageAdverseExcursion).toMatchObject({ reason: 'the bars of the run are not at hand' });
    expect(capacity).toMatchObject({ reason: 'the bars of the run are not at hand' });
  });
});

it('capacity is the mean equity where 95 % of the fills take 1 % of their bar', () => {
  // Shares of the bars: 0.3 %, 0.5 %, 0.5 %, 1 %, 1 %: the 95 % quantile is 1 %.
  const { capacity } = metricsOf(run, { market: options.history });
  const mean = run.equity.equity.reduce((sum, value) => sum + value, 0) / run.equity.length;
  expect(capacity.value).toBeCloseTo(mean, 8);
});

it('costs: 33 shares at a cent, 21 dollars before them, 4,165 dollars traded', () => {
  const { commissionPaid, totalCost, returnBeforeCosts, returnAfterCosts, breakEvenCost } = metricsOf(run);
  expect(commissionPaid.value).toBeCloseTo(0.33, 12);
  expect(totalCost.value).toBeCloseTo(0.33, 12);
  expect(returnBeforeCosts.value).toBeCloseTo(21 / 10_000, 12);
  expect(returnAfterCosts.value).toBeCloseTo(20.67 / 10_000, 12);
  expect(breakEvenCost.value).toBeCloseTo((21 / 4165) * 10_000, 8);
});

describe('buyAndHold', () => {
  it('of one symbol goes from its first open to the closes: 100, 103, 107, 111', () => {
    const { name, returns } = buyAndHold(options.history, 'A');
    expect(name).toBe('A bought and held');
    expect([...returns]).toEqual([103 / 100, 107 / 100 / (103 / 100), 111 / 100 / (107 / 100)].map((v) => v - 1));
  });

  it('of the universe has equal dollars in each, at official closes where there are any', () => {
    const { returns } = buyAndHold(options.history);
    expect(returns[0]).toBeCloseTo(3.015 / 3 - 1, 14);
    expect(returns[1]).toBeCloseTo(3.035 / 3.015 - 1, 14);
    expect(returns[2]).toBeCloseTo((1.11 + 1.04 + 0.945) / 3.035 - 1, 14);
  });

  it('takes splits, dividends and delistings of the history', () => {
    const [, second, third] = options.history.sessions;
    const history = {
      ...options.history,
      actions: [
        { session: third?.day ?? 0, instrument: 'A', action: { type: 'delisted', perShare: 120 } },
        { session: second?.day ?? 0, instrument: 'A', action: { type: 'dividend', perShare: 4 } },
        { session: second?.day ?? 0, instrument: 'B', action: { type: 'split', ratio: 2, cashInLieu: 50 } },
      ] as never,
    };
    const [, afterDividend, afterDelisting] = buyAndHold(history, 'A').returns;
    expect(afterDividend).toBeCloseTo(1.11 / 1.03 - 1, 14);
    expect(afterDelisting).toBeCloseTo(1.24 / 1.11 - 1, 14);
    expect(buyAndHold(history, 'B').returns[1]).toBeCloseTo(1, 14);
  });

  it('refuses a symbol that is not there', () => {
    expect(() => buyAndHold(options.history, 'Z')).toThrow('no instrument "Z" in the universe');
  });
});

describe('against a benchmark', () => {
  // The run returns 10 %, −10 %, 10 %; the benchmark 5 %, −5 %, 2 %.
  const own = curve([1100, 990, 1089]);
  const benchmark = { name: 'theirs', returns: Float64Array.of(0.05, -0.05, 0.02) };
  const metrics = metricsOf(own, { benchmark });

  it('beta is covariance over variance, alpha what is left of the mean, × 252', () => {
    // Means 1/30 and 1/150. Covariance × 2: Σ xy − 3 × means = 0.012 − 1/1500; variance × 2: 0.0054 − 3/22500.
    const beta = (0.012 - 1 / 1500) / (0.0054 - 3 / 22_500);
    expect(metrics.beta.value).toBeCloseTo(beta, 12);
    expect(metrics.alpha.value).toBeCloseTo((1 / 30 - beta / 150) * 252, 10);
  });

  it('trackingError and informationRatio are those of the difference: 5 %, −5 %, 8 %', () => {
    const mean = 0.08 / 3;
    const deviation = Math.sqrt((0.0114 - 3 * mean * mean) / 2);
    expect(metrics.trackingError.value).toBeCloseTo(deviation * Math.sqrt(252), 12);
    expect(metrics.informationRatio.value).toBeCloseTo((mean / deviation) * Math.sqrt(252), 10);
  });

  it('captures are sums over its rises and its falls: 20 over 7, 10 over 5', () => {
    expect(metrics.upCapture.value).toBeCloseTo(20 / 7, 12);
    expect(metrics.downCapture.value).toBeCloseTo(2, 12);
    expect(metrics.benchmarkReturn).toMatchObject({ note: 'theirs' });
    expect(metrics.benchmarkReturn.value).toBeCloseTo(1.05 * 0.95 * 1.02 - 1, 14);
  });

  it('without one, with one that is too short or does not move, the metrics say so', () => {
    expect(metricsOf(own).beta).toMatchObject({ value: null, reason: 'there is no benchmark' });
    const short = metricsOf(own, { benchmark: { name: 'short', returns: new Float64Array(2) } });
    expect(short.beta).toMatchObject({ reason: 'short has no price in every session' });
    const still = metricsOf(own, { benchmark: { name: 'still', returns: new Float64Array(3) } });
    expect(still.beta).toMatchObject({ reason: 'the benchmark did not vary' });
    expect(still.upCapture).toMatchObject({ reason: 'the benchmark never rose' });
  });
});

it('breakdownOf cuts round trips by symbol, side, hour, weekday, month and ending', () => {
  const rows = breakdownOf(run);
  expect(rows.filter(({ by }) => by === 'symbol')).toEqual([
    { by: 'symbol', value: 'A', trades: 1, won: 1, profit: 49.8, commission: 0.2 },
    { by: 'symbol', value: 'C', trades: 1, won: 0, profit: -35.1, commission: 0.1 },
  ]);
  // Both entries on Monday 2021-01-04, at 09:45 and 10:00 in New York.
  expect(rows.filter(({ by }) => by === 'hour').map(({ value }) => value)).toEqual(['09:00', '10:00']);
  expect(rows.find(({ by }) => by === 'weekday')).toMatchObject({ value: 'Monday', trades: 2 });
  expect(rows.find(({ by }) => by === 'month')).toMatchObject({ value: '2021-01', trades: 2 });
  expect(rows.find(({ by }) => by === 'sector')).toMatchObject({ value: 'no sector', trades: 2 });
});
