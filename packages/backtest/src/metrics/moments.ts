/** Moments of a sample of returns. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation over n − 1; NaN of fewer than two. */
  readonly deviation: number;
  /** Third and fourth standardised moments over n, the fourth 3 for a normal distribution; NaN where nothing varies. */
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Below this standard deviation returns are equal but for the dust of arithmetic. */
export const NO_DEVIATION = 1e-12;

/** The moments of a sample. Source: the definitions. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k]!;
  const mean = sum / count;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let k = 0; k < count; k++) {
    const off = values[k]! - mean;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  const variance = second / count;
  return {
    count,
    mean,
    deviation: count < 2 ? Number.NaN : Math.sqrt(second / (count - 1)),
    skewness: third / count / variance ** 1.5,
    kurtosis: fourth / count / variance ** 2,
  };
}
