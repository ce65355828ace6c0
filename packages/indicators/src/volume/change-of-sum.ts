import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { change } from '../combine/change.js';

/** Change of a sum over all bars: where the sum began falls out of it. */
export function changeOfSum(name: string, sum: Indicator, bars: number): Indicator {
  requirePeriod(name, bars, 1, 'length');
  // The step into the oldest value does not count, so two bars more than the change itself spans are surely enough.
  return { ...change(sum, bars), convergenceBars: () => bars + 2 };
}
