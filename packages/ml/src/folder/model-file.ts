/** Dated models as files: one a member, in XGBoost's JSON for trees, with everything else in its attributes. */
import { fail } from '../error.js';
import type { DriftBaseline } from '../evaluation/drift.js';
import { readLogisticJson, writeLogisticJson } from '../linear/file.js';
import { find } from '../trees/document.js';
import type { ReadOptions } from '../trees/limits.js';
import { readXgboostJson } from '../trees/xgboost/read.js';
import { writeXgboostJson } from '../trees/xgboost/write.js';
import type { CalibrationNumbers } from './class-calibration.js';
import { type DatedModel, datedModel, type Member } from './dated-model.js';
import { attributesOf, identityOf } from './identity.js';

/** The files of a dated model, one a member, in their order. Any XGBoost since 1.7 loads those of trees, without the calibration. */
export function modelTexts({ identity, members, calibration, drift }: DatedModel): readonly string[] {
  const baselines = drift.map(({ limits, parts }) => ({ limits: [...limits], parts: [...parts] }));
  return members.map((model, member) => {
    const attributes = {
      ...attributesOf(identity),
      'tradekit.member': `${member + 1} of ${members.length}`,
      'tradekit.calibration': JSON.stringify(calibration),
      'tradekit.drift': JSON.stringify(baselines),
    };
    return 'ensemble' in model
      ? writeXgboostJson(model.ensemble, { attributes })
      : writeLogisticJson(model, { attributes });
  });
}

/**
 * The model of such files, in their order. Throws `MlError` as `readXgboostJson` and `identityOf` do, and `MODEL_MEMBERS` when files are missing, or are of
 * other models.
 */
export function readModelTexts(texts: readonly string[], options: ReadOptions = {}): DatedModel {
  const members = texts.map((text) => readMember(text, options));
  const [first, ...others] = texts.map(attributesIn);
  if (first === undefined) return fail('MODEL_MEMBERS', 'there is no model file; train again');
  const identity = identityOf(first);
  const isOne = others.every((attributes) => attributes['tradekit.identity'] === first['tradekit.identity']);
  const counts = [first, ...others].map((attributes) => attributes['tradekit.member']);
  if (!isOne || counts.some((count, member) => count !== `${member + 1} of ${texts.length}`)) {
    const what = `${texts.length} model files say they are ${counts.join(', ')}`;
    fail('MODEL_MEMBERS', `${what}; put back those that training has left, or train again`, { files: texts.length });
  }
  const drift = JSON.parse(first['tradekit.drift'] ?? '[]') as { limits: number[]; parts: number[] }[];
  return datedModel({
    identity,
    members,
    calibration: JSON.parse(first['tradekit.calibration'] ?? '[]') as CalibrationNumbers[],
    drift: drift.map(
      ({ limits, parts }): DriftBaseline => ({ limits: Float64Array.from(limits), parts: Float64Array.from(parts) }),
    ),
  });
}

/** Which of the kinds a file is stands at its beginning. */
function readMember(text: string, options: ReadOptions): Member {
  return text.startsWith('{"format":"tradekit') ? readLogisticJson(text, options) : readXgboostJson(text, options);
}

/** The texts in the attributes of a file that was read before. */
function attributesIn(text: string): Readonly<Record<string, string>> {
  const document: unknown = JSON.parse(text);
  const found = find(document, 'learner.attributes') ?? find(document, 'attributes');
  if (typeof found !== 'object' || found === null) return {};
  return Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'string'));
}
