/** Parts of ONNX files; the numbers of fields are those of `onnx.proto3`. */
import { message, part, single, singles, text, whole } from './protobuf.js';

/** A message that is a part of others. */
export type Part = readonly number[];

export const FLOAT = 1;
export const INT64 = 7;

/** A dimension: its size, or a name where any size will do. */
type Dimension = number | string;

/** An input or output of a graph. */
export function value(name: string, type: number, shape: readonly Dimension[]): Part {
  const dimensions = shape.map((own) => part(1, typeof own === 'string' ? text(2, own) : whole(1, own)));
  return message(text(1, name), part(2, part(1, message(whole(1, type), part(2, message(...dimensions))))));
}

/** A constant of single precision. */
export const constant = (name: string, shape: readonly number[], values: readonly number[]): Part =>
  message(...shape.map((own) => whole(1, own)), whole(2, FLOAT), text(8, name), part(9, singles(values)));

type Attribute = number | string | readonly number[] | readonly string[] | { readonly floats: readonly number[] };

function attribute(name: string, own: Attribute): Part {
  const named = (kind: number, ...fields: readonly Part[]): Part => message(text(1, name), ...fields, whole(20, kind));
  if (typeof own === 'number') return named(2, whole(3, own));
  if (typeof own === 'string') return named(3, text(4, own));
  if ('floats' in own) return named(6, ...own.floats.map((each) => single(7, each)));
  if (own.every((each) => typeof each === 'number')) return named(7, ...own.map((each) => whole(8, each)));
  return named(8, ...own.map((each) => text(9, `${each}`)));
}

/** A step of a graph. */
export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
}

function node({ operator, inputs, outputs, attributes = {}, domain = '' }: Node): Part {
  return message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...Object.entries(attributes).map(([name, own]) => part(5, attribute(name, own))),
    text(7, domain),
  );
}

/** A whole file. */
export interface Graph {
  readonly inputs: readonly Part[];
  readonly outputs: readonly Part[];
  readonly nodes: readonly Node[];
  readonly constants?: readonly Part[];
}

/** The bytes of a file: operators of ONNX 13 and of its machine-learning set 3. */
export function file({ inputs, outputs, nodes, constants = [] }: Graph): Uint8Array {
  const graph = message(
    ...nodes.map((own) => part(1, node(own))),
    text(2, 'graph'),
    ...constants.map((own) => part(5, own)),
    ...inputs.map((own) => part(11, own)),
    ...outputs.map((own) => part(12, own)),
  );
  const operators = (domain: string, version: number): Part => part(8, message(text(1, domain), whole(2, version)));
  return Uint8Array.from(message(whole(1, 8), part(7, graph), operators('', 13), operators('ai.onnx.ml', 3)));
}
