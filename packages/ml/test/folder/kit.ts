/** A market that walks at random, and plans that are trained in a moment. */
import type { BarHistory } from '@tradekit/core';
import { type DatedModel, fit, recipeOf, type TrainingData, type TrainingPlan, trainingData } from '@tradekit/ml';
import { generator } from '../../src/random.js';
import { type HandBar, handHistory } from '../history.js';

/** Sessions of 26 quarter hours; moves of a bar are uniform, up to 0.5 %. */
export function randomWalk(sessions: number, instruments: number, seed = 1): BarHistory {
  const random = generator(seed);
  return handHistory(
    26,
    Array.from({ length: instruments }, () => {
      let price = 100;
      return Array.from({ length: sessions * 26 }, (): HandBar => {
        price *= 1 + 0.01 * (random() - 0.5);
        return price;
      });
    }),
  );
}

export const plan: TrainingPlan = {
  labels: { kind: 'direction', horizonBars: 2, deadBand: { kind: 'fixed', fraction: 0.001 } },
  features: [
    { name: 'last', indicator: 'logReturn' },
    { name: 'four', indicator: 'logReturn', parameters: { bars: 4 } },
  ],
  calibration: { kind: 'platt' },
  trainer: { kind: 'boosting', rounds: 5, growth: { kind: 'depth-wise', maxDepth: 2 } },
};

export const DATA = 'ab'.repeat(32);

export function dataFor(own: TrainingPlan, history: BarHistory): TrainingData {
  return trainingData(recipeOf(own), history, DATA);
}

/** A model of all samples of a history. */
export function trained(own: TrainingPlan = plan, history: BarHistory = randomWalk(30, 2)): DatedModel {
  const data = dataFor(own, history);
  return fit(
    recipeOf(own),
    data,
    Int32Array.from(data.samples.rows, (_, place) => place),
  );
}
