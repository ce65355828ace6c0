import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link shortPermission}. */
export interface ShortPermissionOptions {
  /** Ids that may be sold short. An empty list: none. */
  readonly symbols: readonly string[];
}

/** Only listed instruments are sold short. */
export function shortPermission({ symbols }: ShortPermissionOptions): RiskRule {
  const permitted = new Set(symbols);
  return eachAlone('short-permission', ({ instrument, direction, quantity }, context) => {
    if (direction > 0) return pass;
    const id = context.id(instrument);
    if (permitted.has(id)) return pass;
    return refuse(quantity, 0, `"${id}" may not be sold short`);
  });
}
