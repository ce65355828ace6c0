import { fail } from '../error.js';
import type { FeatureRows, Model } from '../trees/model.js';

/** Members in their order: at least one. */
export type Members = readonly [Model, ...(readonly Model[])];

/** Throws `MlError` unless there is a member, and all have the same features in the same order, and as many outputs. */
export function requireMembers(of: string, members: readonly Model[]): asserts members is Members {
  const [first, ...others] = members;
  if (first === undefined) return fail('ML_OPTION', `${of} has no member; give at least one`, { of });
  for (const [k, { features, outputs }] of others.entries()) {
    const member = k + 1;
    const place = first.features.findIndex((name, at) => features[at] !== name);
    if (place >= 0 || features.length !== first.features.length) {
      const message = `member ${member} of ${of} has other features than member 0; train all on the same, in the same order`;
      fail('FEATURES_DIFFER', message, { of, member });
    }
    if (outputs === first.outputs) continue;
    const message = `member ${member} of ${of} answers ${outputs} numbers a row, and member 0 ${first.outputs}; train all for the same classes`;
    fail('MEMBERS_DIFFER', message, { of, member });
  }
}

/** What each member says of rows. */
export const answersOf = (members: Members, rows: FeatureRows): readonly Float64Array[] =>
  members.map((member) => member.predict(rows));
