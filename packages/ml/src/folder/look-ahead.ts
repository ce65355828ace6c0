/** Whether columns know what has not come yet. */
import type { BarHistory } from '@tradekit/core';
import type { FeatureColumns } from '@tradekit/indicators';
import { fail, requireCount } from '../error.js';

/** A value that is another one when later bars are hidden. */
export interface LookAhead {
  readonly feature: string;
  /** Row of the value, and the instrument. */
  readonly row: number;
  readonly instrument: number;
  /** Every row from this one on was hidden. */
  readonly hiddenFrom: number;
  readonly shown: number;
  readonly hidden: number;
}

/** Options of {@link lookAheadIn}. */
export interface LookAheadOptions {
  /** Rows at which the future is hidden, spread over the history. Default 5. */
  readonly cuts?: number;
}

/**
 * Fills columns again with all later bars hidden, at several rows, and names the first value of each feature that is another one then, to the bit: future values, scaling by the whole
 * sample, encodings by labels that had not ended, values that were filled backwards over one of these rows. Empty for columns that know the past alone. Costs one filling a cut. Throws `MlError` `ML_OPTION` on
 * a count that is none, `TRAIN_SHAPE` when columns do not fit the history.
 */
export function lookAheadIn(
  columnsOf: (history: BarHistory) => FeatureColumns,
  history: BarHistory,
  { cuts = 5 }: LookAheadOptions = {},
): readonly LookAhead[] {
  requireCount('lookAheadIn', 'cuts', cuts);
  const shown = columnsOf(history);
  const found = new Map<string, LookAhead>();
  for (let cut = 1; cut <= cuts; cut++) {
    const row = Math.floor((history.starts.length * cut) / (cuts + 1));
    for (const own of differences(shown, columnsOf(hiddenFrom(history, row)), row)) {
      if (!found.has(own.feature)) found.set(own.feature, own);
    }
  }
  return [...found.values()];
}

/** The history with nothing in its bars from a row on, and no official close of a session that had not ended. */
function hiddenFrom(history: BarHistory, row: number): BarHistory {
  const { bars, official, universe, firstRow } = history;
  const hidden = (column: Float64Array): Float64Array => column.slice().fill(Number.NaN, row * universe.size);
  const ended = firstRow.findLastIndex((first) => first <= row);
  return {
    ...history,
    bars: {
      open: hidden(bars.open),
      high: hidden(bars.high),
      low: hidden(bars.low),
      close: hidden(bars.close),
      volume: hidden(bars.volume),
    },
    official: official.slice().fill(Number.NaN, ended * universe.size),
  };
}

/** The first difference of each feature before a row. */
function differences(shown: FeatureColumns, hidden: FeatureColumns, row: number): readonly LookAhead[] {
  const { names, columns, instruments } = shown;
  const cells = row * instruments;
  if (hidden.columns.length !== columns.length || columns.some(({ length }) => length < cells)) {
    fail(
      'TRAIN_SHAPE',
      'columns do not fit the history, or are other ones each time; fill one a feature, over all rows',
    );
  }
  return columns.flatMap((column, k): readonly LookAhead[] => {
    const other = hidden.columns[k]!;
    for (let cell = 0; cell < cells; cell++) {
      if (Object.is(column[cell], other[cell])) continue;
      const place = { row: Math.floor(cell / instruments), instrument: cell % instruments };
      return [{ feature: names[k]!, ...place, hiddenFrom: row, shown: column[cell]!, hidden: other[cell]! }];
    }
    return [];
  });
}
