/** From probabilities to a direction. */
import type { Direction } from '@tradekit/core';
import { DOWN, FLAT, UP } from '../labels/labels.js';
import type { MlRules } from './parameters.js';

/** What a model says of an instrument. */
export interface Outlook {
  /** Share of up in the probabilities of up and down. */
  readonly share: number;
  /** Σ probability × mean return of the class, as a fraction before costs, of a position that is long. */
  readonly expected: number;
}

/** The outlook of a row of probabilities that begins at `at`; `classReturns` are those of the training. */
export function outlookOf(said: Float64Array, at: number, classReturns: readonly number[]): Outlook {
  const [down, flat, up] = [said[at + DOWN]!, said[at + FLAT]!, said[at + UP]!];
  const expected = down * classReturns[DOWN]! + flat * classReturns[FLAT]! + up * classReturns[UP]!;
  return { share: up + down > 0 ? up / (up + down) : 0.5, expected };
}

/**
 * The direction for an outlook beside what is held: in from `enterShare` on, if more than the costs of a round trip is expected, out below `exitShare`, and between the
 * two as it was. The costs of what is held are spent, so they do not count again.
 */
export function wantedDirection({ share, expected }: Outlook, held: Direction, rules: MlRules): Direction {
  const { enterShare, exitShare, costBps, minNetBps, shorts } = rules;
  const least = (2 * costBps + minNetBps) * 1e-4;
  if (share >= enterShare && expected > least) return 1;
  if (shorts && 1 - share >= enterShare && -expected > least) return -1;
  if (held === 1 && share >= exitShare) return 1;
  if (held === -1 && 1 - share >= exitShare) return -1;
  return 0;
}

/** Prices and probability of a bet that is worth what is expected. */
export interface Bet {
  readonly stopPrice: number;
  readonly targetPrice: number;
  readonly probability: number;
}

/**
 * A bet between the mean moves of down and up: won with the probability at which p × gain − (1 − p) × loss is the expected return. `undefined` where training had no falls
 * or no rises.
 */
export function betOf(
  { expected }: Outlook,
  direction: 1 | -1,
  price: number,
  classReturns: readonly number[],
): Bet | undefined {
  const [fall, rise] = [classReturns[DOWN]!, classReturns[UP]!];
  if (!(fall < 0 && rise > 0 && fall > -1)) return undefined;
  const [loss, gain] = direction === 1 ? [-fall, rise] : [rise, -fall];
  const probability = Math.min(1, Math.max(0, (direction * expected + loss) / (gain + loss)));
  const [stop, target] = direction === 1 ? [fall, rise] : [rise, fall];
  return { stopPrice: price * (1 + stop), targetPrice: price * (1 + target), probability };
}
