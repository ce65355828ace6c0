/** The lines `key=value` of a LightGBM text file, in blocks: a header, and one a tree. */
import { fail } from '../../error.js';

/** Lines of a block by their key. */
export type Block = ReadonlyMap<string, string>;

/** Cuts a file into its blocks. Throws `MlError` `MODEL_SYNTAX` when it does not begin or end as one, or has fewer trees than it says. */
export function blocksOf(text: string): { readonly header: Block; readonly trees: readonly Block[] } {
  const broken = (what: string): never =>
    fail('MODEL_SYNTAX', `the model file is no LightGBM text, or cut short: ${what}; save it again`);
  const lines = text.split(/\r?\n/);
  if (lines[0] !== 'tree') broken('it does not begin with "tree"');
  const end = lines.indexOf('end of trees');
  if (end < 0) broken('"end of trees" is missing');
  const blocks: Map<string, string>[] = [new Map()];
  for (const line of lines.slice(1, end)) {
    if (line.startsWith('Tree=')) blocks.push(new Map());
    const at = line.indexOf('=');
    blocks.at(-1)?.set(at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 1));
  }
  const [header, ...trees] = blocks;
  const promised = textIn(header!, 'tree_sizes')
    .split(' ')
    .filter((size) => size !== '').length;
  if (promised !== trees.length) broken(`it has ${trees.length} of ${promised} trees`);
  return { header: header!, trees };
}

/** The text of a line. Throws `MlError` `MODEL_FIELD` when there is none. */
export function textIn(block: Block, key: string): string {
  return (
    block.get(key) ?? fail('MODEL_FIELD', `the model file has no "${key}"; it is damaged or of another kind`, { key })
  );
}

/** A whole number of at least 0. Throws `MlError` `MODEL_FIELD` when there is none. */
export function countIn(block: Block, key: string): number {
  const text = textIn(block, key).trim();
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  return fail('MODEL_FIELD', `"${key}" is "${text}" and no whole number; the model file is damaged`, { key, text });
}

/** A list of `length` numbers. Throws `MlError` `MODEL_FIELD` when there is none, or one of another length. */
export function numbersIn(block: Block, key: string, length: number): Float64Array {
  const parts = textIn(block, key).trim().split(' ');
  if (parts.length !== length) {
    fail('MODEL_FIELD', `"${key}" has ${parts.length} of ${length} numbers; the model file is damaged`, { key });
  }
  return Float64Array.from(parts, (part) => {
    const value = part === 'inf' ? Number.POSITIVE_INFINITY : part === '-inf' ? Number.NEGATIVE_INFINITY : Number(part);
    if (part !== '' && !Number.isNaN(value)) return value;
    return fail('MODEL_FIELD', `"${key}" holds "${part}", which is no number; the model file is damaged`, { key });
  });
}
