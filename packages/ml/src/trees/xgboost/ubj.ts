/** Universal binary JSON (ubjson.org, draft 12) as far as XGBoost writes it: typed lists, numbers with the high byte first. */
import { fail } from '../../error.js';
import type { Document } from '../document.js';

/** Lists and objects in each other; XGBoost's files have eight. */
const MAX_DEPTH = 32;

/** Parses a whole file. Throws `MlError` `MODEL_SYNTAX` when it is cut short, has something after its end, or is no UBJ. */
export function parseUbj(bytes: Uint8Array): Document {
  const reader = new Reader(bytes);
  const document = reader.value(reader.mark(), 0);
  if (reader.at !== bytes.length) reader.broken('something after its end');
  return document;
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  broken(what: string): never {
    const message = `the model file is no UBJ, or cut short: ${what} at byte ${this.at}; save it again`;
    return fail('MODEL_SYNTAX', message, { at: this.at });
  }

  /** Place of the next `count` bytes, which are then behind. */
  #take(count: number): number {
    const at = this.at;
    if (!(count >= 0 && count <= this.#bytes.length - at)) this.broken('it ends');
    this.at += count;
    return at;
  }

  mark(): string {
    return String.fromCharCode(this.#bytes[this.#take(1)]!);
  }

  #peek(): string {
    return this.at < this.#bytes.length ? String.fromCharCode(this.#bytes[this.at]!) : this.broken('it ends');
  }

  value(type: string, depth: number): Document {
    if (depth > MAX_DEPTH) this.broken('too many lists in each other');
    if (type === '{') return this.#object(depth);
    if (type === '[') return this.#list(depth);
    if (type === 'S') return this.#text();
    if (type === 'C') return this.mark();
    if (type === 'T' || type === 'F') return type === 'T';
    if (type === 'Z') return null;
    return this.#number(type);
  }

  #number(type: string): number {
    const view = this.#view;
    if (type === 'd') return view.getFloat32(this.#take(4));
    if (type === 'D') return view.getFloat64(this.#take(8));
    if (type === 'i') return view.getInt8(this.#take(1));
    if (type === 'U') return view.getUint8(this.#take(1));
    if (type === 'I') return view.getInt16(this.#take(2));
    if (type === 'l') return view.getInt32(this.#take(4));
    if (type === 'L') return Number(view.getBigInt64(this.#take(8)));
    return this.broken(`the type "${type}"`);
  }

  #length(): number {
    const length = this.#number(this.mark());
    return Number.isSafeInteger(length) && length >= 0 ? length : this.broken(`the length ${length}`);
  }

  #text(): string {
    const length = this.#length();
    const from = this.#take(length);
    let escaped = '';
    for (const byte of this.#bytes.subarray(from, from + length)) {
      escaped += byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
    }
    try {
      return decodeURIComponent(escaped);
    } catch {
      return this.broken('a text that is no UTF-8');
    }
  }

  #object(depth: number): Document {
    const entries: [string, Document][] = [];
    while (this.#peek() !== '}') {
      const key = this.#text();
      entries.push([key, this.value(this.mark(), depth + 1)]);
    }
    this.at++;
    return Object.fromEntries(entries);
  }

  #list(depth: number): Document {
    const out: Document[] = [];
    let type: string | undefined;
    if (this.#peek() === '$') {
      this.at++;
      type = this.mark();
      if (this.#peek() !== '#') this.broken('a typed list without a length');
    }
    if (this.#peek() === '#') {
      this.at++;
      const length = this.#length();
      // Every entry takes a byte at least: a length beyond the file is found before memory is.
      if (length > this.#bytes.length - this.at) this.broken('a list that is longer than the file');
      for (let k = 0; k < length; k++) out.push(this.value(type ?? this.mark(), depth + 1));
      return out;
    }
    while (this.#peek() !== ']') out.push(this.value(this.mark(), depth + 1));
    this.at++;
    return out;
  }
}
