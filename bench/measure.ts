/** Measuring: CPU seconds of this process, the median of the second and later runs, and rows of a table. */

/** One figure. A ratio has the unit `x`: times the CPU time of the bare loop, or of what the name says. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number | null;
  readonly holds: boolean;
}

/** A figure with an upper limit; without one it is a remark. */
export function row(name: string, value: number, unit: string, limit: number | null): Row {
  const rounded = Number(value.toPrecision(4));
  return { name, value: rounded, unit, limit, holds: limit === null || value <= limit };
}

/** CPU milliseconds, user and system, of one call. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The middle one; of an even number the upper. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Medians of several workloads measured in turn, so that what else the machine does falls on all of them alike: one run of
 * each to warm up, then `runs` rounds.
 */
export function interleaved(
  works: Readonly<Record<string, () => unknown>>,
  runs = 5,
): Readonly<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= runs; round++) {
    for (const [name, work] of Object.entries(works)) {
      const ms = cpuMs(work);
      if (round > 0) (times[name] ??= []).push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
