/** Effects that can be planted into a market: something that a strategy can find, and a known size of it. */
import { ConfigError } from '@tradekit/core';
import { RandomStream } from './random.js';

/** What is planted, and how much of it. */
export interface SyntheticEffect {
  /**
   * `trend`: each instrument drifts up or down for fifteen sessions on average, then turns or goes on, by chance. `reversal`: each
   * bar drifts back towards the mean of the session's closes before it. Both in regular hours only.
   */
  readonly kind: 'trend' | 'reversal';
  /** How far a bar drifts, in hundredths of a percent: above 0, at most 50. The mean over time is 0. */
  readonly bpsPerBar: number;
}

/** Bars between two draws of a direction, on average. */
const TREND_BARS = 390;
const LARGEST_BPS = 50;

/** Throws `ConfigError` on an effect that cannot be meant. */
export function checkEffect({ kind, bpsPerBar }: SyntheticEffect): void {
  if (kind !== 'trend' && kind !== 'reversal') {
    throw new ConfigError('SYNTHETIC_EFFECT', `there is no effect "${kind}"; use trend or reversal`, { kind });
  }
  if (!(bpsPerBar > 0 && bpsPerBar <= LARGEST_BPS)) {
    const message = `an effect of ${bpsPerBar} bp a bar; give a number above 0 and at most ${LARGEST_BPS}`;
    throw new ConfigError('SYNTHETIC_EFFECT', message, { bpsPerBar });
  }
}

/** The drift of each bar of one instrument. */
export interface EffectPath {
  /** Called before each bar; `opening` for a session's first, with the price that it begins at. */
  drift(price: number, opening: boolean): number;
}

/** No effect: what prices do by themselves. */
const noEffect: EffectPath = Object.freeze({ drift: () => 0 });

/** The path of an effect; its chance is its own, so that all other chance of the market stays as it is. */
export function effectPath(effect: SyntheticEffect | undefined, seed: number, id: string): EffectPath {
  if (effect === undefined) return noEffect;
  const size = effect.bpsPerBar * 1e-4;
  return effect.kind === 'trend' ? trend(size, new RandomStream(seed, 'instrument', id, 'effect')) : reversal(size);
}

function trend(size: number, random: RandomStream): EffectPath {
  let drift = random.uniform() < 0.5 ? size : -size;
  return {
    drift() {
      if (random.uniform() < 1 / TREND_BARS) drift = random.uniform() < 0.5 ? size : -size;
      return drift;
    },
  };
}

function reversal(size: number): EffectPath {
  let sum = 0;
  let bars = 0;
  return {
    drift(price, opening) {
      if (opening) {
        sum = price;
        bars = 1;
        return 0;
      }
      const mean = sum / bars;
      sum += price;
      bars += 1;
      return price > mean ? -size : price < mean ? size : 0;
    },
  };
}
