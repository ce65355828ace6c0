/**
 * Bars in the binary format of COPY, both ways: no number is ever a text.
 * Format: PostgreSQL manual, COPY, section "Binary Format"; a timestamptz is a count of microseconds since 2000-01-01 UTC.
 */
import { type BarColumns, barColumns, firstRows } from '../../csv/columns.js';
import { damaged } from '../fault.js';
import { columnsOf } from '../series.js';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags, length of the extension. */
const HEADER_BYTES = 19;
const TRAILER = Buffer.from([0xff, 0xff]);
const EPOCH_2000 = Date.UTC(2000, 0, 1);
const TWO_32 = 2 ** 32;

/** Columns that {@link copyIn} writes, in this order. */
export const COLUMNS_IN = 'series_id, time, open, high, low, close, volume';
/** Columns that {@link CopyOut} reads, in this order. */
export const COLUMNS_OUT = 'time, open, high, low, close, volume';

/** Count of fields, the id, the time, five doubles; each field has its length before it. */
const ROW_IN_BYTES = 2 + 8 + 12 + 5 * 12;
const ROWS_AT_ONCE = 4096;

/** The bytes of `copy bar (…) from stdin (format binary)`, some rows at a time. */
export function* copyIn(id: number, bars: BarColumns): Generator<Buffer> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.set(SIGNATURE);
  yield header;
  for (let row = 0; row < bars.start.length; row += ROWS_AT_ONCE) {
    yield rowsIn(id, bars, row, Math.min(bars.start.length, row + ROWS_AT_ONCE));
  }
  yield TRAILER;
}

function rowsIn(id: number, { start, open, high, low, close, volume }: BarColumns, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow((to - from) * ROW_IN_BYTES);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (let row = from; row < to; row++) {
    const time = (start[row]! - EPOCH_2000) * 1000;
    view.setInt16(at, 7);
    view.setInt32(at + 2, 4);
    view.setInt32(at + 6, id);
    view.setInt32(at + 10, 8);
    view.setInt32(at + 14, Math.floor(time / TWO_32));
    view.setUint32(at + 18, time - Math.floor(time / TWO_32) * TWO_32);
    view.setInt32(at + 22, 8);
    view.setFloat64(at + 26, open[row]!);
    view.setInt32(at + 34, 8);
    view.setFloat64(at + 38, high[row]!);
    view.setInt32(at + 46, 8);
    view.setFloat64(at + 50, low[row]!);
    view.setInt32(at + 58, 8);
    view.setFloat64(at + 62, close[row]!);
    view.setInt32(at + 70, 8);
    view.setFloat64(at + 74, volume[row]!);
    at += ROW_IN_BYTES;
  }
  return bytes;
}

const ROW_OUT_BYTES = 2 + 6 * 12;

/** Takes the bytes of `copy (select …) to stdout (format binary)` as they come and puts them into columns. */
export class CopyOut {
  readonly #place: string;
  readonly #bars: BarColumns;
  readonly #columns: readonly Float64Array[];
  /** The beginning of what was not complete. */
  #rest: Buffer = Buffer.alloc(0);
  #isBegun = false;
  #isEnded = false;
  #row = 0;

  /** `rows` is how many there may be; more are a sign of damage. */
  constructor(rows: number, place: string) {
    this.#place = place;
    this.#bars = barColumns(rows);
    this.#columns = columnsOf(this.#bars);
  }

  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    if (!this.#isBegun) {
      const header = bytes.length < HEADER_BYTES ? Number.POSITIVE_INFINITY : HEADER_BYTES + view.getInt32(15);
      if (header <= bytes.length) {
        if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw this.#unreadable('no binary COPY');
        this.#isBegun = true;
        at = header;
      }
    }
    while (this.#isBegun && !this.#isEnded && at + 2 <= bytes.length) {
      const fields = view.getInt16(at);
      if (fields === -1) this.#isEnded = true;
      else if (at + ROW_OUT_BYTES > bytes.length) break;
      else this.#takeRow(view, at, fields);
      at += fields === -1 ? 2 : ROW_OUT_BYTES;
    }
    this.#rest = bytes.subarray(at);
  }

  /** The bars, when all bytes were taken. */
  finish(): BarColumns {
    if (!this.#isEnded || this.#rest.length > 0) throw this.#unreadable('the COPY has no end');
    return this.#row === this.#bars.start.length ? this.#bars : firstRows(this.#bars, this.#row);
  }

  #takeRow(view: DataView, at: number, fields: number): void {
    const row = this.#row++;
    if (row >= this.#bars.start.length) throw this.#unreadable(`there are more than ${row} bars`);
    if (fields !== 6) throw this.#unreadable(`a row has ${fields} fields`);
    for (let field = 0; field < 6; field++) {
      const from = at + 2 + field * 12;
      if (view.getInt32(from) !== 8) throw this.#unreadable('a field is null');
      this.#columns[field]![row] =
        field === 0
          ? EPOCH_2000 + (view.getInt32(from + 4) * TWO_32 + view.getUint32(from + 8)) / 1000
          : view.getFloat64(from + 4);
    }
  }

  #unreadable(what: string): Error {
    return damaged(this.#place, what, { place: this.#place });
  }
}
