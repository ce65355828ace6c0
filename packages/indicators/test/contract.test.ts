import * as tradekit from '@tradekit/indicators';
import { describeFeatureContract } from '@tradekit/indicators/testing';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.js';

/** Exported functions that are no indicators. */
const OTHERS = [
  'batch',
  'batchAll',
  'catalogue',
  'convergenceBars',
  'defaultFeatures',
  'featureColumns',
  'featureSet',
  'stream',
  'streamAll',
];

test('every exported indicator is in the catalogue, and with it under the contract', () => {
  const exported = Object.entries(tradekit).flatMap(([name, value]) =>
    typeof value === 'function' && !OTHERS.includes(name) ? [name] : [],
  );
  expect(Object.keys(catalogue).sort()).toEqual(exported.sort());
});

test('no two specs of the catalogue share a key', () => {
  const keys = Object.values(catalogue).flatMap((entries) => entries.map(([{ key }]) => key));
  const same = keys.filter((key, k) => keys.indexOf(key) !== k);
  expect(same).toEqual([]);
});

for (const [name, entries] of Object.entries(catalogue)) {
  for (const [spec, options] of entries) describeFeatureContract(`${name}: ${spec.key}`, spec, options);
}
