import { featureSet } from '@tradekit/indicators';
import { type DatedModel, identityHash, modelTexts, readModelTexts, requireFeatures, requireFeed } from '@tradekit/ml';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../history.js';
import { DATA, plan, randomWalk, trained } from './kit.js';

const model = trained();
const text = modelTexts(model)[0] ?? '';
const rows = { names: ['last', 'four'], values: Float64Array.of(0.001, -0.002, Number.NaN, 0.004), rows: 2 };

/** The file with other attributes. */
function withAttributes(change: (attributes: Record<string, string>) => void): string {
  const document = JSON.parse(text) as { learner: { attributes: Record<string, string> } };
  change(document.learner.attributes);
  return JSON.stringify(document);
}

const changed = (change: (identity: Record<string, unknown>) => void): string =>
  withAttributes((attributes) => {
    const identity = JSON.parse(attributes['tradekit.identity'] ?? '{}') as Record<string, unknown>;
    change(identity);
    attributes['tradekit.identity'] = JSON.stringify(identity);
  });

describe('a model file', () => {
  it('says what it was trained on', () => {
    expect(model.identity).toMatchObject({
      data: DATA,
      feed: 'unknown',
      horizonBars: 2,
      definitions: plan.features,
      dropsMissing: true,
      labels: 'direction(2 bars, 0.001)',
      // 26 bars from 9:30, the first of which ends at 9:45; the span of the last label ends 3 rows later, with the session.
      minutes: [585, 915],
    });
    expect(model.identity.features).toBe(featureSet(plan.features).text);
    expect(model.identity.trainer).toMatch(/^boosting\(.*"weights":"uniqueness"/);
  });

  it('read back, says the same of everything to the bit', () => {
    const again = readModelTexts([text]);
    expect(again.identity).toEqual(model.identity);
    expect(again.drift).toEqual(model.drift);
    expect(again.predict(rows)).toEqual(model.predict(rows));
    expect(modelTexts(again)).toEqual([text]);
  });

  it('of logistic regression likewise, and of several members', () => {
    for (const own of [
      { ...plan, trainer: { kind: 'logistic' } as const },
      { ...plan, members: 2, trainer: { ...plan.trainer, rowFraction: 0.5 } as const },
    ]) {
      const made = trained(own as typeof plan);
      const again = readModelTexts(modelTexts(made));
      expect(again.predict(rows)).toEqual(made.predict(rows));
    }
  });

  it.each([
    ['cut short', () => [text.slice(0, 2000)], 'MODEL_SYNTAX'],
    ['of no training', () => [withAttributes((all) => delete all['tradekit.identity'])], 'MODEL_IDENTITY'],
    [
      'that was given another feed by hand',
      () => [changed((own) => Object.assign(own, { feed: 'sip' }))],
      'MODEL_IDENTITY',
    ],
    ['of a kind that is not read', () => [text.replace('"gbtree"', '"dart"')], 'MODEL_UNSUPPORTED'],
    [
      'without its other member',
      () => [withAttributes((all) => Object.assign(all, { 'tradekit.member': '1 of 2' }))],
      'MODEL_MEMBERS',
    ],
    [
      'beside one of another training',
      () => [text, modelTexts(trained(plan, randomWalk(31, 2)))[0] ?? ''],
      'MODEL_MEMBERS',
    ],
    ['that is none at all', () => [], 'MODEL_MEMBERS'],
  ])('%s is refused', (_, texts, code) => {
    expect(codeOf(() => readModelTexts(texts()))).toBe(code);
  });

  it('that is too large is refused', () => {
    expect(codeOf(() => readModelTexts([text], { maxLength: 1000 }))).toBe('MODEL_TOO_LARGE');
  });

  it('whose indicators are computed otherwise by now is refused', () => {
    const old = changed((own) => {
      own.features = String(own.features).replace('kernels ', 'kernels 1');
    });
    const document = JSON.parse(old) as { learner: { attributes: Record<string, string> } };
    const identity = JSON.parse(document.learner.attributes['tradekit.identity'] ?? '') as DatedModel['identity'];
    document.learner.attributes['tradekit.hash'] = identityHash(identity);
    expect(codeOf(() => readModelTexts([JSON.stringify(document)]))).toBe('FEATURES_DIFFER');
  });
});

describe('a model', () => {
  it('refuses features of the same names that are computed otherwise', () => {
    const others = featureSet([
      { name: 'last', indicator: 'logReturn' },
      { name: 'four', indicator: 'logReturn', parameters: { bars: 5 } },
    ]);
    expect(() => requireFeatures(model.identity, others.text)).toThrow(/four=.*4.*four=.*5/);
    expect(() => requireFeatures(model.identity, featureSet(plan.features).text)).not.toThrow();
  });

  it('refuses another feed, unless it is listed', () => {
    expect(codeOf(() => requireFeed(model.identity, 'iex'))).toBe('FEED_DIFFERS');
    expect(() => requireFeed(model.identity, 'iex', ['iex'])).not.toThrow();
    expect(() => requireFeed(model.identity, 'unknown')).not.toThrow();
  });
});
