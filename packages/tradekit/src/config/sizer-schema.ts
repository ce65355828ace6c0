/** The schema of `risk.sizer`. Every message is a remedy. */
import { type Timeframe, TradekitError } from '@tradekit/core';
import { featureSet } from '@tradekit/indicators';
import { z } from 'zod';
import { byKind, count, fraction, map, notNegative, positive, text } from './blocks.js';
import type { EdgeContent, MeasureContent, SizerContent } from './sizer-content.js';

/** Sessions whose returns a risk manager knows. */
const MOST_SESSIONS = 120;
/** Multiples of the equity that a margin account may come to within a day. */
const MOST_GROSS = 4;

const measure = byKind<MeasureContent>({
  realised: map({ kind: z.literal('realised'), sessions: count(2, MOST_SESSIONS).optional() }),
  'average-true-range': map({ kind: z.literal('average-true-range'), period: count(1).optional() }),
});

const parameter = z.union([z.number(), z.string(), z.boolean()], { error: 'give a number, a word, true or false' });
const feature = map({
  indicator: text('name an indicator; `tradekit features list` prints them'),
  parameters: z.record(z.string(), parameter, { error: 'give a map of names and values' }).optional(),
  input: z.string({ error: 'name a value of the bar, for example close' }).optional(),
  timeframe: z.custom<Timeframe>().optional(),
})
  .transform(({ indicator, parameters, input, timeframe }) => ({
    indicator,
    ...(parameters === undefined ? {} : { parameters }),
    ...(input === undefined ? {} : { input }),
    ...(timeframe === undefined ? {} : { timeframe }),
  }))
  .superRefine((definition, context) => {
    try {
      featureSet([{ ...definition, name: 'forecast' }]);
    } catch (error) {
      if (!(error instanceof TradekitError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

const edge = byKind<EdgeContent>({
  signal: map({ kind: z.literal('signal') }),
  trades: map({
    kind: z.literal('trades'),
    minTrades: count(2).optional(),
    shrinkageTrades: notNegative.optional(),
  }),
  forecast: map({ kind: z.literal('forecast'), feature }),
});

/** Some sizers are made of others. */
const inner: z.ZodType<SizerContent> = z.lazy(() => sizer);

/** How wishes are sized. */
export const sizer: z.ZodType<SizerContent> = byKind<SizerContent>({
  'fixed-fraction': map({ kind: z.literal('fixed-fraction'), targetFraction: fraction(1) }),
  'fixed-quantity': map({ kind: z.literal('fixed-quantity'), shares: positive('give a number of shares above 0') }),
  'fixed-risk': map({ kind: z.literal('fixed-risk'), riskFraction: fraction(1) }),
  'volatility-target': map({
    kind: z.literal('volatility-target'),
    annualFraction: fraction(1),
    measure: measure.optional(),
  }),
  kelly: map({
    kind: z.literal('kelly'),
    edge,
    horizonSessions: count(1),
    costBps: notNegative.optional(),
    fraction: fraction(1).optional(),
  }),
  'equal-risk': map({ kind: z.literal('equal-risk'), grossFraction: fraction(MOST_GROSS) }),
  'book-volatility': map({ kind: z.literal('book-volatility'), annualFraction: fraction(1), of: inner }),
  capped: map({ kind: z.literal('capped'), capFraction: fraction(1), of: inner }),
  scaled: map({ kind: z.literal('scaled'), factor: positive('give a factor above 0'), of: inner }),
  smallest: map({
    kind: z.literal('smallest'),
    of: z.array(inner, { error: 'give a list of sizers' }).min(1, { error: 'list at least one sizer' }),
  }),
});
