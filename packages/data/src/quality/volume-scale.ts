/** Whether a file's volumes are whole shares. Fractions are no fault: they tell of an adjustment for a spin-off or a split. */
import { newYorkText, type Timestamp } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';

/** Where a file has volumes that are no whole numbers. */
export interface VolumeScale {
  /** Rows with a fraction of a share. */
  readonly fractionalRows: number;
  /** New York dates of the first and the last of them; absent when there is none. */
  readonly first?: string;
  readonly last?: string;
  /** First date from which on all volumes are whole: the day of the adjustment. Absent when the file ends before. */
  readonly wholeFrom?: string;
}

/** Reads the scale of the volumes. */
export function volumeScale({ start, volume }: BarColumns): VolumeScale {
  let fractionalRows = 0;
  let first = -1;
  let last = -1;
  for (let row = 0; row < volume.length; row++) {
    if (Number.isInteger(volume[row])) continue;
    fractionalRows++;
    if (first < 0) first = row;
    last = row;
  }
  if (fractionalRows === 0) return { fractionalRows };
  const date = (row: number): string => newYorkText(start[row]! as Timestamp).slice(0, 10);
  let whole = last + 1;
  while (whole < start.length && date(whole) === date(last)) whole++;
  const found = { fractionalRows, first: date(first), last: date(last) };
  return whole < start.length ? { ...found, wholeFrom: date(whole) } : found;
}
