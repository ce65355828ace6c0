/** The columns of a training, all made at once: WebAssembly cannot move its memory while columns lie in it. */
import { type Arena, type BinNodes, type BinnedRows, FEATURE, type RowBuffer } from './kernels.js';
import type { Settings } from './options.js';
import type { Rows } from './softmax.js';
import { columnBytes } from './wasm.js';

/** Values that are turned into bins at once. */
const CHUNK = 8192;

/** What the size of the columns follows from. */
export interface Shape {
  readonly rows: number;
  /** 0 without a validation set. */
  readonly validationRows: number;
  readonly features: number;
  readonly outputs: number;
}

/** Rows of bins with what is known of them, and their margins so far, at `row * outputs + output`. */
export interface Part extends Rows {
  readonly rows: BinnedRows;
}

/** The columns, shared by all trees. */
export interface Layout {
  readonly train: Part;
  readonly validation: Part;
  /** First and second derivative of each row, one column an output, one behind the other. */
  readonly derivatives: readonly Float64Array[];
  /** 0, 1, 2 … */
  readonly everyRow: Int32Array;
  readonly buffers: readonly [RowBuffer, RowBuffer];
  /** As many as can be in use at once. */
  readonly histograms: Float64Array[];
  readonly tree: BinNodes;
  readonly bins: Int32Array;
  readonly signs: Int8Array;
  readonly sampledRows: Int32Array;
  readonly sampledFeatures: Int32Array;
  readonly values: Float32Array;
  readonly limits: Float64Array;
}

/** Takes the columns of a training from an arena. */
export function layoutOf(arena: Arena, { rows, validationRows, features, outputs }: Shape, settings: Settings): Layout {
  const width = Math.ceil(features / 4);
  const part = (count: number): Part => ({
    rows: { rows: count, features, width, words: arena.int32(count * width) },
    margins: arena.float64(count * outputs),
    targets: arena.float64(count),
    weights: arena.float64(count),
  });
  const buffer = (): RowBuffer => ({
    words: arena.int32(rows * width),
    derivatives: arena.float64(2 * rows),
    ids: arena.int32(rows),
  });
  const { maxLeaves, maxDepth, rowFraction } = settings;
  const leaves = Math.min(maxLeaves, rows, 2 ** maxDepth);
  return {
    train: part(rows),
    validation: part(validationRows),
    derivatives: Array.from({ length: outputs }, () => arena.float64(2 * rows)),
    everyRow: arena.int32(rows),
    buffers: [buffer(), buffer()],
    histograms: Array.from({ length: histogramsOf(settings, rows) }, () => arena.float64(4 * width * FEATURE)),
    tree: { nodes: arena.int32(5 * (2 * leaves - 1)), values: arena.float64(2 * leaves - 1) },
    bins: arena.int32(features),
    signs: arena.int8(features),
    sampledRows: arena.int32(rowFraction === 1 ? 0 : rows),
    sampledFeatures: arena.int32(features),
    values: arena.float32(CHUNK),
    limits: arena.float64(256),
  };
}

/**
 * By depth, each level above keeps one child waiting, and a split needs one more; by leaf, each open leaf has one. Nodes of the last level need none.
 */
function histogramsOf({ isLeafWise, maxLeaves, maxDepth }: Settings, rows: number): number {
  return isLeafWise ? Math.max(1, Math.min(maxLeaves - 1, 2 ** (maxDepth - 1), rows)) : maxDepth;
}

/** Bytes of an arena that the columns take. */
export function bytesOf(shape: Shape, settings: Settings): number {
  let bytes = 0;
  const counted = <Column>(size: number, column: Column): ((length: number) => Column) => {
    return (length) => {
      bytes += columnBytes(size * length);
      return column;
    };
  };
  const arena: Arena = {
    float64: counted(8, new Float64Array(0)),
    float32: counted(4, new Float32Array(0)),
    int32: counted(4, new Int32Array(0)),
    int8: counted(1, new Int8Array(0)),
  };
  layoutOf(arena, shape, settings);
  return bytes;
}
