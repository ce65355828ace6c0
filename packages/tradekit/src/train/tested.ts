/** What was said of every tested sample, and what came: folds put one after the other. */
import { type BarHistory, newYorkMinute, type Timestamp } from '@tradekit/core';
import { baselineColumns, baseRates, cellsAt, type Fold, rowsAt, type TrainingData, trainingSet } from '@tradekit/ml';
import type { DoneFold } from './fold-store.js';

/** Columns over the tested samples. */
export interface Tested {
  /** Number of the fold, from 0. */
  readonly fold: Int32Array;
  readonly instrument: Int32Array;
  /** Row of the history. */
  readonly row: Int32Array;
  /** Session of the history, from 0. */
  readonly session: Int32Array;
  /** New York hour of the decision. */
  readonly hour: Int32Array;
  /** Calibrated probabilities of down, flat and up, three a sample. */
  readonly said: Float64Array;
  /** Rates of the three in the training of the fold, three a sample. */
  readonly base: Float64Array;
  /** Rates by time of day and past volatility, likewise. */
  readonly slotBase: Float64Array;
  readonly classes: Float64Array;
  /** Return of a position that is long, before costs. */
  readonly returns: Float64Array;
}

/** Every place of them. */
export function everyPlace({ fold }: Tested): Int32Array {
  return Int32Array.from(fold, (_, place) => place);
}

/** Puts the folds together. */
export function testedOf(
  data: TrainingData,
  folds: readonly Fold[],
  done: readonly DoneFold[],
  history: BarHistory,
): Tested {
  const count = folds.reduce((sum, { test }) => sum + test.length, 0);
  const whole = (): Int32Array => new Int32Array(count);
  const real = (width = 1): Float64Array => new Float64Array(width * count);
  const places = { fold: whole(), instrument: whole(), row: whole(), session: whole(), hour: whole() };
  const numbers = { said: real(3), base: real(3), slotBase: real(3), classes: real(), returns: real() };
  const sessions = sessionOfRow(history);
  const bySlot = slotRates(data, history);
  const { instruments, classes, returns } = data.labels;
  let at = 0;
  for (const [k, fold] of folds.entries()) {
    const { said, note } = done[k]!;
    numbers.said.set(said, 3 * at);
    numbers.slotBase.set(bySlot(fold), 3 * at);
    for (const cell of cellsAt(data, fold.test)) {
      const row = Math.floor(cell / instruments);
      places.fold[at] = k;
      places.instrument[at] = cell % instruments;
      places.row[at] = row;
      places.session[at] = sessions[row]!;
      places.hour[at] = Math.floor(newYorkMinute(data.ends[row]! as Timestamp) / 60);
      numbers.base.set(note.rates, 3 * at);
      numbers.classes[at] = classes[cell]!;
      numbers.returns[at] = returns[cell]!;
      at++;
    }
  }
  return { ...places, ...numbers };
}

/** Tenths of the past volatility by slot: what is to be known of a bar without knowing anything of its direction. */
function slotRates(data: TrainingData, history: BarHistory): (fold: Fold) => Float64Array {
  const columns = baselineColumns(history);
  const rates = baseRates({
    target: { kind: 'classes', count: 3 },
    by: [
      { kind: 'values', feature: 'slot' },
      { kind: 'quantiles', feature: 'volatility-ratio', buckets: 10 },
    ],
  });
  return ({ train, test }) =>
    rates.train(trainingSet(columns, data.labels, cellsAt(data, train))).predict(rowsAt(columns, cellsAt(data, test)));
}

function sessionOfRow({ firstRow }: BarHistory): Int32Array {
  const out = new Int32Array(firstRow.at(-1)!);
  for (let k = 0; k + 1 < firstRow.length; k++) out.fill(k, firstRow[k]!, firstRow[k + 1]!);
  return out;
}
