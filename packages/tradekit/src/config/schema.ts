/** The schema of a config file: what may stand in it, with defaults. Every message is a remedy. */
import { MINUTE_MS, requireExitSlice, sessionTimetable, TradekitError } from '@tradekit/core';
import {
  type CleaningStepSetting,
  checkInstruments,
  cleaningSteps,
  type InstrumentRecord,
  zoneClock,
} from '@tradekit/data';
import { z } from 'zod';
import { date, either, flag, fraction, map, notNegative, number, parameters, positive, text, word } from './blocks.js';
import type { ConfigContent, ListedSymbol } from './content.js';
import { account, costs, fills } from './costs-schema.js';
import { risk } from './risk-schema.js';
import { unknownAddress } from './store-place.js';
import { retrain, train } from './train-schema.js';

/** What a symbol may be: it is part of the name of a file, and of rows of CSV. */
export function isSymbol(symbol: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(symbol);
}

const symbolText = text('write the symbol as text, in quotes if it looks like a number or a truth value').refine(
  isSymbol,
  { error: 'a symbol has letters, digits, "." and "-" only' },
);

const instrument = either((value) =>
  typeof value === 'object' && value !== null
    ? map({ symbol: symbolText, sector: text('name the GICS sector').optional() })
    : symbolText.transform((symbol): { symbol: string; sector?: string | undefined } => ({ symbol })),
);

const symbolList = z
  .array(instrument, { error: 'give a list of symbols' })
  .min(1, { error: 'list at least one symbol' })
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [place, { symbol }] of list.entries()) {
      if (seen.has(symbol))
        context.addIssue({ code: 'custom', path: [place], message: `"${symbol}" is listed twice; list it once` });
      seen.add(symbol);
    }
  });

const synthetic = map({
  seed: number('give a whole number from 0', (value) => Number.isSafeInteger(value) && value >= 0).optional(),
  first: date().optional(),
  last: date().optional(),
});

const day = date();
const above0 = positive('give a number above 0');
const instruments = z
  .array(
    map({
      id: symbolText,
      symbol: symbolText.optional(),
      sector: text('name the GICS sector').optional(),
      tickSize: above0.optional(),
      lot: above0.optional(),
      from: day.optional(),
      to: day.optional(),
      renames: z.array(map({ date: day, from: symbolText }), { error: 'give a list of renames' }).optional(),
      splits: z.array(map({ date: day, ratio: above0 }), { error: 'give a list of splits' }).optional(),
      dividends: z.array(map({ date: day, perShare: above0 }), { error: 'give a list of dividends' }).optional(),
      spinOffs: z
        .array(map({ date: day, perShare: above0, adjusted: flag.optional() }), { error: 'give a list of spin-offs' })
        .optional(),
      delisted: map({ date: day, perShare: notNegative.optional() }).optional(),
    }),
    { error: 'give a list of instruments' },
  )
  .superRefine((records, context) => {
    for (const [place] of records.entries()) {
      try {
        checkInstruments(records.slice(0, place + 1));
      } catch (error) {
        if (!(error instanceof TradekitError)) throw error;
        context.addIssue({ code: 'custom', path: [place], message: error.message });
        return;
      }
    }
  });

