/** The schema of `costs`, `fills` and `account`. Every message is a remedy. */
import { brokerCharges } from '@tradekit/brokers/simulated';
import { type Commission, freeOfCharge } from '@tradekit/core';
import { z } from 'zod';
import { count, flag, fraction, map, notNegative, number, text, word } from './blocks.js';
import type { AccountContent, CostsContent, FillsContent, SlippageContent } from './costs-content.js';

const bps = number('give basis points, at least 0 and below 10000', (value) => value >= 0 && value < 10_000);
const yearly = number('give a fraction a year: 5 % is 0.05', (value) => value >= 0 && value < 1);
const leverage = number('give a number from 1 to 10', (value) => value >= 1 && value <= 10);

const slippage = map({
  bps: bps.optional(),
  halfSpread: map({ bps: bps.optional() }).optional(),
  volumeShare: map({ limitFraction: fraction(1).optional(), impact: notNegative.optional() }).optional(),
  squareRootImpact: map({ coefficient: notNegative.optional(), sessions: count(2).optional() }).optional(),
  driftBps: bps.optional(),
});

const brokers = Object.keys(brokerCharges) as readonly (keyof typeof brokerCharges)[];

/** What a fill costs. A broker's name stands for its price list. */
export const costs: z.ZodType<CostsContent> = map({
  broker: word(brokers).optional(),
  commission: map({
    perShare: notNegative.default(0),
    perOrder: notNegative.default(0),
    bps: notNegative.default(0),
    minPerOrder: notNegative.optional(),
    maxFraction: fraction(1).optional(),
    passedOnPerShare: notNegative.optional(),
  }).optional(),
  fees: word(['none', 'us']).optional(),
  slippage: slippage.default({}),
  participation: fraction(1).optional(),
})
  .superRefine(({ broker, commission, fees }, context) => {
    if (broker === undefined || (commission === undefined && fees === undefined)) return;
    const message = 'a broker has its own commission and fees; give either broker, or commission and fees';
    context.addIssue({ code: 'custom', path: ['broker'], message });
  })
  .transform(({ broker, commission, fees, slippage: slips, participation }): CostsContent => {
    const charges = broker === undefined ? undefined : brokerCharges[broker];
    return {
      commission: charges?.commission ?? (known(commission ?? freeOfCharge) as Commission),
      fees: charges === undefined ? (fees ?? 'none') : 'us',
      slippage: known(slips) as SlippageContent,
      ...(participation === undefined ? {} : { participation }),
    };
  });

/** Without the keys that are not there, at every depth. */
function known(value: object): object {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, typeof inner === 'object' && inner !== null ? known(inner as object) : inner]),
  );
}

/** What is assumed inside a bar. */
export const fills: z.ZodType<FillsContent> = map({
  path: word(['worst-case', 'open-high-low-close', 'finer-bars']).default('worst-case'),
  folder: text('name the folder with the finer bars').optional(),
  barMinutes: count(1).optional(),
  delayMinutes: count(0).optional(),
}).superRefine(({ path, folder, barMinutes, delayMinutes }, context) => {
  if (path === 'finer-bars' && folder === undefined) {
    context.addIssue({ code: 'custom', path: ['folder'], message: 'name the folder with the finer bars' });
  }
  for (const [key, value] of Object.entries({ folder, barMinutes, delayMinutes })) {
    if (path === 'finer-bars' || value === undefined) continue;
    context.addIssue({ code: 'custom', path: [key], message: 'it needs path: finer-bars' });
  }
});

/** Terms of the account. */
export const account: z.ZodType<AccountContent> = map({
  type: word(['cash', 'margin']),
  intradayLeverage: leverage.optional(),
  overnightLeverage: leverage.optional(),
  creditRate: yearly.optional(),
  debitRate: yearly.optional(),
  borrow: map({
    feeFraction: number('give a fraction a year: 0.3 % is 0.003', (value) => value >= 0 && value < 10),
    not: z.array(text('name a symbol'), { error: 'give a list of symbols' }).default([]),
  }).optional(),
  shortSaleRestriction: flag.optional(),
  dayTradeRule: map({ until: text('write a date as YYYY-MM-DD').optional() }).optional(),
}).superRefine(({ type, borrow, debitRate }, context) => {
  if (type !== 'cash') return;
  for (const [key, value] of Object.entries({ borrow, debitRate })) {
    if (value === undefined) continue;
    context.addIssue({ code: 'custom', path: [key], message: 'a cash account borrows nothing; choose margin' });
  }
});
