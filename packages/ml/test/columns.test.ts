import { featureColumns, featureSet } from '@tradekit/indicators';
import {
  boosting,
  directionLabels,
  readXgboostJson,
  rowsAt,
  samplesOf,
  trainingSet,
  uniquenessWeights,
  writeXgboostJson,
} from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf, handHistory } from './history.js';

const opens = [1, 2, 4, 3, 6, 5, 8, 7, 9, 9];
const history = handHistory(10, [opens, [...opens].reverse()]);
const columns = featureColumns(featureSet([{ name: 'move', indicator: 'logReturn' }]), history);
const labels = directionLabels(history, { deadBand: { kind: 'fixed', fraction: 0 } });

test('features and labels of a history are trained on where they lie', () => {
  const { cells } = samplesOf(labels);
  const set = trainingSet(columns, labels, cells, uniquenessWeights(labels));
  expect(set.columns).toBe(columns.columns);
  expect(set.targets).toBe(labels.classes);
  const model = boosting({ target: { kind: 'classes', count: 3 }, rounds: 3, minChildWeight: 0 }).train(set);
  const said = model.predict(rowsAt(columns, cells));
  expect(said.length).toBe(3 * cells.length);
  const back = readXgboostJson(writeXgboostJson(model.ensemble));
  expect(back.features).toEqual(['move']);
  expect([...back.predict(rowsAt(columns, cells))]).toEqual([...said]);
});

test('the features of cells, one row each', () => {
  const { values, names, rows } = rowsAt(columns, Int32Array.of(2, 3));
  expect([names, rows, [...values]]).toEqual([['move'], 2, [Math.log(2), Math.log(9 / 9)]]);
});

test('refuses features and labels of different histories', () => {
  const other = directionLabels(handHistory(5, [[1, 2, 3, 4, 5]]));
  expect(codeOf(() => trainingSet(columns, other, Int32Array.of(0)))).toBe('TRAIN_SHAPE');
});
