import { describe, expect, it } from 'vitest';
import { METRIC_GROUPS, metricsOf } from '../../src/index.js';
import { order, script, submit } from '../script.js';
import { closeAt, curve, curveScript, trips } from './curve.js';

describe('totalReturn', () => {
  it('is final equity over initial cash less 1: 1,210 of 1,000', () => {
    expect(metricsOf(curve([1100, 1210])).totalReturn).toEqual({ value: 1210 / 1000 - 1, unit: 'fraction' });
  });

  it('takes deposits out: 10 % before and 10 % after a deposit of 900', () => {
    const on = curveScript([1100]);
    on.event('adjustment', { time: 0, type: 'deposit', cash: 900, reason: '' } as never);
    closeAt(on, 1, 2000);
    closeAt(on, 2, 2200);
    expect(metricsOf(on.recorder.result()).totalReturn.value).toBeCloseTo(0.21, 14);
  });

  it('is not defined when no bar was seen', () => {
    const { totalReturn } = metricsOf(script().recorder.result());
    expect(totalReturn).toEqual({ value: null, unit: 'fraction', reason: 'no bar was seen' });
  });
});

describe('cagr', () => {
  it('goes by calendar days: 1,100 after 2 days is 1.1^(365.25 / 2) − 1', () => {
    expect(metricsOf(curve([1000, 1000, 1100])).cagr.value).toBe(1.1 ** (365.25 / 2) - 1);
  });

  it('is not defined over one session, nor when nothing is left', () => {
    expect(metricsOf(curve([1100])).cagr).toMatchObject({ value: null, reason: 'it needs at least two sessions' });
    expect(metricsOf(curve([1000, -5])).cagr).toMatchObject({ value: null, reason: 'nothing is left of the equity' });
  });
});

describe('volatility', () => {
  it('is the standard deviation (n − 1) × √252: returns 10 %, −10 %, 10 %', () => {
    // Mean 1/30; squared deviations 1/225 + 4/225 + 1/225 = 6/225; over 2: 3/225.
    const { volatility } = metricsOf(curve([1100, 990, 1089]));
    expect(volatility.value).toBeCloseTo(Math.sqrt(3 / 225) * Math.sqrt(252), 13);
    expect(volatility.unit).toBe('fraction per year');
  });

  it('is 0 for a flat equity, and not defined over one session', () => {
    expect(metricsOf(curve([1000, 1000])).volatility.value).toBe(0);
    expect(metricsOf(curve([1000])).volatility).toMatchObject({ value: null });
  });
});

describe('sharpe', () => {
  it('is the mean over the standard deviation × √252: returns 10 %, −10 %, 10 %', () => {
    const { sharpe } = metricsOf(curve([1100, 990, 1089]));
    const session = 1 / 30 / Math.sqrt(3 / 225);
    expect(sharpe.value).toBeCloseTo(session * Math.sqrt(252), 12);
    expect(sharpe).toMatchObject({ unit: 'ratio', note: 'excess over cash at 0 a year' });
  });

  it('takes a 252nd of the cash rate off every session: 2.52 a year is 1 % a session', () => {
    const { sharpe } = metricsOf(curve([1100, 990, 1089], 2.52));
    expect(sharpe.value).toBeCloseTo(((1 / 30 - 0.01) / Math.sqrt(3 / 225)) * Math.sqrt(252), 12);
    expect(sharpe).toMatchObject({ note: 'excess over cash at 2.52 a year' });
  });

  it('has the 95 % interval of Mertens: skewness −1/√2 and kurtosis 3/2 of two gains and a loss', () => {
    const { sharpe, sharpeLow, sharpeHigh } = metricsOf(curve([1100, 990, 1089]));
    const s = 1 / 30 / Math.sqrt(3 / 225);
    const error = Math.sqrt((1 + s ** 2 / 2 + s / Math.SQRT2 + ((1.5 - 3) / 4) * s ** 2) / 3);
    const half = 1.959963984540054 * error * Math.sqrt(252);
    expect(sharpeLow.value).toBeCloseTo((sharpe.value ?? 0) - half, 11);
    expect(sharpeHigh.value).toBeCloseTo((sharpe.value ?? 0) + half, 11);
  });

  it('is not defined where the equity does not vary, whatever the cash rate', () => {
    const reason = 'the equity did not vary';
    const { sharpe, sharpeLow } = metricsOf(curve([1000, 1000, 1000], 0.03));
    expect([sharpe, sharpeLow]).toEqual(Array(2).fill({ value: null, unit: 'ratio', reason }));
  });
});

describe('maxDrawdown', () => {
  it('is the deepest fall from the highest value so far, with its dates: 1,200 to 900', () => {
    const { maxDrawdown } = metricsOf(curve([1200, 1100, 1150, 900, 1300, 1200]));
    expect(maxDrawdown.value).toBeCloseTo(0.25, 15);
    expect(maxDrawdown).toMatchObject({ note: 'from 2021-01-04T21:00:00.000Z to 2021-01-07T21:00:00.000Z' });
  });

  it('is 0 while the equity only rises', () => {
    expect(metricsOf(curve([1000, 1100])).maxDrawdown).toEqual({ value: 0, unit: 'fraction' });
  });

  it('counts a fall from the very start', () => {
    expect(metricsOf(curve([900])).maxDrawdown.value).toBeCloseTo(0.1, 15);
  });
});

it('exposure is the mean over all rows: 0, then 100 and 120 of 1,000', () => {
  const on = script();
  on.slice(1, 1, [10, 20], [submit(order(1, 0, 10))]);
  on.account.positions[0] = 10;
  on.fill(1, 1, 10, 10, 0);
  on.slice(2, 1, [10, 20]);
  on.slice(3, 1, [12, 20]);
  expect(metricsOf(on.recorder.result()).exposure.value).toBe((0 + 0.1 + 0.12) / 3);
});

it('turnover counts buys and sells over mean equity and sessions: (100 + 110) / 1,050 / 2', () => {
  const on = script();
  trips(on, [11]);
  closeAt(on, 0, 1000);
  closeAt(on, 1, 1100);
  const { turnover } = metricsOf(on.recorder.result());
  expect(turnover).toEqual({ value: 210 / 1050 / 2, unit: 'fraction per session' });
});

it('commissionPaid, trades and winRate: a gain of 8, a loss of 2 and a nothing', () => {
  const on = script();
  trips(on, [11, 10, 10.2]);
  const metrics = metricsOf(on.recorder.result());
  expect(metrics.commissionPaid).toEqual({ value: 6, unit: 'USD' });
  expect(metrics.trades).toEqual({ value: 3, unit: 'count' });
  expect(metrics.winRate).toEqual({ value: 1 / 3, unit: 'fraction' });
  expect(metrics.fills.value).toBe(6);
});

it('nothing is NaN or infinite when nothing happened: the value is null with a reason, or a true 0', () => {
  for (const metric of Object.values(metricsOf(script().recorder.result()))) {
    if (metric.value === null) expect(metric.reason).not.toBe('');
    else expect(Number.isFinite(metric.value)).toBe(true);
  }
});

it('every metric has its place among the groups, once', () => {
  const grouped = METRIC_GROUPS.flatMap(({ metrics }) => metrics.map(([name]) => name));
  expect([...grouped].sort()).toEqual(Object.keys(metricsOf(script().recorder.result())).sort());
});
