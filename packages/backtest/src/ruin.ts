import { type AccountView, TradekitError } from '@tradekit/core';

/**
 * For the loop's `stopping`: throws `TradekitError` `RUINED` after a slice that left an equity of 0 or less. There is nothing that a
 * run could go on with, and no return that could be reckoned. Otherwise it answers what `stopping` does.
 */
export function stoppingWhenRuined(account: AccountView, stopping?: () => boolean): () => boolean {
  return () => {
    const { equity } = account;
    if (equity > 0) return stopping?.() === true;
    const message = `the equity is ${equity.toFixed(2)} dollars: nothing is left to trade with; limit the positions or their loss`;
    throw new TradekitError('RUINED', message, { equity });
  };
}
