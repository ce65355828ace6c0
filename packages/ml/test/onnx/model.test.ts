/** Files made by `make-fixtures.ts`, whose answers are worked out by hand. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type AsyncModel, type MlError, type OnnxOptions, onnxModel } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { FLOAT, file, INT64, type Node, value } from './graph.js';
import { FIXTURES, linear, ROWS } from './make-fixtures.js';

/** Why tests are skipped; empty where the package has binaries for this machine. */
const missing = ((): string => {
  try {
    createRequire(import.meta.url)('onnxruntime-node');
    return '';
  } catch {
    return ` (skipped: onnxruntime-node has nothing for ${process.platform} ${process.arch})`;
  }
})();

const features = ['a', 'b'];
const three: OnnxOptions = { features, outputs: 3, answers: 'probabilities' };
const rowsOf = (...values: readonly number[]) => ({
  names: features,
  values: Float64Array.from(values),
  rows: values.length / 2,
});
const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: MlError) => error.code,
  );
/** One step from rows to an answer. */
const step = (operator: string, attributes: Node['attributes'] = {}): Node => ({
  ...{ operator, inputs: ['rows'], outputs: ['answer'], attributes },
});

test('the fixtures are what the script makes', () => {
  for (const [name, bytes] of Object.entries(FIXTURES)) {
    expect(new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)))).toEqual(bytes);
  }
});

describe.skipIf(missing !== '')(`scored${missing}`, () => {
  const close = (got: Float64Array, wanted: readonly number[]): void => {
    expect([...got]).toEqual(wanted.map((own) => expect.closeTo(own, 6)));
  };
  const odds = (...own: readonly number[]): readonly number[] => own.map((each) => each / own.reduce((a, b) => a + b));

  test('softmax of a linear model: odds 1 : 2^(a − b) : 2 · 5^a', async () => {
    const model = await onnxModel(linear('probabilities'), three);
    close(await model.predict(rowsOf(1, 0, 0, 1, 0, 0)), [...odds(1, 2, 10), ...odds(1, 0.5, 2), ...odds(1, 1, 2)]);
    expect(await model.predict(rowsOf())).toEqual(new Float64Array(0));
    await model.close();
  });

  test('margins are made probabilities here, and values are left as they are', async () => {
    const model = await onnxModel(linear('margins'), { ...three, answers: 'margins' });
    close(await model.predict(rowsOf(1, 0)), odds(1, 2, 10));
    const plain = await onnxModel(linear('margins'), { ...three, answers: 'values' });
    close(await plain.predict(rowsOf(1, 0)), [0, Math.log(2), Math.log(10)]);
    await Promise.all([model.close(), plain.close()]);
  });

  test('a tree beside its label: exact, missing values go left', async () => {
    const model = await onnxModel(readFileSync(join(import.meta.dirname, 'fixtures', 'tree.onnx')), {
      ...{ features, outputs: 2, answers: 'probabilities', output: 'probabilities' },
    });
    const said = await model.predict(rowsOf(9, 0.5, 9, 0.6, Number.NaN, Number.NaN));
    expect([...said]).toEqual([0.75, 0.25, 0.125, 0.875, 0.75, 0.25]);
    await model.close();
  });

  test('rows that do not fit, values it cannot do without, and a model that was closed', async () => {
    const model: AsyncModel = await onnxModel(linear('probabilities'), three);
    expect(await faultOf(model.predict({ ...rowsOf(1, 2), names: ['b', 'a'] }))).toBe('FEATURES_DIFFER');
    expect(await faultOf(model.predict({ ...rowsOf(1, 2), rows: 2 }))).toBe('ROWS_SHAPE');
    expect(await faultOf(model.predict(rowsOf(1, Number.POSITIVE_INFINITY)))).toBe('VALUE_INFINITE');
    expect(await faultOf(model.predict(rowsOf(1e39, 0)))).toBe('VALUE_INFINITE');
    expect(await faultOf(model.predict(rowsOf(0, 0, Number.NaN, 0)))).toBe('MODEL_OUTPUT');
    await model.close();
    await model.close();
    expect(await faultOf(model.predict(rowsOf(1, 0)))).toBe('MODEL_CLOSED');
  });

  test('files that are not what they are said to be', async () => {
    const open = (bytes: Uint8Array, options: Partial<OnnxOptions> = {}): Promise<string> =>
      faultOf(onnxModel(bytes, { ...three, ...options }));
    const good = linear('probabilities');
    const answer = value('answer', FLOAT, ['n', 2]);
    const identity = (rows: readonly number[], out = answer): Uint8Array =>
      file({ inputs: [rows], outputs: [out], nodes: [step('Identity')] });
    expect(await open(good.subarray(0, 200))).toBe('MODEL_SYNTAX');
    expect(await open(new Uint8Array(40))).toBe('MODEL_SYNTAX');
    expect(await open(file({ inputs: [ROWS], outputs: [answer], nodes: [step('NoSuchStep')] }))).toBe('MODEL_SYNTAX');
    expect(await open(good, { maxLength: 100 })).toBe('MODEL_TOO_LARGE');
    expect(await open(good, { features: ['a'] })).toBe('FEATURES_DIFFER');
    expect(await open(good, { outputs: 2 })).toBe('MODEL_OUTPUT');
    expect(await open(good, { output: 'margins' })).toBe('MODEL_UNSUPPORTED');
    expect(await open(linear('probabilities', value('rows', FLOAT, ['n', 'any'])), { features: ['a'] })).toBe(
      'MODEL_OUTPUT',
    );
    expect(await open(linear('probabilities', value('rows', FLOAT, [1, 2])))).toBe('MODEL_UNSUPPORTED');
    expect(await open(identity(value('rows', INT64, ['n', 2]), value('answer', INT64, ['n', 2])))).toBe(
      'MODEL_UNSUPPORTED',
    );
    const label = file({
      inputs: [ROWS],
      outputs: [value('answer', INT64, ['n', 2])],
      nodes: [step('Cast', { to: INT64 })],
    });
    expect(await open(label)).toBe('MODEL_UNSUPPORTED');
    const second = file({ inputs: [ROWS, value('more', FLOAT, ['n'])], outputs: [answer], nodes: [step('Identity')] });
    expect(await open(second)).toBe('MODEL_UNSUPPORTED');
    // Opens, since nothing says what its numbers are, and is found out by the first row.
    const values = await onnxModel(identity(ROWS), { ...three, outputs: 2 });
    expect(await faultOf(values.predict(rowsOf(0.5, 0.6)))).toBe('MODEL_OUTPUT');
    expect([...(await values.predict(rowsOf(0.5, 0.5)))]).toEqual([0.5, 0.5]);
    await values.close();
  });
});

test('options out of range', async () => {
  expect(await faultOf(onnxModel(new Uint8Array(0), { ...three, features: [] }))).toBe('ML_OPTION');
  expect(await faultOf(onnxModel(new Uint8Array(0), { ...three, outputs: 0 }))).toBe('ML_OPTION');
  const answers = 'other' as OnnxOptions['answers'];
  expect(await faultOf(onnxModel(new Uint8Array(0), { ...three, answers }))).toBe('ML_OPTION');
});
