import { inRange } from './in-range.js';
import type { SlippageModel } from './model.js';

/** Options of {@link volumeShare}. */
export interface VolumeShareOptions {
  /** Largest part of a bar's volume that may be had, default 0.025. The rest waits for the next bar. */
  readonly limitFraction?: number;
  /** Price impact of the whole bar's volume, as a fraction: default 0.1. */
  readonly impact?: number;
}

/**
 * Worse by `impact × share²`, where `share` is the part of the bar's volume that this venue has taken, and never more than
 * `limitFraction` of it: the volume-share model of Zipline. Throws `ConfigError` on fractions out of range.
 */
export function volumeShare({ limitFraction = 0.025, impact = 0.1 }: VolumeShareOptions = {}): SlippageModel {
  inRange('limitFraction', limitFraction, limitFraction > 0 && limitFraction <= 1, 'above 0 and at most 1');
  inRange('impact', impact, impact >= 0 && impact < 1, 'at least 0 and below 1');
  return Object.freeze<SlippageModel>({
    name: `volume share, limit ${limitFraction}, impact ${impact}`,
    maxVolumeFraction: limitFraction,
    on:
      () =>
      ({ price, quantity, barVolume, barTaken }, cost) => {
        const share = (barTaken + quantity) / barVolume;
        cost.impact += price * impact * share * share;
      },
  });
}
