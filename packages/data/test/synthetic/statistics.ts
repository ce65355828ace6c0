/**
 * The statistics of the acceptance test, each defined in one line. NaN in a series means "no value": it is left out, and
 * of a pair both sides are.
 */

/** Numbers in order of time; NaN where there is none. */
export type Series = ArrayLike<number>;

/** Arithmetic mean. */
export function mean(series: Series): number {
  return rawMoment(series, (value) => value);
}

/** Standard deviation with divisor n. */
export function deviation(series: Series): number {
  return Math.sqrt(centralMoment(series, 2));
}

/** Root of the mean square: no mean is taken off. */
export function rootMeanSquare(series: Series): number {
  return Math.sqrt(rawMoment(series, (value) => value * value));
}

/** Fourth central moment over the squared second, less 3; divisor n throughout. */
export function excessKurtosis(series: Series): number {
  return centralMoment(series, 4) / centralMoment(series, 2) ** 2 - 3;
}

/** Third central moment over the second to the power 1.5; divisor n throughout. */
export function skewness(series: Series): number {
  return centralMoment(series, 3) / centralMoment(series, 2) ** 1.5;
}

/** Quantile of the sorted values at place `fraction × (n − 1)`, linear between neighbours (type 7 of Hyndman and Fan). */
export function quantile(series: Series, fraction: number): number {
  const sorted = new Float64Array(series).filter((value) => !Number.isNaN(value)).sort();
  const place = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle of the values. */
export function median(series: Series): number {
  return quantile(series, 0.5);
}

/** Pearson's correlation over the places where both have a value. */
export function correlation(a: Series, b: Series): number {
  let count = 0;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let place = 0; place < a.length; place++) {
    const x = a[place] ?? Number.NaN;
    const y = b[place] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  return (sumAB - (sumA * sumB) / count) / Math.sqrt((sumAA - (sumA * sumA) / count) * (sumBB - (sumB * sumB) / count));
}

/** Correlation of the series with itself `lag` places later. */
export function autocorrelation(series: Float64Array, lag: number): number {
  return correlation(series.subarray(0, series.length - lag), series.subarray(lag));
}

/** Mean over the values of `weigh(value)`. */
function rawMoment(series: Series, weigh: (value: number) => number): number {
  let [count, sum] = [0, 0];
  for (let place = 0; place < series.length; place++) {
    const value = series[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    count++;
    sum += weigh(value);
  }
  return sum / count;
}

function centralMoment(series: Series, power: 2 | 3 | 4): number {
  const centre = mean(series);
  return rawMoment(series, (value) => {
    const square = (value - centre) * (value - centre);
    return power === 2 ? square : power === 3 ? square * (value - centre) : square * square;
  });
}
