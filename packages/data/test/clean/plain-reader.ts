/** The documented grammar of bar files once more, as plainly as it can be written: what the fast reader is compared with. */
import { fromNewYork, type SessionDay } from '@tradekit/core';
import type { BarSource } from '../../src/index.js';

/** Values of each line that is a row, in the order of the standard columns; the other lines. `undefined`: no header, or no rows. */
export interface PlainRows {
  readonly rows: ReadonlyMap<number, readonly number[]>;
  readonly unread: ReadonlySet<number>;
}

const NAMES = ['timestamp', 'open', 'high', 'low', 'close', 'volume'];

export function plainRows(content: Buffer, source: BarSource): PlainRows | undefined {
  const hasMark = content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = content.toString('utf8', hasMark ? 3 : 0);
  const parts = text.split('\n');
  // What stands before a line feed may end in a carriage return; what stands behind the last has no line end.
  const lines = parts.map((part, place) =>
    place < parts.length - 1 && part.endsWith('\r') ? part.slice(0, -1) : part,
  );
  const header = (lines.shift() ?? '').trimEnd();
  while (lines.at(-1) === '') lines.pop();
  const delimiter = [',', '\t', ';'].find((sign) => header.includes(sign)) ?? ',';
  const names = fieldsOf(header, delimiter)?.map((name) => name.trim().toLowerCase()) ?? [];
  if ([...names].sort().join() !== [...NAMES].sort().join() || lines.length === 0) return undefined;
  const rows = new Map<number, readonly number[]>();
  const unread = new Set<number>();
  for (const [place, line] of lines.entries()) {
    const fields = fieldsOf(line, delimiter);
    const values =
      fields?.length === NAMES.length
        ? NAMES.map((name) => cellValue(name, fields[names.indexOf(name)] ?? '', source))
        : [];
    if (values.length > 0 && values.every(Number.isFinite)) rows.set(place + 2, values);
    else unread.add(place + 2);
  }
  return { rows, unread };
}

function fieldsOf(line: string, delimiter: string): string[] | undefined {
  const fields = line.split(delimiter).map((field) => {
    const quoted = field.length >= 2 && field.startsWith('"') && field.endsWith('"');
    return quoted ? field.slice(1, -1) : field;
  });
  return fields.some((field) => field.includes('"')) ? undefined : fields;
}

function cellValue(name: string, text: string, source: BarSource): number {
  if (name === 'timestamp') return startOf(text, source);
  return /^-?[0-9]+([.][0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
}

function startOf(text: string, { zone = 'UTC', stamps = 'bar-start' }: BarSource): number {
  const [date, separator, clock, rest] = [text.slice(0, 10), text[10], text.slice(11, 19), text.slice(19)];
  const instant = Date.parse(`${date}T${clock}Z`);
  const exists = Number.isFinite(instant) && new Date(instant).toISOString() === `${date}T${clock}.000Z`;
  const year = Number(date.slice(0, 4));
  if (!exists || year < 100 || !(separator === ' ' || separator === 'T') || !/^([.]0+)?Z?$/.test(rest))
    return Number.NaN;
  const toStart = stamps === 'bar-end' ? -900_000 : 0;
  if (zone === 'UTC') return instant + toStart;
  if (rest.endsWith('Z') || year < 2000 || year > 2035) return Number.NaN;
  const day = Math.floor(instant / 86_400_000);
  const secondOfDay = instant / 1000 - day * 86_400;
  return fromNewYork(day as SessionDay, Math.floor(secondOfDay / 60)) + (secondOfDay % 60) * 1000 + toStart;
}
