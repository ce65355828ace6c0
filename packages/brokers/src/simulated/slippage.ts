import { ConfigError } from '@tradekit/core';

/** What a fill is taken at: how many shares, and at what price. */
export interface Traded {
  /** Shares, at most what was wanted. */
  readonly quantity: number;
  readonly price: number;
}

/** How far a fill is from the price that traded, and how much of a bar may be had. */
export interface SlippageModel {
  readonly name: string;
  /**
   * `sign` is +1 for a buy; `price` is what traded; `barVolume` the shares of the whole bar and `barTaken` how many of them
   * this venue has filled already. A limit is kept by the venue, not here.
   */
  trade(sign: 1 | -1, price: number, wanted: number, barVolume: number, barTaken: number): Traded;
}

/** Fills at the price that traded, in any size: the null object. */
export const noSlippage: SlippageModel = Object.freeze<SlippageModel>({
  name: 'none',
  trade: (_sign, price, wanted) => ({ quantity: wanted, price }),
});

/** Always worse by so many hundredths of a percent. Throws `ConfigError` on a negative number. */
export function slippageBps(bps: number): SlippageModel {
  if (!(bps >= 0 && bps < 10_000)) throw outOfRange('bps', bps, 'at least 0 and below 10000');
  if (bps === 0) return noSlippage;
  const fraction = bps * 1e-4;
  return Object.freeze<SlippageModel>({
    name: `${bps} bp`,
    trade: (sign, price, wanted) => ({ quantity: wanted, price: price + sign * price * fraction }),
  });
}

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
  if (!(limitFraction > 0 && limitFraction <= 1))
    throw outOfRange('limitFraction', limitFraction, 'above 0 and at most 1');
  if (!(impact >= 0 && impact < 1)) throw outOfRange('impact', impact, 'at least 0 and below 1');
  return Object.freeze<SlippageModel>({
    name: `volume share, limit ${limitFraction}, impact ${impact}`,
    trade(sign, price, wanted, barVolume, barTaken) {
      if (!(barVolume > 0)) return { quantity: 0, price }; // nobody traded: nothing is to be had
      const quantity = Math.min(wanted, Math.max(0, barVolume * limitFraction - barTaken));
      const share = (barTaken + quantity) / barVolume;
      return { quantity, price: price * (1 + sign * impact * share * share) };
    },
  });
}

function outOfRange(name: string, value: number, range: string): ConfigError {
  return new ConfigError('SLIPPAGE_OUT_OF_RANGE', `slippage ${name} is ${value}; give a number ${range}`, {
    name,
    value,
  });
}