const cleaning = z
  .array(z.custom<CleaningStepSetting>(), { error: 'give strict, standard, or a list of steps' })
  .superRefine((steps, context) => {
    try {
      cleaningSteps(steps);
    } catch (error) {
      if (!(error instanceof TradekitError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

const ZONES = 'use UTC, America/New_York, UTC-5, or another name of the IANA database such as Europe/Berlin';

function isZone(zone: string): boolean {
  try {
    return zoneClock(zone).zone === zone;
  } catch (error) {
    if (error instanceof TradekitError) return false;
    throw error;
  }
}

const data = map({
  folder: text('name the folder with the files SYMBOL_15min.csv').optional(),
  store: text('name a folder that `tradekit data import` has made, a file NAME.duckdb, or postgres').optional(),
  feed: word(['sip', 'iex', 'unknown']).optional(),
  adjusted: word(['raw', 'split', 'total-return']).optional(),
  clean: either(
    (value): z.ZodType<'strict' | 'standard' | z.output<typeof cleaning>> =>
      Array.isArray(value) ? cleaning : word(['strict', 'standard']),
  ).optional(),
  instruments: either(
    (value): z.ZodType<z.output<typeof instruments> | string> =>
      typeof value === 'string' ? text('give the path of an instruments file, or a list') : instruments,
  ).optional(),
  zone: z.string({ error: ZONES }).refine(isZone, { error: ZONES }).optional(),
  stamps: word(['bar-start', 'bar-end']).optional(),
  barMinutes: number('give whole minutes above 0', (value) => Number.isInteger(value) && value > 0).optional(),
  synthetic: synthetic.optional(),
}).superRefine(({ folder, store, synthetic: made, feed, adjusted, clean, zone, stamps, barMinutes }, context) => {
  const issue = (message: string): void => context.addIssue({ code: 'custom', message });
  if ((folder === undefined) === (store === undefined)) issue('name either a folder of bar files or a store');
  if (made !== undefined && folder === undefined) issue('name the folder in which the synthetic market is to be made');
  if (store === undefined) return;
  const unknown = unknownAddress(store);
  if (unknown !== undefined) issue(unknown);
  const said = Object.entries({ feed, adjusted, clean, zone, stamps, barMinutes }).filter(
    ([, value]) => value !== undefined,
  );
  if (said.length > 0) issue(`a store knows what its bars are; leave out ${said.map(([key]) => key).join(', ')}`);
});

const period = map({ start: date().optional(), end: date().optional() }).superRefine(({ start, end }, context) => {
  if (start !== undefined && end !== undefined && start > end) {
    context.addIssue({ code: 'custom', path: ['start'], message: 'the start is after the end; exchange them' });
  }
});

const strategy = map({
  use: text('name the file or the package of the strategy, for example ./strategy.ts'),
  name: text('give the strategy a name')
    .regex(/^[A-Za-z0-9.-]+$/, { error: 'use letters, digits, "." and "-": it is part of order ids' })
    .optional(),
  weight: fraction(1).optional(),
  model: text('name the folder of a model that `tradekit train` has made').optional(),
  retrain: retrain.optional(),
  feeds: z.array(word(['sip', 'iex', 'unknown']), { error: 'give a list of feeds, for example [iex]' }).optional(),
  parameters: parameters.default({}),
}).superRefine(({ model, retrain: again }, context) => {
  if (model === undefined || again === undefined) return;
  const message = 'a strategy has either a model that is there or trains its own; leave out one of them';
  context.addIssue({ code: 'custom', path: ['retrain'], message });
});

const strategies = z
  .array(strategy, { error: 'give a list, for example - use: ./strategy.ts' })
  .min(1, { error: 'list at least one strategy' })
  .superRefine((list, context) => {
    if (list.length > 1) {
      for (const [place, { weight }] of list.entries()) {
        const message = 'with several strategies each needs a weight, its share of the equity';
        if (weight === undefined) context.addIssue({ code: 'custom', path: [place, 'weight'], message });
      }
    }
    const total = list.reduce((sum, { weight = 0 }) => sum + weight, 0);
    if (total > 1 + 1e-9) {
      const message = `the weights add up to ${Number(total.toFixed(6))}; they share one account, so at most 1`;
      context.addIssue({ code: 'custom', path: [], message });
    }
  });

const minutes = number('give whole minutes, 0 or more', (value) => Number.isInteger(value) && value >= 0);
const sessionTimes = map(
  {
    firstDecisionMinutes: minutes.default(30),
    lastEntryMinutes: minutes.default(30),
    exitMinutes: minutes.default(15),
    overnightEntries: word(['none', 'next-open']).default('none'),
  },
  'a map of times, or every-slice',
).superRefine((times, context) => {
  try {
    sessionTimetable(times);
  } catch (error) {
    if (!(error instanceof TradekitError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});
const timetable = either(
  (value): z.ZodType<z.output<typeof sessionTimes> | 'every-slice'> =>
    typeof value === 'string' ? word(['every-slice']) : sessionTimes,
);

const engine = map({
  accountTag: text('give a short tag')
    .regex(/^[A-Za-z0-9.-]+$/, { error: 'use letters, digits, "." and "-"' })
    .default('tk'),
  retryRefused: word(['never', 'next-session', 'every-slice']).default('next-session'),
  resizeThreshold: notNegative.default(0.25),
  minTradeNotional: notNegative.default(0),
  collarBps: notNegative.default(100),
  entryOrders: word(['market', 'marketable-limit', 'market-on-close']).default('market'),
  maxDecisionAgeMs: notNegative.optional(),
  nakedEntryMs: notNegative.optional(),
  accountTolerance: notNegative.default(0.01),
});

const speed = either((value): z.ZodType<number | 'max'> => {
  const remedy = 'give max, or how many times real time';
  return typeof value === 'string' ? z.literal('max', { error: remedy }) : positive(remedy);
});

const config = map({
  name: text('give the run a name')
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: 'use letters, digits, ".", "_" and "-": it names the run folder' })
    .optional(),
  mode: word(['backtest', 'paper', 'live']).default('backtest'),
  data,
  symbols: either(
    (value): z.ZodType<z.output<typeof symbolList> | string> =>
      typeof value === 'string' ? text('give a list of symbols, the path of a symbols file, or all') : symbolList,
  ),
  period: period.prefault({}),
  cash: positive('give the dollars to start with, above 0'),
  lot: number(
    'give the smallest step of a quantity in shares: 1, or for example 0.001 for fractions',
    (value) => value > 0 && value <= 100,
  ).default(1),
  strategies,
  train: train.optional(),
  risk: risk.prefault({}),
  costs: costs.prefault({}),
  fills: fills.prefault({}),
  account: account.optional(),
  benchmark: text('name a symbol, universe, or none').default('universe'),
  timetable: timetable.prefault({}),
  engine: engine.prefault({}),
  cashRate: number('give a fraction a year: 3 % is 0.03', (value) => value > -1 && value < 1).default(0),
  paper: map({ speed: speed.default('max') }).prefault({}),
  output: text('name the folder for run folders').default('./runs'),
}).superRefine(
  (
    {
      data: { store, barMinutes = 15 },
      timetable: times,
      risk: limits,
      engine: { collarBps },
      strategies: list,
      train: made,
    },
    context,
  ) => {
    for (const [place, { retrain: again }] of list.entries()) {
      if (again === undefined || made !== undefined) continue;
      const message = 'it trains what "train" describes; give the config a train part';
      context.addIssue({ code: 'custom', path: ['strategies', place, 'retrain'], message });
    }
    const collarFraction = collarBps * 1e-4;
    if ('priceCollarFraction' in limits && (limits.priceCollarFraction ?? 1) < collarFraction) {
      const message = `an order without a limit is reckoned ${collarFraction} from the mark (engine.collarBps), so none would pass; give at least that`;
      context.addIssue({ code: 'custom', path: ['risk', 'priceCollarFraction'], message });
    }
    // The length of a store's bars is known when it is read.
    if (times === 'every-slice' || store !== undefined) return;
    try {
      requireExitSlice(sessionTimetable(times), barMinutes * MINUTE_MS);
    } catch (error) {
      if (!(error instanceof TradekitError)) throw error;
      context.addIssue({ code: 'custom', path: ['timetable', 'exitMinutes'], message: error.message });
    }
  },
);

/** A fault of a value: where it is, and what to do. The message of an issue about unknown keys has a remedy for each. */
export type Issue = z.core.$ZodIssue;

/** What a check came to. */
export type Checked<T> = { readonly value: T } | { readonly issues: readonly Issue[] };

/** Checks the content of a config file and fills in defaults. */
export function checkConfig(value: unknown): Checked<ConfigContent> {
  return checked(config, value);
}

/** Checks the content of an instruments file. */
export function checkInstrumentsFile(value: unknown): Checked<readonly InstrumentRecord[]> {
  return checked(instruments, value);
}

/** Checks the content of a symbols file. */
export function checkSymbols(value: unknown): Checked<readonly ListedSymbol[]> {
  return checked(symbolList, value);
}

function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const { success, data: content, error } = schema.safeParse(value);
  return success ? { value: content } : { issues: error.issues };
}
