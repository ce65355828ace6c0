/** The steps by name, and the list of them that is standard. */
import { ConfigError, nearest } from '@tradekit/core';
import { badPrintsStep } from './bad-prints.js';
import { duplicatesStep } from './duplicates.js';
import { frozenStep } from './frozen.js';
import { gapsStep } from './gaps.js';
import { gridStep } from './grid.js';
import { hoursStep } from './hours.js';
import { impossibleStep } from './impossible.js';
import { orderStep } from './order.js';
import { shown } from './parameters.js';
import type { CleaningStep } from './step.js';
import { unfinishedStep } from './unfinished.js';

/** Each step checks the parameters that it is given. */
const MAKERS: ReadonlyMap<string, (parameters: object) => CleaningStep> = new Map<
  string,
  (parameters: object) => CleaningStep
>([
  ['impossible', impossibleStep],
  ['grid', gridStep],
  ['order', orderStep],
  ['duplicates', duplicatesStep],
  ['hours', hoursStep],
  ['unfinished', unfinishedStep],
  ['frozen', frozenStep],
  ['bad-prints', badPrintsStep],
  ['gaps', gapsStep],
]);

/** A step in a config: its name, or its name with its parameters, as in `{ 'bad-prints': { action: 'clip' } }`. */
export type CleaningStepSetting = string | Readonly<Record<string, unknown>>;

/**
 * Makes the steps of a config. Throws `ConfigError`: `CLEANING_STEP` on an unknown name, with the nearest known one, or on a setting of
 * another form, `CLEANING_PARAMETER` on a parameter that cannot be meant, `CLEANING_ORDER` on a step listed twice, or before one that it needs.
 */
export function cleaningSteps(settings: readonly CleaningStepSetting[]): readonly CleaningStep[] {
  if (!Array.isArray(settings)) throw refused(settings, 'the steps of a cleaning are no list');
  const steps = settings.map((setting: unknown) => {
    const [name, parameters] = named(setting);
    const make = MAKERS.get(name);
    if (make !== undefined) return make(parameters);
    const known = [...MAKERS.keys()];
    const near = nearest(name, known);
    const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`;
    throw new ConfigError('CLEANING_STEP', `there is no cleaning step "${name}"; ${hint}`, { step: name });
  });
  requireOrder(steps);
  return steps;
}

function named(setting: unknown): readonly [string, object] {
  if (typeof setting === 'string') return [setting, {}];
  const entries = typeof setting === 'object' && setting !== null ? Object.entries(setting) : [];
  const [name, parameters] = entries[0] ?? [];
  const isObject = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  if (name === undefined || entries.length > 1 || !isObject) {
    throw refused(setting, `${shown(setting)} is no cleaning step`);
  }
  return [name, parameters];
}

function refused(setting: unknown, what: string): ConfigError {
  const remedy = "write a name, or a name with its parameters such as { hours: { keep: 'regular' } }";
  return new ConfigError('CLEANING_STEP', `${what}; ${remedy}`, { setting: shown(setting) });
}

/**
 * Throws `ConfigError` `CLEANING_ORDER` when a step is listed twice, when one that another needs is missing or comes after it, or when
 * one comes after a step that must follow it.
 */
export function requireOrder(steps: readonly CleaningStep[]): void {
  const names = steps.map(({ name }) => name);
  for (const [place, { name, needs = [], follows = [] }] of steps.entries()) {
    const wrong = (what: string) => new ConfigError('CLEANING_ORDER', what, { step: name });
    if (names.indexOf(name) < place) throw wrong(`the cleaning step "${name}" is listed twice; list it once`);
    const missing = needs.find((other) => !names.includes(other));
    if (missing !== undefined) throw wrong(`the step "${name}" needs the step "${missing}"; list it before "${name}"`);
    const later = [...needs, ...follows].find((other) => names.indexOf(other) > place);
    if (later !== undefined) throw wrong(`the step "${name}" comes before the step "${later}"; exchange them`);
  }
}

/** Every step with its default parameters. */
export const standardCleaning: readonly CleaningStep[] = Object.freeze(cleaningSteps([...MAKERS.keys()]));
