import type { BarHistory, InstrumentIndex } from '@tradekit/core';

/** A fill that a venue is about to make, before slippage. One object, filled anew for each. */
export interface Execution {
  readonly instrument: InstrumentIndex;
  /** Row of its bar, and place of its session in the market. */
  readonly row: number;
  readonly session: number;
  /** +1 buys, −1 sells. */
  readonly sign: 1 | -1;
  /** What traded. */
  readonly price: number;
  /** Shares of the fill. */
  readonly quantity: number;
  /** Shares of the whole bar, and how many of them this venue has filled before. */
  readonly barVolume: number;
  readonly barTaken: number;
}

/** Dollars a share by which a fill is worse than what traded; each at least 0. Models add to it. */
export interface SlippageCost {
  spread: number;
  impact: number;
}

/** Adds to the cost of an execution. */
export type SlippageOf = (execution: Execution, cost: SlippageCost) => void;

/** How far a fill is from the price that traded, and how much of a bar may be had. A limit is kept by the venue, not here. */
export interface SlippageModel {
  /** Stands among the assumptions of a report. */
  readonly name: string;
  /** Largest part of a bar's volume that may be had; the rest waits for the next bar. Default: any size. */
  readonly maxVolumeFraction?: number;
  /** The model made ready for a market. It must look at nothing after the execution's bar. */
  on(market: BarHistory): SlippageOf;
}

/** Fills at the price that traded, in any size: the null object. */
export const noSlippage: SlippageModel = Object.freeze<SlippageModel>({ name: 'none', on: () => () => undefined });

/** Several models at once: costs add up, and the smallest part of a bar counts. */
export function slippages(...models: readonly SlippageModel[]): SlippageModel {
  const some = models.filter((model) => model !== noSlippage);
  const [only] = some;
  if (only === undefined) return noSlippage;
  if (some.length === 1) return only;
  const fractions = some.flatMap(({ maxVolumeFraction }) =>
    maxVolumeFraction === undefined ? [] : [maxVolumeFraction],
  );
  return Object.freeze<SlippageModel>({
    name: some.map(({ name }) => name).join(' + '),
    ...(fractions.length === 0 ? {} : { maxVolumeFraction: Math.min(...fractions) }),
    on(market) {
      const parts = some.map((model) => model.on(market));
      return (execution, cost) => {
        for (const part of parts) part(execution, cost);
      };
    },
  });
}
