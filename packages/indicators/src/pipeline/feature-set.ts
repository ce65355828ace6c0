/** Features by name: from a list that a person wrote, to specs that the engine and the batch know. */
import { ConfigError, type FeatureSpec, type FeatureUnit, nearest, on, type Timeframe } from '@tradekit/core';
import { type BarField, FIELDS, type Input } from '../base/input.js';
import { catalogue } from './catalogue.js';
import type { CatalogueEntry, Parameters, ParameterValue } from './entries/family.js';

/** One feature as it stands in a list. */
export interface FeatureDefinition {
  /** What strategies and columns call it; unique in the list. */
  readonly name: string;
  /** Name of an indicator of the {@link catalogue}. */
  readonly indicator: string;
  /** In place of the indicator's defaults. */
  readonly parameters?: Parameters;
  /** A value of the bar (`close`, `typical`, …) or the name of another feature of the list; two for indicators of two. Default `close`. */
  readonly input?: string | readonly string[];
  /** Default: the bars of the slices. */
  readonly timeframe?: Timeframe;
}

/** A feature of a set. */
export interface NamedFeature {
  readonly name: string;
  readonly definition: FeatureDefinition;
  readonly spec: FeatureSpec;
  /** What it is, in words. */
  readonly formula: string;
  readonly unit: FeatureUnit;
  /** Bars of its timeframe without a hole until the first value. */
  readonly warmUpBars: number;
}

/** Features that were resolved. */
export interface FeatureSet {
  /** In the order of the list. */
  readonly features: readonly NamedFeature[];
  /** The spec of a feature. Throws `ConfigError` `FEATURE_UNKNOWN` with the nearest name. */
  spec(name: string): FeatureSpec;
  /** Everything that decides the values, as one text: the same text means the same numbers. */
  readonly text: string;
}

/** To be raised whenever an indicator gives another number than it did: what was saved before is not found any more. */
const KERNELS = 2;

/**
 * Resolves a list of features. Definitions may stand in any order. Throws `ConfigError`: `FEATURE_NAME` on a name that is empty, twice or that of
 * a value of the bar; `FEATURE_INDICATOR`, `FEATURE_PARAMETER` and `FEATURE_INPUT` on what is not known, with the nearest name, on a parameter of another
 * kind and on a wrong count of inputs; `FEATURE_CYCLE` on features that are computed of themselves, with the way around; and what the
 * indicators throw, with the feature's name.
 */
export function featureSet(definitions: readonly FeatureDefinition[]): FeatureSet {
  const resolving = new Resolving(definitions);
  const features = definitions.map((definition): NamedFeature => {
    const spec = resolving.spec(definition.name, []);
    const { formula } = entryOf(definition);
    return { name: definition.name, definition, spec, formula, unit: spec.unit, warmUpBars: spec.warmUpBars };
  });
  const specs = new Map(features.map(({ name, spec }) => [name, spec]));
  return {
    features,
    text: [
      `kernels ${KERNELS}`,
      ...features.map(({ name, spec }) => `${name}=${spec.timeframe ?? ''} ${spec.key}`),
    ].join('\n'),
    spec(name) {
      const found = specs.get(name);
      if (found !== undefined) return found;
      throw unknown('FEATURE_UNKNOWN', `there is no feature "${name}"`, name, [...specs.keys()]);
    },
  };
}

class Resolving {
  readonly #definitions = new Map<string, FeatureDefinition>();
  readonly #specs = new Map<string, FeatureSpec>();

  constructor(definitions: readonly FeatureDefinition[]) {
    for (const definition of definitions) {
      const { name } = definition;
      const isField = FIELDS.includes(name as BarField);
      if (name === '' || isField || this.#definitions.has(name)) {
        const what = name === '' ? 'has no name' : isField ? 'has the name of a value of the bar' : 'is listed twice';
        throw new ConfigError('FEATURE_NAME', `feature "${name}" ${what}; give each a name of its own`, { name });
      }
      this.#definitions.set(name, definition);
    }
  }

  /** `path`: the features that wait for this one. */
  spec(name: string, path: readonly string[]): FeatureSpec {
    const known = this.#specs.get(name);
    if (known !== undefined) return known;
    if (path.includes(name)) {
      const way = [...path.slice(path.indexOf(name)), name].join(' → ');
      throw new ConfigError(
        'FEATURE_CYCLE',
        `features are computed of themselves: ${way}; take one out of the circle`,
        { name },
      );
    }
    const definition = this.#definitions.get(name)!;
    const entry = entryOf(definition);
    const inputs = inputsOf(definition, entry).map((input) => this.#input(definition, input, [...path, name]));
    const spec = this.#made(definition, entry, inputs);
    this.#specs.set(name, spec);
    return spec;
  }

  #input({ name }: FeatureDefinition, input: string, path: readonly string[]): Input {
    if (FIELDS.includes(input as BarField)) return input as BarField;
    if (this.#definitions.has(input)) return this.spec(input, path);
    const known = [...this.#definitions.keys(), ...FIELDS];
    throw unknown(
      'FEATURE_INPUT',
      `feature "${name}" has the input "${input}", and there is no such feature`,
      input,
      known,
    );
  }

  #made(
    { name, parameters = {}, timeframe }: FeatureDefinition,
    entry: CatalogueEntry,
    inputs: readonly Input[],
  ): FeatureSpec {
    for (const [key, value] of Object.entries(parameters)) requireParameter(name, entry, key, value);
    try {
      const spec = entry.create({ ...entry.parameters, ...parameters }, inputs);
      return timeframe === undefined ? spec : on(timeframe, spec);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new ConfigError(error.code, `feature "${name}": ${error.message}`, error.context, { cause: error });
    }
  }
}

function entryOf({ name, indicator }: FeatureDefinition): CatalogueEntry {
  const entry = catalogue.get(indicator);
  if (entry !== undefined) return entry;
  const what = `feature "${name}" has the indicator "${indicator}", and there is none of that name`;
  throw unknown('FEATURE_INDICATOR', what, indicator, [...catalogue.keys()]);
}

function inputsOf({ name, input }: FeatureDefinition, entry: CatalogueEntry): readonly string[] {
  const given = input === undefined ? [] : typeof input === 'string' ? [input] : input;
  if (given.length === entry.inputs || (given.length === 0 && entry.inputs === 1)) return given;
  const wanted = ['the bars themselves', 'one input', 'two inputs'][entry.inputs]!;
  const what = `feature "${name}" has ${given.length} inputs, and ${entry.name} is computed of ${wanted}`;
  throw new ConfigError('FEATURE_INPUT', `${what}; correct input`, { name });
}

function requireParameter(
  name: string,
  { name: indicator, parameters }: CatalogueEntry,
  key: string,
  value: ParameterValue,
): void {
  const known = Object.keys(parameters);
  if (!known.includes(key)) {
    const what = `feature "${name}": ${indicator} has no parameter "${key}"`;
    throw unknown('FEATURE_PARAMETER', what, key, known);
  }
  const kind = typeof parameters[key];
  if (typeof value === kind) return;
  const what = `feature "${name}": ${key} is ${JSON.stringify(value)}; give a ${kind}`;
  throw new ConfigError('FEATURE_PARAMETER', what, { name, parameter: key });
}

function unknown(code: string, what: string, name: string, known: readonly string[]): ConfigError {
  const near = nearest(name, known);
  const remedy = near === undefined ? `known are ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
  return new ConfigError(code, `${what}; ${remedy}`, { name });
}
