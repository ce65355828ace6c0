const FIRST_BYTES = 1 << 16;
/** UTF-8 needs at most so many bytes for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const LAST_ASCII = 0x7f;
const SHORT = 20;

/**
 * Writes a CSV file field by field into bytes. Joining as many small texts would cost several times as much, most of it garbage.
 */
export class CsvWriter {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;

  /** Begins with the header line. */
  constructor(header: string) {
    this.end(header);
  }

  /** A field that is not the line's last, as it stands: free text goes through `csvText` first. */
  field(text: string): void {
    this.#put(text, COMMA);
  }

  /** A number that reads back as the same float64; nothing where it is NaN. */
  number(value: number): void {
    this.#put(numberText(value), COMMA);
  }

  /** The line's last field. */
  end(text: string): void {
    this.#put(text, NEWLINE);
  }

  /** The file. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #put(text: string, after: number): void {
    const needed = this.#length + text.length * BYTES_PER_UNIT + 1;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    const bytes = this.#bytes;
    let at = this.#length;
    if (text.length > SHORT) at += bytes.write(text, at);
    else at = this.#putShort(text, at);
    bytes[at] = after;
    this.#length = at + 1;
  }

  /** Character by character: for a short text faster than the call of a native function. */
  #putShort(text: string, start: number): number {
    const bytes = this.#bytes;
    let at = start;
    for (let k = 0; k < text.length; k++) {
      const unit = text.charCodeAt(k);
      if (unit > LAST_ASCII) {
        return start + bytes.write(text, start);
      }
      bytes[at] = unit;
      at += 1;
    }
    return at;
  }
}

/** A number as text; empty where there is none. */
export function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

/** Free text as a field (RFC 4180): in quotes only where it must be. */
export function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
