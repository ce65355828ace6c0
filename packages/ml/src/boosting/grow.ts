/** Grows trees on derivatives, one after another in the same memory. */
import type { GrownTree } from './grown-tree.js';
import { Growth } from './growth.js';
import type { Kernels, MarginColumn, RowBuffer } from './kernels.js';
import type { Layout } from './layout.js';
import type { Settings } from './options.js';

/** What a tree is grown on. */
export interface GrowthInput {
  /** First and second derivative of each row. */
  readonly derivatives: Float64Array;
  /** The rows and the features that the tree sees; all where undefined. */
  readonly rows: Int32Array | undefined;
  readonly columns: Int32Array | undefined;
}

/** Holds what all trees of a training share. */
export class Grower {
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  readonly #limits: readonly Float64Array[];
  readonly #signs: Int8Array;
  readonly #settings: Settings;

  constructor(kernels: Kernels, layout: Layout, limits: readonly Float64Array[], signs: Int8Array, settings: Settings) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#limits = limits;
    this.#signs = signs;
    this.#settings = settings;
    for (let row = 0; row < layout.everyRow.length; row++) layout.everyRow[row] = row;
  }

  /** Grows a tree. With a sample of the rows nothing is added to the margins: the others are in no leaf while it grows. */
  grow({ derivatives, rows, columns }: GrowthInput, column: MarginColumn): GrownTree {
    const { train, everyRow, buffers, histograms, bins, signs } = this.#layout;
    const all = train.rows;
    const isWhole = rows === undefined && columns === undefined;
    const features = columns ?? Int32Array.from({ length: all.features }, (_, feature) => feature);
    for (const [place, feature] of features.entries()) {
      bins[place] = this.#limits[feature]!.length;
      signs[place] = this.#signs[feature]!;
    }
    const count = features.length;
    const root: RowBuffer = isWhole
      ? { words: all.words, derivatives, ids: everyRow }
      : this.#gathered(derivatives, rows, features);
    return new Growth({
      kernels: this.#kernels,
      settings: this.#settings,
      features,
      limits: Array.from(features, (feature) => this.#limits[feature]!),
      searched: { bins: bins.subarray(0, count), signs: signs.subarray(0, count) },
      width: Math.ceil(count / 4),
      buffers,
      free: histograms,
      column: rows === undefined ? column : undefined,
    }).grow(root, rows?.length ?? all.rows);
  }

  /** The rows and features of a sample side by side, in the first buffer. */
  #gathered(derivatives: Float64Array, rows: Int32Array | undefined, features: Int32Array): RowBuffer {
    const { train, everyRow, sampledRows, sampledFeatures, buffers } = this.#layout;
    if (rows !== undefined) sampledRows.set(rows);
    sampledFeatures.set(features);
    const sampled = {
      rows: rows === undefined ? everyRow : sampledRows.subarray(0, rows.length),
      features: sampledFeatures.subarray(0, features.length),
    };
    this.#kernels.gather(train.rows, derivatives, sampled, buffers[0]);
    return buffers[0];
  }
}
