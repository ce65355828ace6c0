/** Labels that nothing can be learned from, for runs beside the real one: what a model seems to know of them is a leak, or luck. */
import { requireCount } from '../error.js';
import { type Labels, labelledCells } from '../labels/labels.js';
import { generator } from '../random.js';

/** Options of {@link shuffledLabels}. */
export interface ShuffleOptions {
  /** Of the shuffle. Default 1. */
  readonly seed?: number;
}

/**
 * The same labels at other cells: class and return go together to a random one of the cells that have a label, each order as likely as another (R. Fisher, F. Yates, 1938). Spans stay where they
 * are, so folds are those of the real run. A model must not beat the plain base rates on them. Throws `MlError` `ML_OPTION` on a seed that is no whole number.
 */
export function shuffledLabels(labels: Labels, { seed = 1 }: ShuffleOptions = {}): Labels {
  requireCount('shuffledLabels', 'seed', seed, 0);
  const random = generator(seed);
  const cells = labelledCells(labels);
  const from = cells.slice();
  for (let k = from.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    const held = from[k]!;
    from[k] = from[other]!;
    from[other] = held;
  }
  const classes = labels.classes.slice();
  const returns = labels.returns.slice();
  for (const [k, cell] of cells.entries()) {
    classes[cell] = labels.classes[from[k]!]!;
    returns[cell] = labels.returns[from[k]!]!;
  }
  return { ...labels, text: `shuffled(${labels.text}, ${seed})`, classes, returns };
}

/** Options of {@link shiftedLabels}. */
export interface ShiftOptions {
  /** How many rows later the labels are taken from: at least 1. A whole number of sessions keeps the time of day, where sessions are alike. */
  readonly rows: number;
}

/**
 * Every cell has the label of its instrument that many rows later, with the rows that it looks at, so folds stay apart by them. What is known of the time of day and of slow volatility
 * remains; up against down should be a half again a few sessions on, unless a feature sees the future. Throws `MlError` `ML_OPTION` when the rows are no count.
 */
export function shiftedLabels(labels: Labels, { rows }: ShiftOptions): Labels {
  requireCount('shiftedLabels', 'rows', rows);
  const by = rows * labels.instruments;
  const later = <T extends Float64Array | Int32Array>(column: T, none: number): T => {
    const out = column.slice() as T;
    out.fill(none);
    if (by < column.length) out.set(column.subarray(by));
    return out;
  };
  return {
    ...labels,
    text: `shifted(${labels.text}, ${rows} rows)`,
    classes: later(labels.classes, Number.NaN),
    returns: later(labels.returns, Number.NaN),
    first: later(labels.first, -1),
    last: later(labels.last, -1),
  };
}
