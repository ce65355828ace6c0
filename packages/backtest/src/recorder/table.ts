type Cells = Float64Array | Int32Array | Int8Array | Uint8Array;
type TableOf<T> = { [K in keyof T]: Cells };

/** Entries that a table has room for at first. */
export const FIRST_CAPACITY = 1024;

/** Doubles the room of every column: what an entry costs does not depend on how many there are. */
export function grow<T extends TableOf<T>>(table: T): void {
  for (const name of Object.keys(table) as (keyof T)[]) table[name] = larger(table[name]) as T[keyof T];
}

/** Copies of the columns as far as they are filled. */
export function copyOf<T extends TableOf<T>>(table: T, length: number): T {
  const copy = { ...table };
  for (const name of Object.keys(table) as (keyof T)[]) copy[name] = table[name].slice(0, length) as T[keyof T];
  return copy;
}

/** The column with twice the room. */
export function larger<T extends Cells>(column: T): T {
  const grown = new (column.constructor as new (length: number) => T)(column.length * 2);
  grown.set(column);
  return grown;
}
