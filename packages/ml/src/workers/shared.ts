import type { TrainingSet } from '../boosting/training-set.js';
import type { TrainJob } from './messages.js';

/**
 * The jobs over columns that all threads see. A column that is shared already stays as it is; another is copied once, however many jobs have it.
 */
export function sharedJobs(jobs: readonly TrainJob[]): readonly TrainJob[] {
  const copies = new Map<Float64Array | Int32Array, Float64Array | Int32Array>();
  const shared = <Column extends Float64Array | Int32Array>(column: Column, copy: (from: Column) => Column): Column => {
    if (column.buffer instanceof SharedArrayBuffer) return column;
    const known = copies.get(column);
    if (known !== undefined) return known as Column;
    const own = copy(column);
    copies.set(column, own);
    return own;
  };
  const numbers = (column: Float64Array): Float64Array => shared(column, sharedNumbers);
  const sharedSet = (set: TrainingSet): TrainingSet => ({
    features: set.features,
    columns: set.columns.map(numbers),
    cells: shared(set.cells, sharedCells),
    targets: numbers(set.targets),
    ...(set.weights && { weights: numbers(set.weights) }),
  });
  return jobs.map(({ options, set, validation }) => ({
    options,
    set: sharedSet(set),
    ...(validation && { validation: sharedSet(validation) }),
  }));
}

function sharedNumbers(from: Float64Array): Float64Array {
  const own = new Float64Array(new SharedArrayBuffer(from.byteLength));
  own.set(from);
  return own;
}

function sharedCells(from: Int32Array): Int32Array {
  const own = new Int32Array(new SharedArrayBuffer(from.byteLength));
  own.set(from);
  return own;
}
