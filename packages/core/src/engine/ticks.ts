/** Prices on the tick, free of binary dust: 0.01 × 12345 is 123.45. */

/** The nearest price on the tick. */
export function onTick(price: number, tick: number): number {
  return priceAt(Math.round(price / tick), tick);
}

/** The price on the tick that is no higher for a buy, and no lower for a sale. */
export function noWorseOnTick(price: number, tick: number, side: 'buy' | 'sell'): number {
  const ticks = price / tick;
  // A price that is on the tick already stays where it is.
  return priceAt(side === 'buy' ? Math.floor(ticks + DUST) : Math.ceil(ticks - DUST), tick);
}

const DUST = 1e-6;

function priceAt(ticks: number, tick: number): number {
  return Math.round(ticks * tick * 1e9) / 1e9;
}
