/** The header of a bar file: six names in any order and any case. */
import { barFileFault, shown } from './fault.js';

/** Column names of the standard form; the place of a name is its slot in a row. */
export const SLOT_NAMES: readonly string[] = ['timestamp', 'open', 'high', 'low', 'close', 'volume'];

/** Slot of the stamp. */
export const STAMP_SLOT = 0;
/** Slot of the volume. */
export const VOLUME_SLOT = 5;
/** Columns in a row. */
export const COLUMNS: number = SLOT_NAMES.length;

const REMEDY = `a bar file has exactly the columns ${SLOT_NAMES.join(', ')}`;

/**
 * Slot of each column, in the order of the file. Throws `DataError` `CSV_HEADER` on a name that is unknown, repeated or missing;
 * more columns than six are unknown or repeated names.
 */
export function readHeader(names: readonly string[], file: string): readonly number[] {
  const slots: number[] = [];
  for (const name of names) {
    const place = { file, line: 1, column: name, text: names.join() };
    const slot = SLOT_NAMES.indexOf(name.trim().toLowerCase());
    if (slot < 0) throw barFileFault('CSV_HEADER', place, `column ${shown(name)} is not known`, REMEDY);
    if (slots.includes(slot)) throw barFileFault('CSV_HEADER', place, `column ${shown(name)} is there twice`, REMEDY);
    slots.push(slot);
  }
  const missing = SLOT_NAMES.find((_, slot) => !slots.includes(slot));
  if (missing !== undefined) {
    const place = { file, line: 1, column: missing, text: names.join() };
    throw barFileFault('CSV_HEADER', place, `column "${missing}" is missing`, REMEDY);
  }
  return slots;
}
