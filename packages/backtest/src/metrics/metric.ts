/** What a metric counts. `fraction`: 0.05 is 5 %. `ratio`: a pure number. */
export type MetricUnit =
  | 'USD'
  | 'fraction'
  | 'fraction per year'
  | 'fraction per session'
  | 'ratio'
  | 'count'
  | 'sessions'
  | 'bars'
  | 'bp';

/** A number with its unit; where it is not defined the value is `null` and the reason says why. Never NaN, never infinite. */
export type Metric = { readonly unit: MetricUnit; readonly note?: string } & (
  | { readonly value: number }
  | { readonly value: null; readonly reason: string }
);

/** Trading sessions in a year, the convention of the field. */
export const SESSIONS_PER_YEAR = 252;

/** The value with its unit; not defined where it is no finite number. */
export function metric(value: number, unit: MetricUnit, note?: string): Metric {
  if (!Number.isFinite(value)) return notDefined(unit, `the numbers give ${value}`);
  return note === undefined ? { value, unit } : { value, unit, note };
}

/** A metric that has no value. */
export function notDefined(unit: MetricUnit, reason: string): Metric {
  return { value: null, unit, reason };
}
