/** How a file's volume is spread over the New York day. */
import { DAY_MS, MINUTE_MS, newYorkOffsetMs } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { SessionRows } from './session-rows.js';

/** Mean share of a date's volume by time of day. */
export interface VolumeProfile {
  /** Length of a slot, the file's bars. */
  readonly slotMinutes: number;
  /** By slot from New York midnight; the shares sum to 1. All zero where nothing was traded. */
  readonly share: readonly number[];
}

/** The mean over all dates of sessions, half days left out, of each slot's share of the date's volume. */
export function volumeProfile({ start, volume }: BarColumns, rows: SessionRows): VolumeProfile {
  const { sessions, first, end, barMs } = rows;
  const share = new Float64Array(Math.ceil(DAY_MS / barMs));
  let days = 0;
  for (const [place, { day, open, half }] of sessions.entries()) {
    if (half) continue;
    let total = 0;
    for (let row = first[place]!; row < end[place]!; row++) total += volume[row]!;
    if (!(total > 0)) continue;
    days++;
    const midnight = day * DAY_MS - newYorkOffsetMs(open);
    for (let row = first[place]!; row < end[place]!; row++) {
      share[Math.floor((start[row]! - midnight) / barMs)]! += volume[row]! / total;
    }
  }
  return { slotMinutes: barMs / MINUTE_MS, share: Array.from(share, (sum) => (days === 0 ? 0 : sum / days)) };
}
