/** Writing and reading back, and files that are no models. */
import {
  type MlError,
  readLightgbmText,
  readXgboostJson,
  readXgboostUbj,
  treeModel,
  writeXgboostJson,
} from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missing, textOf } from '../fixtures.js';
import { codeOf } from '../history.js';
import { bitsOf, distance, inputs, json, LIGHTGBM, marginsOf, ubj, XGBOOST } from './kit.js';
import { stump } from './stump.js';

describe.skipIf(missing !== '')(`fixtures${missing}`, () => {
  test.each(XGBOOST)('%s: written and read back it scores the same bits, and is written the same', (name) => {
    const model = readXgboostJson(json(name));
    const text = writeXgboostJson(model.ensemble);
    const back = readXgboostJson(text);
    expect(bitsOf(marginsOf(back))).toEqual(bitsOf(marginsOf(model)));
    expect(bitsOf(back.predict(inputs()))).toEqual(bitsOf(model.predict(inputs())));
    expect(writeXgboostJson(back.ensemble)).toBe(text);
  });

  test('a base that differs between classes is a tree a class, for readers that know only one number', () => {
    const model = readXgboostJson(json('xgb-3.2.0-softprob3'));
    const back = readXgboostJson(writeXgboostJson(model.ensemble));
    expect([...back.ensemble.base]).toEqual([0, 0, 0]);
    expect(back.ensemble.trees.length).toBe(model.ensemble.trees.length + 3);
    expect(back.ensemble.trees.slice(0, 3).map(({ value }) => value[0])).toEqual([...model.ensemble.base]);
  });

  test.each(['dart', 'gblinear', 'categorical', 'vector-leaf'])('refuses %s by its name', (layout) => {
    let error: MlError | undefined;
    try {
      readXgboostJson(textOf(`refuse/${layout}-3.2.0.json`));
    } catch (thrown) {
      error = thrown as MlError;
    }
    expect([error?.name, error?.code, error?.context.layout]).toEqual(['MlError', 'MODEL_UNSUPPORTED', layout]);
    expect(error?.message).toContain(`"${layout}"`);
  });

  test('a file cut short anywhere, or of another kind, is a typed error', () => {
    const text = json('xgb-3.2.0-binary_base03');
    const bytes = ubj('xgb-3.2.0-binary_base03');
    const light = textOf(`${LIGHTGBM[0]}.txt`);
    const trees = light.slice(0, light.indexOf('end of trees') + 12);
    for (let length = 0; length < 5400; length += 7) {
      expect(codeOf(() => readXgboostJson(text.slice(0, length)))).toBe('MODEL_SYNTAX');
      expect(codeOf(() => readXgboostUbj(bytes.subarray(0, length)))).toBe('MODEL_SYNTAX');
      expect(codeOf(() => readLightgbmText(trees.slice(0, length)))).toMatch(/^MODEL_/);
    }
    expect(codeOf(() => readXgboostJson(light))).toBe('MODEL_SYNTAX');
    expect(codeOf(() => readXgboostUbj(new TextEncoder().encode(text)))).toBe('MODEL_SYNTAX');
    expect(codeOf(() => readLightgbmText(text))).toBe('MODEL_SYNTAX');
    expect(codeOf(() => readXgboostUbj(Uint8Array.from([...bytes, 0])))).toBe('MODEL_SYNTAX');
  });

  test('any byte changed: read all the same, or a typed error', () => {
    const bytes = ubj('xgb-3.2.0-binary_base03');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          readXgboostUbj(changed).margins(inputs());
          return true;
        } catch (error) {
          return (error as MlError).name === 'MlError';
        }
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  test('a model with names refuses other names', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const model = readXgboostJson(json('xgb-3.2.0-binary'), { features: names });
    expect(codeOf(() => model.predict(inputs()))).toBe('FEATURES_DIFFER');
    const text = writeXgboostJson(model.ensemble);
    expect(readXgboostJson(text).features).toEqual(names);
    expect(codeOf(() => readXgboostJson(text, { features: [...names].reverse() }))).toBe('FEATURES_DIFFER');
    expect(codeOf(() => readXgboostJson(text, { features: ['a'] }))).toBe('FEATURES_DIFFER');
    expect(distance(model.predict({ ...inputs(), names }), readXgboostJson(text).predict({ ...inputs(), names }))).toBe(
      0,
    );
  });

  test('LightGBM’s thresholds cannot be written for XGBoost', () => {
    const { ensemble } = readLightgbmText(textOf(`${LIGHTGBM[0]}.txt`));
    expect(codeOf(() => writeXgboostJson(ensemble))).toBe('MODEL_UNSUPPORTED');
  });
});

test('a file longer than allowed is not parsed', () => {
  expect(codeOf(() => readXgboostJson('{}{}', { maxLength: 3 }))).toBe('MODEL_TOO_LARGE');
  expect(codeOf(() => readXgboostUbj(new Uint8Array(4), { maxLength: 3 }))).toBe('MODEL_TOO_LARGE');
  expect(codeOf(() => readLightgbmText('tree', { maxLength: 3 }))).toBe('MODEL_TOO_LARGE');
});

test('a tree that is none: a child twice, a child outside, a feature that does not exist, a leaf that is no number', () => {
  const text = writeXgboostJson(stump());
  const broken = (from: string, to: string): string | undefined => {
    expect(text).toContain(from);
    return codeOf(() => readXgboostJson(text.replace(from, to)));
  };
  expect(broken('"left_children":[1,-1,-1]', '"left_children":[2,-1,-1]')).toBe('MODEL_TREE');
  expect(broken('"left_children":[1,-1,-1]', '"left_children":[0,-1,-1]')).toBe('MODEL_TREE');
  expect(broken('"left_children":[1,-1,-1]', '"left_children":[7,-1,-1]')).toBe('MODEL_TREE');
  expect(broken('"split_indices":[1,', '"split_indices":[2,')).toBe('MODEL_TREE');
  expect(broken('"num_nodes":"3"', '"num_nodes":"4"')).toBe('MODEL_FIELD');
  expect(broken('"tree_info":[0]', '"tree_info":[1]')).toBe('MODEL_FIELD');
  expect(broken('"num_feature":"2","num_target"', '"num_feature":"9999999999","num_target"')).toBe('MODEL_TOO_LARGE');
  expect(broken('"base_score":"0.5"', '"base_score":"1.5"')).toBe('MODEL_FIELD');
  expect(broken('"base_score":"0.5"', '"base_score":""')).toBe('MODEL_FIELD');
  expect(broken('binary:logistic', 'rank:pairwise')).toBe('MODEL_UNSUPPORTED');
  expect(codeOf(() => writeXgboostJson({ ...stump(), base: Float64Array.of(Number.NaN) }))).toBe('MODEL_FIELD');
  expect(JSON.parse(writeXgboostJson(stump(), { attributes: { feed: 'a "b"' } })).learner.attributes).toEqual({
    feed: 'a "b"',
  });
  expect(codeOf(() => treeModel(stump()).predict({ names: ['a', 'b'], values: new Float64Array(3), rows: 1 }))).toBe(
    'ROWS_SHAPE',
  );
});
