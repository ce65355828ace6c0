/** Counts for people. */

/** Whole numbers with commas. Made when the first is asked for: the formatter costs every start twenty milliseconds. */
export function countText(count: number): string {
  format ??= new Intl.NumberFormat('en-US');
  return format.format(count);
}

let format: Intl.NumberFormat | undefined;
