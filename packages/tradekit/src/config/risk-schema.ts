/** The schema of `risk`: each key is one rule of the shipped risk manager. Every message is a remedy. */
import { parseIsoDate } from '@tradekit/core';
import { z } from 'zod';
import { count, either, fraction, map, notNegative, number, parameters, positive, text, word } from './blocks.js';
import type { OwnRisk } from './content.js';
import type { RiskLimits } from './risk-content.js';
import { sizer } from './sizer-schema.js';

/** Multiples of the equity that a margin account may come to within a day. */
const MOST_LEVERAGE = 4;
/** Value of a new position where a config says neither a target nor a sizer. */
const TARGET_FRACTION = 0.04;

const above0 = positive('give a number above 0');
const symbols = z.array(text('write the symbol as text'), { error: 'give a list of symbols; an empty one is none' });

const margin = map({ longMarginFraction: fraction(1).optional(), shortMarginFraction: fraction(1).optional() });
const buyingPower = either(
  (value): z.ZodType<z.output<typeof margin> | 'cash'> => (typeof value === 'string' ? word(['cash']) : margin),
);

const DATE = 'write a date as YYYY-MM-DD';
const dateText = z.string({ error: DATE }).refine((value) => parseIsoDate(value) !== undefined, { error: DATE });
const blackOut = map({
  symbol: text('write the symbol as text, or leave it out for every one').optional(),
  first: dateText,
  last: dateText,
  why: text('say why, for example earnings'),
}).superRefine(({ first, last }, context) => {
  // Dates of four, two and two digits stand in the order of their texts.
  if (first > last)
    context.addIssue({ code: 'custom', path: ['first'], message: 'it begins after it ends; exchange them' });
});

/** What a key can only be given beside. */
const BESIDE: readonly (readonly [key: keyof RiskLimits, needed: readonly (keyof RiskLimits)[]])[] = [
  ['clusterCorrelation', ['maxClusterFraction']],
  ['onHalt', ['maxDailyLossFraction', 'maxDrawdownFraction']],
  ['releaseAfterSessions', ['maxDrawdownFraction']],
];

const limits = map({
  targetFraction: fraction(1).optional(),
  sizer: sizer.optional(),
  competition: word(['pro-rata', 'by-strength']).optional(),
  trimFactor: number('give a number of at least 1, for example 1.2', (value) => value >= 1).optional(),
  maxPositionFraction: fraction(1).default(0.05),
  maxSectorFraction: fraction(1).optional(),
  maxGrossFraction: fraction(MOST_LEVERAGE).default(1),
  maxNetFraction: fraction(MOST_LEVERAGE).optional(),
  maxLeverage: number(
    `give a multiple of the equity above 0 and at most ${MOST_LEVERAGE}: 2 is twice the equity`,
    (value) => value > 0 && value <= MOST_LEVERAGE,
  ).optional(),
  buyingPower: buyingPower.optional(),
  maxPositions: count(1).optional(),
  maxCorrelation: fraction(MOST_LEVERAGE).optional(),
  maxClusterFraction: fraction(MOST_LEVERAGE).optional(),
  clusterCorrelation: number('give a correlation above 0 and below 1', (value) => value > 0 && value < 1).optional(),
  maxVolumeShare: fraction(1).optional(),
  maxOrderQuantity: above0.optional(),
  maxOrderNotional: above0.optional(),
  maxTradeLossFraction: fraction(1).optional(),
  priceCollarFraction: fraction(1).optional(),
  maxDataAgeMinutes: above0.optional(),
  maxOrdersPerMinute: count(1).optional(),
  maxTradesPerDay: count(1).optional(),
  repeatedOrderSeconds: above0.optional(),
  washTrades: word(['refuse', 'allow']).optional(),
  shortSymbols: symbols.optional(),
  tradingHours: map({
    afterOpenMinutes: notNegative.optional(),
    beforeCloseMinutes: notNegative.optional(),
  }).optional(),
  blackOuts: z.array(blackOut, { error: 'give a list of { symbol, first, last, why }' }).optional(),
  coolDownMinutes: above0.optional(),
  maxDailyLossFraction: fraction(1).optional(),
  maxDrawdownFraction: fraction(1).optional(),
  onHalt: word(['flatten', 'keep-legs']).optional(),
  releaseAfterSessions: count(1).optional(),
})
  .superRefine((given, context) => {
    if (given.targetFraction !== undefined && given.sizer !== undefined) {
      const message = 'the sizer says how much; leave out targetFraction';
      context.addIssue({ code: 'custom', path: ['targetFraction'], message });
    }
    for (const [key, needed] of BESIDE) {
      if (given[key] === undefined || needed.some((other) => given[other] !== undefined)) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `it says nothing without ${needed.join(' or ')}; give that too`,
      });
    }
  })
  .transform(
    (given): RiskLimits =>
      given.sizer === undefined ? { ...given, targetFraction: given.targetFraction ?? TARGET_FRACTION } : given,
  );

const own = map({ use: text('name the file of the risk manager'), parameters: parameters.default({}) });

/** The sizer and the rules of the shipped risk manager, or a file of the user's own. */
export const risk: z.ZodType<RiskLimits | OwnRisk> = either(
  (value): z.ZodType<RiskLimits | OwnRisk> =>
    typeof value === 'object' && value !== null && 'use' in value ? own : limits,
);
