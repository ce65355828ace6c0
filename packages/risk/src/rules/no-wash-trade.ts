import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/**
 * Nothing opens while an order of the opposite side rests in the same instrument, of whichever strategy, stops and targets
 * included: the two could trade with each other. What rests may be cancelled or filled; the wish is tried again later.
 */
export function noWashTrade(): RiskRule {
  return eachAlone('no-wash-trade', ({ instrument, direction }, context) => {
    const resting = direction > 0 ? context.openSells(instrument) : context.openBuys(instrument);
    if (resting === 0) return pass;
    const side = direction > 0 ? 'sold' : 'bought';
    return refuse(resting, 0, `${resting} shares rest to be ${side} in the same instrument`);
  });
}
