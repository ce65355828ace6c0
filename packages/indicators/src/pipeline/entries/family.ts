import type { FeatureSpec } from '@tradekit/core';
import type { Input } from '../../base/input.js';

/** A parameter as it stands in a file. */
export type ParameterValue = number | string | boolean;

/** Parameters of an indicator by name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** An indicator that a feature can name. */
export interface CatalogueEntry {
  readonly name: string;
  readonly family:
    | 'trend'
    | 'momentum'
    | 'volatility'
    | 'volume'
    | 'price action'
    | 'cross-asset'
    | 'returns'
    | 'combinators';
  /** In a few words. */
  readonly formula: string;
  /** What it may be given, with defaults. */
  readonly parameters: Parameters;
  /** How many inputs it is computed of; 0 reads the bars themselves. */
  readonly inputs: 0 | 1 | 2;
  /** Throws `ConfigError` on values that the indicator refuses. */
  create(parameters: Parameters, inputs: readonly Input[]): FeatureSpec;
}

type Given<P> = { readonly [K in keyof P]: P[K] extends number ? number : P[K] extends boolean ? boolean : string };
type Make<P> = (parameters: Given<P>, inputs: readonly [Input, Input]) => FeatureSpec;

/** One family, its entries in short: name, formula, parameters with defaults, count of inputs, how it is made, and what it reads by default. */
export function family(name: CatalogueEntry['family']) {
  return <const P extends Parameters>(
    entry: string,
    formula: string,
    parameters: P,
    inputs: CatalogueEntry['inputs'],
    make: Make<P>,
    reads: Input = 'close',
  ): CatalogueEntry => ({
    name: entry,
    family: name,
    formula,
    parameters,
    inputs,
    create: (given, [first = reads, second = first]) => make(given as Given<P>, [first, second]),
  });
}
