import { normalCdf, normalQuantile } from '@tradekit/risk';
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../src/index.js';
import { drawdownsOf } from '../../src/metrics/drawdowns.js';
import { expectedMaximum, probabilityAbove } from '../../src/metrics/probabilistic-sharpe.js';
import { script } from '../script.js';
import { curve } from './curve.js';

const YEAR = Math.sqrt(252);

describe('sortino', () => {
  it('is the mean over the root mean square of the losses of all sessions: returns 10 %, −10 %, 10 %', () => {
    // Mean 1/30; downside √(0.01 / 3).
    expect(metricsOf(curve([1100, 990, 1089])).sortino.value).toBeCloseTo((1 / 30 / Math.sqrt(0.01 / 3)) * YEAR, 12);
  });

  it('is not defined where nothing fell, nor over one session', () => {
    expect(metricsOf(curve([1100, 1200])).sortino).toMatchObject({ value: null, reason: 'no session fell below cash' });
    expect(metricsOf(curve([900])).sortino).toMatchObject({ value: null, reason: 'it needs at least two sessions' });
  });
});

describe('calmar', () => {
  it('is growth a year over the deepest drawdown: 1,200 to 900 to 1,080, three days', () => {
    const growth = 1.08 ** (365.25 / 2) - 1;
    expect(metricsOf(curve([1200, 900, 1080])).calmar.value).toBeCloseTo(growth / 0.25, 6);
  });

  it('is not defined where the equity never fell', () => {
    expect(metricsOf(curve([1100, 1200])).calmar).toMatchObject({ value: null, reason: 'the equity never fell' });
  });
});

describe('omega', () => {
  it('is gains over losses: 10 % and 10 % against 10 %', () => {
    expect(metricsOf(curve([1100, 990, 1089])).omega.value).toBeCloseTo(2, 12);
  });

  it('counts from the cash rate: at 2.52 a year 9 % and 9 % against 11 %', () => {
    expect(metricsOf(curve([1100, 990, 1089], 2.52)).omega.value).toBeCloseTo(18 / 11, 12);
  });
});

describe('drawdowns from close to close', () => {
  // Peaks 1,200 (session 0) and 1,300 (session 4).
  const run = curve([1200, 1100, 900, 1150, 1300, 1170, 1235]);

  it('run from a peak over the lowest close to the first close that is back', () => {
    const [first, second] = drawdownsOf(run);
    expect(first).toEqual({ peak: 0, trough: 2, recovered: 4, depthFraction: 0.25 });
    expect(second).toMatchObject({ peak: 4, trough: 5, recovered: undefined });
    expect(second?.depthFraction).toBeCloseTo(0.1, 15);
  });

  it('averageDrawdown is their mean depth, drawdownDuration the longest, recoveryTime from the lowest close back', () => {
    const { averageDrawdown, drawdownDuration, recoveryTime } = metricsOf(run);
    expect(averageDrawdown.value).toBeCloseTo(0.175, 15);
    expect(drawdownDuration).toEqual({ value: 4, unit: 'sessions' });
    expect(recoveryTime).toEqual({ value: 2, unit: 'sessions' });
  });

  it('one that lasts to the end says so, and has no recovery', () => {
    const { drawdownDuration, recoveryTime } = metricsOf(curve([1000, 900, 950, 980]));
    expect(drawdownDuration).toEqual({ value: 3, unit: 'sessions', note: 'it lasts to the end of the run' });
    expect(recoveryTime).toMatchObject({ value: null, reason: 'the deepest drawdown has not recovered' });
  });

  it('are not defined where nothing fell', () => {
    const { averageDrawdown } = metricsOf(curve([1100, 1200]));
    expect(averageDrawdown).toMatchObject({ value: null, reason: 'no session closed below an earlier one' });
  });

  it('ulcerIndex is the root mean square of the falls: 0, 10 % and 20 %', () => {
    expect(metricsOf(curve([1000, 900, 800])).ulcerIndex.value).toBeCloseTo(Math.sqrt((0.01 + 0.04) / 3), 15);
  });
});

