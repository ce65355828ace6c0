/** Measuring: CPU time of this process, the median of the second and later runs, and rows of a table. */

/** One figure. A ratio to the bare loop's CPU time has the unit `x`. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it may be at most; `null` where it is a remark. */
  readonly limit: number | null;
  readonly holds: boolean;
}

/** A figure with an upper limit, or without one a remark. */
export function row(name: string, value: number, unit: string, limit: number | null): Row {
  return { name, value: Number(value.toPrecision(4)), unit, limit, holds: limit === null || value <= limit };
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
 * Medians of workloads measured in turn, so that what else the machine does falls on all of them alike: a first run of each,
 * which does not count, and five that do.
 */
export function inTurn<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
): Readonly<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = 0; round <= 5; round++) {
    for (const name of names) {
      const ms = cpuMs(works[name]);
      if (round > 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

/** Hands the rows of a load to the program that started it. */
export function report(...rows: readonly Row[]): void {
  process.stdout.write(JSON.stringify(rows));
}
