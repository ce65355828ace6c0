/** Models that are trained again and again while the bars come. */
import type { BarFeed, MarketView, StrategySetup } from '@tradekit/core';
import { requireCount } from '../error.js';
import { type DatedModel, modelAt } from '../folder/dated-model.js';
import { dataOf, fit } from '../folder/fit.js';
import { recipeOf, type TrainingPlan } from '../folder/plan.js';
import type { ModelSource } from '../strategy/model-source.js';
import { refuse } from '../strategy/parameters.js';
import { Tape } from './tape.js';

/** When is trained, and on what. */
export interface RetrainOptions {
  readonly plan: TrainingPlan;
  /** Sessions from one training to the next. Default 63, a quarter. */
  readonly everySessions?: number;
  /** Sessions before the first. Default 126. */
  readonly minSessions?: number;
  /** The last so many are trained on. Default: all. */
  readonly keepSessions?: number;
}

/** Models that come of what a strategy is shown, and all of them so far. */
export interface RetrainedModels extends ModelSource {
  /** The oldest first. */
  models(): readonly DatedModel[];
}

/**
 * Trains in the first decision of a session, on the sessions before it. What is trained on was written down by a kernel as the bars came, so that nothing later than the slice can be in it,
 * whatever the plan; and a model is used only after everything it looked at had ended. Throws `MlError` on options out of range; while running, what training throws.
 */
export function retrainedModels(setup: StrategySetup, feed: BarFeed, options: RetrainOptions): RetrainedModels {
  const { plan, everySessions = 63, minSessions = 126, keepSessions = Number.MAX_SAFE_INTEGER } = options;
  for (const [name, value] of Object.entries({ everySessions, minSessions, keepSessions })) {
    requireCount('retrain', name, value);
  }
  const recipe = recipeOf(plan);
  const tape = new Tape(
    setup.instruments.map((instrument) => setup.id(instrument)),
    recipe.features,
  );
  const timing = [everySessions, minSessions, keepSessions].join(' ');
  setup.feature(tape.spec(`tape(${timing} ${recipe.features.text} ${recipe.text})`));
  const models: DatedModel[] = [];
  let session = Number.NaN;
  let due = minSessions + 1;
  const train = (): void => {
    const { history, columns, data } = tape.part(Math.max(0, tape.sessions - 1 - keepSessions), tape.sessions - 1);
    const all = dataOf(recipe, columns, recipe.labels(history), { ends: history.ends, data, feed });
    const places = Int32Array.from(all.samples.rows, (_, place) => place);
    models.push(
      fit(
        recipe,
        all,
        places.filter((place) => !Number.isNaN(all.ends[all.samples.rows[place]!]!)),
      ),
    );
  };
  return {
    definitions: plan.features,
    models: () => models,
    at(market: MarketView) {
      if (tape.rows === 0)
        refuse('retrain', 'is there twice, retrained in the same way; change one of them, or take it out');
      tape.tell(market.time);
      if (market.session !== session) {
        session = market.session;
        if (tape.sessions >= due) {
          train();
          due = tape.sessions + everySessions;
        }
      }
      return modelAt(models, market.time);
    },
  };
}