describe('tails', () => {
  // Forty sessions: −6 %, −4 %, −2 %, and 37 of +1 %.
  const returns = [-0.06, -0.04, -0.02, ...Array<number>(37).fill(0.01)];
  let level = 1000;
  const run = curve(
    returns.map((r) => {
      level *= 1 + r;
      return level;
    }),
  );

  it('valueAtRisk is the loss at the 5 % quantile, conditionalValueAtRisk the mean beyond it', () => {
    // Place 0.05 × 39 = 1.95 of the sorted returns: −4 % + 0.95 × 2 % = −2.1 %. Beyond it −6 % and −4 %.
    const { valueAtRisk, conditionalValueAtRisk, tailRatio } = metricsOf(run);
    expect(valueAtRisk.value).toBeCloseTo(0.021, 12);
    expect(conditionalValueAtRisk.value).toBeCloseTo(0.05, 12);
    expect(tailRatio.value).toBeCloseTo(0.01 / 0.021, 10);
  });

  it('skewness and excessKurtosis are moments over n: two gains and a loss have −1/√2 and −3/2', () => {
    const { skewness, excessKurtosis } = metricsOf(curve([1100, 990, 1089]));
    expect(skewness.value).toBeCloseTo(-1 / Math.SQRT2, 10);
    expect(excessKurtosis.value).toBeCloseTo(-1.5, 10);
  });

  it('quantiles need 20 sessions', () => {
    const { valueAtRisk } = metricsOf(curve([1100, 990]));
    expect(valueAtRisk).toMatchObject({ value: null, reason: 'it needs at least 20 sessions' });
  });
});

describe('the normal distribution', () => {
  it('has the values of the tables, to fourteen places', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(-2.5)).toBeCloseTo(0.006209665325776, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(1e-4)).toBeCloseTo(-3.719016485455709, 10);
    expect(normalQuantile(0.5)).toBe(0);
  });
});

describe('probabilistic and deflated Sharpe', () => {
  // 256 returns of an independent reference: ratio and moments of its first configuration, both readings of the moments.
  it('agree with an independent reference', () => {
    const plain = { count: 256, skewness: -0.06823561010411532, kurtosis: 2.4614990951502107 };
    expect(probabilityAbove(0, 0.01651308042251453, plain)).toBeCloseTo(0.6039294100092679, 12);
    const corrected = { count: 256, skewness: -0.06863844487479767, kurtosis: 2.474640428257276 };
    expect(probabilityAbove(0, 0.016545427329953954, corrected)).toBeCloseTo(0.6041277945759886, 12);
    expect(expectedMaximum(8, 0.0026748908570374957)).toBeCloseTo(0.07545925539044113, 12);
  });

  it('probabilisticSharpe of two gains and a loss, by hand', () => {
    const s = 1 / 30 / Math.sqrt(3 / 225);
    const z = (s * Math.SQRT2) / Math.sqrt(1 + s / Math.SQRT2 + (0.5 / 4) * s * s);
    expect(metricsOf(curve([1100, 990, 1089])).probabilisticSharpe.value).toBeCloseTo(normalCdf(z), 12);
  });

  it('deflatedSharpe takes the trials into account and says how many they were', () => {
    const run = curve([1100, 990, 1089]);
    const { probabilisticSharpe, deflatedSharpe } = metricsOf(run, { trials: { sharpes: [-1, 0, 1] } });
    expect(deflatedSharpe.value).toBeLessThan(probabilisticSharpe.value ?? 0);
    // Deviation of the yearly ratios 1; Φ⁻¹(2/3) = 0.430727, Φ⁻¹(1 − 1/(3e)) = 1.159773.
    const best = (1 - 0.5772156649) * 0.4307272993 + 0.5772156649 * normalQuantile(1 - 1 / (3 * Math.E));
    expect(deflatedSharpe).toMatchObject({
      note: `3 trials: chance alone would show a Sharpe ratio of ${best.toFixed(2)}`,
    });
  });

  it('deflatedSharpe is not defined without trials, nor with one', () => {
    const run = curve([1100, 990, 1089]);
    expect(metricsOf(run).deflatedSharpe).toMatchObject({ reason: 'the number of trials is not known' });
    const one = metricsOf(run, { trials: { sharpes: [1] } });
    expect(one.deflatedSharpe).toMatchObject({ reason: 'it needs at least two trials' });
  });
});

it('a flat year has no ratio and no NaN', () => {
  const metrics = metricsOf(curve(Array<number>(30).fill(1000)));
  for (const name of ['sharpe', 'probabilisticSharpe', 'sortino', 'calmar', 'omega', 'skewness', 'tailRatio'] as const)
    expect(metrics[name]).toMatchObject({ value: null });
  expect(metrics.valueAtRisk.value).toBe(0);
  expect(metrics.ulcerIndex.value).toBe(0);
});

it('a run without a session has no metric of sessions', () => {
  const metrics = metricsOf(script().recorder.result());
  expect(metrics.ulcerIndex).toMatchObject({ value: null, reason: 'no session was closed' });
  expect(metrics.averageDrawdown).toMatchObject({ value: null, reason: 'no session was closed' });
});
