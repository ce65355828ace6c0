import { inRange } from './in-range.js';
import type { SlippageModel } from './model.js';

/** A fill takes at most this part of its bar's volume, at no cost; the rest waits. Throws `ConfigError` on a fraction out of range. */
export function participation(maxVolumeFraction: number): SlippageModel {
  inRange('participation', maxVolumeFraction, maxVolumeFraction > 0 && maxVolumeFraction <= 1, 'above 0 and at most 1');
  return Object.freeze<SlippageModel>({
    name: `at most ${maxVolumeFraction} of a bar's volume`,
    maxVolumeFraction,
    on: () => () => undefined,
  });
}
