import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined, SESSIONS_PER_YEAR } from './metric.js';
import { momentsOf, NO_DEVIATION } from './moments.js';
import { sessionReturns } from './returns.js';

/** What a run is compared with: its name, and its returns from close to close, one a session from the run's first on. */
export interface Benchmark {
  readonly name: string;
  readonly returns: Float64Array;
}

/** A run beside a benchmark. */
export interface BenchmarkMetrics {
  /** Growth of the benchmark over the sessions of the run. */
  readonly benchmarkReturn: Metric;
  /** Growth a year that the benchmark's moves do not explain: Jensen's alpha. */
  readonly alpha: Metric;
  /** Move of the run with a move of 1 of the benchmark. */
  readonly beta: Metric;
  /** Standard deviation of the difference of the returns, a year. */
  readonly trackingError: Metric;
  /** Mean difference of the returns ÷ its standard deviation, × √252. */
  readonly informationRatio: Metric;
  /** Mean return of the run ÷ the benchmark's, over the sessions in which the benchmark rose, and fell. */
  readonly upCapture: Metric;
  readonly downCapture: Metric;
}

/**
 * Compares session returns with a benchmark's. Alpha and beta by least squares on returns over cash. Sources: Jensen, The
 * Performance of Mutual Funds (1968); Grinold and Kahn, Active Portfolio Management (1999); capture ratios with arithmetic means.
 */
export function benchmarkMetrics(result: RunResult, benchmark: Benchmark | undefined): BenchmarkMetrics {
  if (benchmark === undefined) return without('there is no benchmark');
  const own = sessionReturns(result);
  if (benchmark.returns.length < own.length) return without(`${benchmark.name} has no price in every session`);
  if (own.length < 2) return without('it needs at least two sessions');
  const theirs = benchmark.returns.subarray(0, own.length);
  const growth = theirs.reduce((product, value) => product * (1 + value), 1) - 1;
  return {
    benchmarkReturn: metric(growth, 'fraction', benchmark.name),
    ...regression(own, theirs, result.cashRate / SESSIONS_PER_YEAR),
    ...difference(own, theirs),
    upCapture: capture(own, theirs, 1),
    downCapture: capture(own, theirs, -1),
  };
}

function regression(own: Float64Array, theirs: Float64Array, cash: number): Pick<BenchmarkMetrics, 'alpha' | 'beta'> {
  const mine = momentsOf(own);
  const other = momentsOf(theirs);
  if (!(other.deviation > NO_DEVIATION)) {
    const reason = 'the benchmark did not vary';
    return { alpha: notDefined('fraction per year', reason), beta: notDefined('ratio', reason) };
  }
  let together = 0;
  for (let k = 0; k < own.length; k++) together += (own[k]! - mine.mean) * (theirs[k]! - other.mean);
  const beta = together / (own.length - 1) / other.deviation ** 2;
  const alpha = (mine.mean - cash - beta * (other.mean - cash)) * SESSIONS_PER_YEAR;
  return { alpha: metric(alpha, 'fraction per year'), beta: metric(beta, 'ratio') };
}

function difference(
  own: Float64Array,
  theirs: Float64Array,
): Pick<BenchmarkMetrics, 'trackingError' | 'informationRatio'> {
  const { mean, deviation } = momentsOf(own.map((value, k) => value - theirs[k]!));
  return {
    trackingError: metric(deviation * Math.sqrt(SESSIONS_PER_YEAR), 'fraction per year'),
    informationRatio:
      deviation > NO_DEVIATION
        ? metric((mean / deviation) * Math.sqrt(SESSIONS_PER_YEAR), 'ratio')
        : notDefined('ratio', 'the run moved as the benchmark did'),
  };
}

function capture(own: Float64Array, theirs: Float64Array, sign: 1 | -1): Metric {
  let mine = 0;
  let other = 0;
  for (let k = 0; k < own.length; k++) {
    if (sign * theirs[k]! <= 0) continue;
    mine += own[k]!;
    other += theirs[k]!;
  }
  if (other === 0) return notDefined('ratio', sign > 0 ? 'the benchmark never rose' : 'the benchmark never fell');
  return metric(mine / other, 'ratio');
}

function without(reason: string): BenchmarkMetrics {
  const ratio = notDefined('ratio', reason);
  const yearly = notDefined('fraction per year', reason);
  return {
    benchmarkReturn: notDefined('fraction', reason),
    alpha: yearly,
    beta: ratio,
    trackingError: yearly,
    informationRatio: ratio,
    upCapture: ratio,
    downCapture: ratio,
  };
}
