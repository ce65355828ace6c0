/** The bytes of one bar file after another in the same memory, and the line that its header is. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { barFileFault } from './fault.js';
import { PADDING_BYTES, type TextBytes } from './standard.js';

const LINE_FEED = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** A text and the places in it: what is given holds until the next is loaded. */
export interface BarText {
  readonly text: TextBytes;
  /** Where the header begins, behind a byte order mark. */
  readonly from: number;
  /** Where the first row begins. */
  readonly rowsFrom: number;
  /** The header without its line end. */
  readonly header: string;
}

/** Memory for texts, grown when a longer one comes. */
export class BarTextMemory {
  #bytes = Buffer.alloc(0);

  /** Loads a file. Throws `DataError` `CSV_EMPTY` when there is nothing in it; file system errors pass through. */
  load(path: string): BarText {
    const file = openSync(path, 'r');
    try {
      const size = fstatSync(file).size;
      this.#grow(size);
      let end = 0;
      for (let count = -1; count !== 0 && end < size; end += count)
        count = readSync(file, this.#bytes, end, size - end, end);
      return this.#text(end, path);
    } finally {
      closeSync(file);
    }
  }

  /** Takes a text that is in memory, under the name that faults give it. Throws `DataError` `CSV_EMPTY`. */
  take(content: Uint8Array, file: string): BarText {
    this.#grow(content.length);
    this.#bytes.set(content);
    return this.#text(content.length, file);
  }

  #grow(size: number): void {
    if (this.#bytes.length < size + PADDING_BYTES) this.#bytes = Buffer.alloc(size + PADDING_BYTES);
  }

  #text(end: number, file: string): BarText {
    const bytes = this.#bytes.fill(0, end, end + PADDING_BYTES);
    const from = BYTE_ORDER_MARK.every((byte, place) => bytes[place] === byte) ? BYTE_ORDER_MARK.length : 0;
    const lineFeed = bytes.subarray(from, end).indexOf(LINE_FEED);
    const rowsFrom = lineFeed < 0 ? end : from + lineFeed + 1;
    const header = bytes.toString('utf8', from, rowsFrom).trimEnd();
    if (header === '' && bytes.toString('utf8', rowsFrom, end).trim() === '')
      throw emptyFile(file, 'the file is empty');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { text: { bytes, view, end }, from, rowsFrom, header };
  }
}

/** The fault of a file without a row. */
export function emptyFile(file: string, what: string): Error {
  const place = { file, line: 1, column: '', text: '' };
  return barFileFault('CSV_EMPTY', place, what, 'put the data of the instrument there');
}
