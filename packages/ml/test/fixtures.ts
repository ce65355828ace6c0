/** Files that other libraries made, with what they answer. They are not in the repository: tests skip where they are not. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = join(
  process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'),
  'models',
);

/** Why tests of fixtures are skipped; empty where the folder is there. */
export const missing: string = existsSync(folder)
  ? ''
  : ` (skipped: no model files in ${folder}; name the folder above in TRADEKIT_TEST_DATA)`;

export const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
export const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

/** A table of numbers: its column names, and its rows. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

export function tableOf(name: string): Table {
  const [head = '', ...lines] = textOf(name).trim().split('\n');
  return { names: head.trim().split(','), rows: lines.map((line) => line.trim().split(',').map(Number)) };
}
