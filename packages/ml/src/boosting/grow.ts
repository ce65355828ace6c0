/** Grows trees on derivatives, one after another in the same memory. */
import type { BinnedRows } from './bins.js';
import type { GrownTree } from './grown-tree.js';
import { Growth, type Leaf } from './growth.js';
import { FEATURE, type RowBuffer } from './kernel.js';
import type { Settings } from './options.js';

/** What a tree is grown on. */
export interface GrowthInput {
  /** First and second derivative of each row. */
  readonly derivatives: Float64Array;
  /** The rows and the features that the tree sees; all where undefined. */
  readonly rows: Int32Array | undefined;
  readonly columns: Int32Array | undefined;
}

/** Holds the memory that all trees of a training share. */
export class Grower {
  readonly #all: BinnedRows;
  readonly #limits: readonly Float64Array[];
  readonly #signs: Int8Array;
  readonly #settings: Settings;
  readonly #everyRow: Int32Array;
  readonly #buffers: readonly [RowBuffer, RowBuffer];
  readonly #free: Float64Array[] = [];
  readonly #goesLeft: Uint8Array = new Uint8Array(256);

  constructor(all: BinnedRows, limits: readonly Float64Array[], signs: Int8Array, settings: Settings) {
    this.#all = all;
    this.#limits = limits;
    this.#signs = signs;
    this.#settings = settings;
    this.#everyRow = Int32Array.from({ length: all.rows }, (_, row) => row);
    const buffer = (): RowBuffer => ({
      words: new Int32Array(all.rows * all.width),
      derivatives: new Float64Array(2 * all.rows),
      ids: new Int32Array(all.rows),
    });
    this.#buffers = [buffer(), buffer()];
  }

  /** Grows a tree, and tells of each leaf the rows in it. */
  grow({ derivatives, rows, columns }: GrowthInput, tell: Leaf): GrownTree {
    const all = this.#all;
    const isWhole = rows === undefined && columns === undefined;
    const features = columns ?? Int32Array.from({ length: all.features }, (_, feature) => feature);
    const root: RowBuffer = isWhole
      ? { words: all.words, derivatives, ids: this.#everyRow }
      : this.#gathered(derivatives, rows ?? this.#everyRow, features);
    return new Growth(
      {
        settings: this.#settings,
        all,
        features,
        limits: Array.from(features, (feature) => this.#limits[feature]!),
        bins: features.map((feature) => this.#limits[feature]!.length),
        signs: Int8Array.from(features, (feature) => this.#signs[feature]!),
        width: isWhole ? all.width : Math.ceil(features.length / 4),
        buffers: this.#buffers,
        free: this.#free,
        histogramLength: 4 * all.width * FEATURE,
        goesLeft: this.#goesLeft,
      },
      tell,
    ).grow(root, rows?.length ?? all.rows);
  }

  /** The rows and features of a sample side by side, in the first buffer. */
  #gathered(derivatives: Float64Array, rows: Int32Array, features: Int32Array): RowBuffer {
    const { words: from, width } = this.#all;
    const [buffer] = this.#buffers;
    const own = Math.ceil(features.length / 4);
    for (const [place, row] of rows.entries()) {
      for (let k = 0; k < own; k++) {
        let word = 0;
        for (let byte = 0; byte < 4 && 4 * k + byte < features.length; byte++) {
          const feature = features[4 * k + byte]!;
          word |= ((from[row * width + (feature >> 2)]! >>> ((feature & 3) << 3)) & 255) << (byte << 3);
        }
        buffer.words[place * own + k] = word;
      }
      buffer.derivatives[2 * place] = derivatives[2 * row]!;
      buffer.derivatives[2 * place + 1] = derivatives[2 * row + 1]!;
      buffer.ids[place] = row;
    }
    return buffer;
  }
}
