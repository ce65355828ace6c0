/** The schema of `train`. Every message is a remedy. */
import { TIMEFRAMES, type Timeframe, TradekitError } from '@tradekit/core';
import { defaultFeatures, type FeatureDefinition, featureSet } from '@tradekit/indicators';
import { recipeOf, type TrainingPlan, type Width } from '@tradekit/ml';
import { z } from 'zod';
import { byKind, count, either, flag, fraction, map, notNegative, number, positive, text, word } from './blocks.js';
import type { FoldsContent, RetrainContent, TrainContent } from './train-content.js';

const above0 = positive('give a number above 0');
const zeroTo = (most: number): z.ZodNumber =>
  number(`give a number from 0 to ${most}`, (value) => value >= 0 && value <= most);

const width = byKind<Width>({
  fixed: known(map({ kind: z.literal('fixed'), fraction: zeroTo(1) })),
  'slot-volatility': known(
    map({
      kind: z.literal('slot-volatility'),
      multiple: above0,
      sessions: count(1).optional(),
      minSessions: count(1).optional(),
    }),
  ),
});

const labels = byKind<NonNullable<TrainingPlan['labels']>>({
  direction: known(
    map({ kind: z.literal('direction'), horizonBars: count(1).default(13), deadBand: width.optional() }),
  ),
  'triple-barrier': known(
    map({
      kind: z.literal('triple-barrier'),
      horizonBars: count(1).default(13),
      upper: width.optional(),
      lower: width.optional(),
    }),
  ),
});

const parameter = z.union([z.number(), z.string(), z.boolean()], { error: 'give a number, a word, true or false' });
const definition = known(
  map({
    name: text('give the feature a name'),
    indicator: text('name an indicator; `tradekit features list` prints them'),
    parameters: z.record(z.string(), parameter, { error: 'give a map of names and values' }).optional(),
    input: z
      .union([z.string(), z.array(z.string())], { error: 'name a value of the bar or a feature, or a list of two' })
      .optional(),
    timeframe: word<readonly Timeframe[]>(TIMEFRAMES).optional(),
  }),
) as z.ZodType<FeatureDefinition>;

const featureList = z
  .array(definition, { error: 'give default, or a list of features' })
  .min(1, { error: 'list at least one feature, or write default' })
  .superRefine((list, context) => {
    try {
      featureSet(list);
    } catch (error) {
      if (!(error instanceof TradekitError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });
const features = either(
  (value): z.ZodType<readonly FeatureDefinition[]> =>
    typeof value === 'string' ? word(['default']).transform(() => defaultFeatures) : featureList,
);

const growth = byKind({
  'depth-wise': map({ kind: z.literal('depth-wise'), maxDepth: count(1, 30) }),
  'leaf-wise': known(map({ kind: z.literal('leaf-wise'), maxLeaves: count(2), maxDepth: count(1, 30).optional() })),
} as Readonly<Record<string, z.ZodType<NonNullable<BoostingGrowth>>>>);
type Trainer = TrainingPlan['trainer'];
type BoostingGrowth = Extract<Trainer, { kind: 'boosting' }>['growth'];

const classWeights = z
  .array(notNegative, { error: 'give three numbers: for down, flat and up' })
  .length(3, { error: 'give three numbers: for down, flat and up' });

const trainer = byKind<Trainer>({
  boosting: known(
    map({
      kind: z.literal('boosting'),
      rounds: count(1).default(200),
      learningRate: fraction(1).default(0.05),
      growth: growth.prefault({ kind: 'depth-wise', maxDepth: 4 }),
      maxBins: count(2, 255).optional(),
      l2: notNegative.optional(),
      l1: notNegative.optional(),
      minGain: notNegative.optional(),
      minChildWeight: notNegative.default(20),
      rowFraction: fraction(1).optional(),
      columnFraction: fraction(1).optional(),
      classWeights: classWeights.optional(),
      patienceRounds: count(1).optional(),
      seed: count(0).optional(),
    }),
  ),
  logistic: known(
    map({
      kind: z.literal('logistic'),
      l2: above0.optional(),
      classWeights: classWeights.optional(),
      tolerance: above0.optional(),
      maxSteps: count(1).optional(),
    }),
  ),
});

const calibration = byKind<NonNullable<TrainingPlan['calibration']>>({
  none: map({ kind: z.literal('none') }),
  isotonic: map({ kind: z.literal('isotonic'), fraction: fraction(0.5).default(0.15) }),
  platt: map({ kind: z.literal('platt'), fraction: fraction(0.5).default(0.15) }),
});

const folds = byKind<FoldsContent>({
  expanding: map({ kind: z.literal('expanding'), folds: count(1).default(6), minTrainRows: count(1).optional() }),
  rolling: map({ kind: z.literal('rolling'), folds: count(1).default(6), trainRows: count(1).optional() }),
  purged: known(
    map({
      kind: z.literal('purged'),
      folds: count(2).default(6),
      embargoRows: count(0).optional(),
      embargoAfter: word(['spans', 'blocks']).optional(),
    }),
  ),
});

/** `train` of a config. */
export const train: z.ZodType<TrainContent> = map({
  output: text('name the folder of the model').default('./model'),
  labels: labels.prefault({ kind: 'direction' }),
  features: features.prefault('default'),
  weights: word(['equal', 'uniqueness', 'return']).default('uniqueness'),
  missing: word(['drop', 'keep']).default('drop'),
  folds: folds.prefault({ kind: 'expanding' }),
  trainer: trainer.prefault({ kind: 'boosting' }),
  validationFraction: zeroTo(0.5).default(0.15),
  calibration: calibration.prefault({ kind: 'none' }),
  members: count(1, 100).default(1),
  importance: map({ repeats: count(1, 100).default(3), sampleRows: count(100).default(10_000) }).prefault({}),
  controls: flag.default(true),
  costBps: notNegative.default(2),
  workers: count(1).optional(),
}).transform(({ output, folds: cut, importance, controls, costBps, workers, ...plan }, context) => {
  try {
    recipeOf(plan);
  } catch (error) {
    if (!(error instanceof TradekitError)) throw error;
    context.issues.push({ code: 'custom', message: error.message, input: undefined });
  }
  return { output, plan, folds: cut, importance, controls, costBps, workers };
});

/** `retrain` of a strategy. */
export const retrain: z.ZodType<RetrainContent> = map({
  everySessions: count(1).optional(),
  minSessions: count(1).optional(),
  keepSessions: count(1).optional(),
});

/** Keys that were left out are absent, not `undefined`. */
function known<T extends object>(schema: z.ZodType<T>): z.ZodType<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return schema.transform(
    (value) =>
      Object.fromEntries(Object.entries(value).filter(([, own]) => own !== undefined)) as {
        [K in keyof T]: Exclude<T[K], undefined>;
      },
  );
}
