/** Numbers for people. */
import type { Metric } from '../metrics/metric.js';

const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** Dollars and cents. */
export function dollarsText(value: number): string {
  return DOLLARS.format(value);
}

/** A count, or a quantity of shares. */
export function countText(value: number): string {
  return COUNT.format(value);
}

/** A fraction in percent. */
export function percentText(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}

/** A metric as a person reads it. */
export function metricText(metric: Metric): string {
  const { value, unit } = metric;
  if (value === null) return '–';
  switch (unit) {
    case 'USD':
      return dollarsText(value);
    case 'count':
      return countText(value);
    case 'sessions':
    case 'bars':
      return `${countText(Math.round(value * 10) / 10)} ${unit}`;
    case 'bp':
      return `${value.toFixed(1)} bp`;
    case 'ratio':
      return value.toFixed(2);
    case 'fraction':
    case 'fraction per year':
    case 'fraction per session':
      return percentText(value);
  }
}
