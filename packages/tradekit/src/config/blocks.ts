/** Building blocks of the schema. The message of a check is its remedy only; place and value are put before it in `faults.ts`. */
import { nearest, parseIsoDate, type SessionDay } from '@tradekit/core';
import { z } from 'zod';

/** Stands between the remedies of one issue about several unknown keys. */
export const REMEDY_SEPARATOR = '\n';

/** A map whose unknown keys are faults, with the nearest known key as the remedy. */
export function map<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  what = 'a map of settings',
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => didYouMean(key, known)).join(REMEDY_SEPARATOR)
        : `give ${what}`,
  });
}

function didYouMean(key: string, known: readonly string[]): string {
  // A name without its unit is the most common slip: `maxDailyLoss` for `maxDailyLossFraction`.
  const near = nearest(key, known) ?? known.find((name) => key.length > 3 && name.startsWith(key));
  return near === undefined ? `known here are ${known.join(', ')}` : `did you mean "${near}"?`;
}

/** The schema is picked by looking at the value, so that its faults are those of what was meant. */
export function either<T>(pick: (value: unknown) => z.ZodType<T>): z.ZodType<T> {
  return z.unknown().transform((value, context) => {
    const { success, data, error } = pick(value).safeParse(value);
    if (success) return data;
    for (const issue of error.issues) context.issues.push({ ...issue, input: undefined } as z.core.$ZodRawIssue);
    return z.NEVER;
  }) as unknown as z.ZodType<T>;
}

/** A map whose `kind` says which other keys it has; of an unknown kind nothing else is looked at. */
export function byKind<T>(kinds: Readonly<Record<string, z.ZodType<T>>>): z.ZodType<T> {
  const names = Object.keys(kinds);
  const unknown = z.looseObject({ kind: word(names) }, { error: `give a map with a kind: ${names.join(', ')}` });
  return either((value): z.ZodType<T> => {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    // What is of no known kind never passes.
    return (typeof kind === 'string' && Object.hasOwn(kinds, kind) && kinds[kind]) || (unknown as never);
  });
}

/** A number within bounds that the remedy names. */
export function number(remedy: string, isMeant: (value: number) => boolean): z.ZodNumber {
  return z.number({ error: remedy }).refine(isMeant, { error: remedy });
}

/** At least 0 and finite. */
export const notNegative: z.ZodNumber = number('give a number of at least 0', (value) => value >= 0);

/** Above 0, finite. */
export function positive(remedy: string): z.ZodNumber {
  return number(remedy, (value) => value > 0);
}

/** A whole number of at least `least`. */
export function count(least: number, most: number = Number.MAX_SAFE_INTEGER): z.ZodNumber {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return number(`give a whole number ${range}`, (v) => Number.isInteger(v) && v >= least && v <= most);
}

/** Above 0 and at most `most`; a percentage given by mistake is recognised. */
export function fraction(most: number): z.ZodNumber {
  const remedy = (value: unknown): string =>
    typeof value === 'number' && value > most && value / 100 <= most
      ? `give a fraction: ${value} % is ${value / 100}`
      : `give a fraction above 0 and at most ${most}: 5 % is 0.05`;
  return z
    .number({ error: ({ input }) => remedy(input) })
    .refine((value) => value > 0 && value <= most, { error: ({ input }) => remedy(input) });
}

/** A text that is not empty. */
export function text(remedy: string): z.ZodString {
  return z.string({ error: remedy }).refine((value) => value.trim() !== '', { error: remedy });
}

/** Yes or no. */
export const flag: z.ZodBoolean = z.boolean({ error: 'write true or false' });

/** One of several words. */
export function word<const Words extends readonly string[]>(words: Words): z.ZodType<Words[number]> {
  const remedy = `use ${words.join(' or ')}`;
  return z.enum(words, {
    error: ({ input }) => {
      const near = typeof input === 'string' ? nearest(input, words) : undefined;
      return near === undefined ? remedy : `did you mean "${near}"?`;
    },
  });
}

/** A New York session date, `YYYY-MM-DD`. */
export function date(): z.ZodType<SessionDay> {
  const remedy = 'write a date as YYYY-MM-DD';
  return z.string({ error: remedy }).transform((value, context) => {
    const day = parseIsoDate(value);
    if (day !== undefined) return day;
    context.issues.push({ code: 'custom', message: remedy, input: value });
    return z.NEVER;
  });
}

/** A map of anything: parameters that a user's file understands. */
export const parameters: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown(), {
  error: 'give a map of names and values',
});
