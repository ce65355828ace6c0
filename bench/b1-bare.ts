/**
 * The bare loop of B1, the unit of every speed figure: typed arrays, slices outside, symbols inside, one shared cash account,
 * equity stored at every step. Symbol-major columns, so that its own reads are as cheap as they can be.
 */
import { B1_BARS, B1_SYMBOLS } from './b1-market.js';

/** Opens and closes, index = symbol × bars + bar. */
export interface BareMarket {
  readonly open: Float64Array;
  readonly close: Float64Array;
}

/** What the bare loop comes to. */
export interface BareResult {
  readonly fills: number;
  readonly fees: number;
  /** After every bar. */
  readonly equity: Float64Array;
}

/** Columns of the bare loop from time-major ones. */
export function bareMarket({ open, close }: BareMarket): BareMarket {
  const turned = (column: Float64Array): Float64Array =>
    Float64Array.from(column, (_, k) => column[(k % B1_BARS) * B1_SYMBOLS + Math.floor(k / B1_BARS)] ?? Number.NaN);
  return { open: turned(open), close: turned(close) };
}

/** One pass over the market. */
export function bareLoop({ open, close }: BareMarket): BareResult {
  const sum10 = new Float64Array(B1_SYMBOLS);
  const sum30 = new Float64Array(B1_SYMBOLS);
  const position = new Float64Array(B1_SYMBOLS);
  const above = new Uint8Array(B1_SYMBOLS);
  const pending = new Int8Array(B1_SYMBOLS);
  const equity = new Float64Array(B1_BARS);
  let cash = 1_000_000;
  let fills = 0;
  let fees = 0;
  for (let i = 0; i < B1_BARS; i++) {
    let held = 0;
    for (let s = 0; s < B1_SYMBOLS; s++) {
      const k = s * B1_BARS + i;
      const last = close[k] as number;
      if (pending[s] !== 0) {
        const quantity = (pending[s] as number) * 10;
        const notional = quantity * (open[k] as number);
        const fee = Math.abs(notional) * 0.0005;
        cash -= notional + fee;
        fees += fee;
        position[s] = (position[s] as number) + quantity;
        pending[s] = 0;
        fills++;
      }
      const cents = Math.round(last * 100);
      sum10[s] = (sum10[s] as number) + cents;
      sum30[s] = (sum30[s] as number) + cents;
      if (i >= 10) sum10[s] = (sum10[s] as number) - Math.round((close[k - 10] as number) * 100);
      if (i >= 30) sum30[s] = (sum30[s] as number) - Math.round((close[k - 30] as number) * 100);
      if (i >= 29) {
        const now = 3 * (sum10[s] as number) > (sum30[s] as number) ? 1 : 0;
        if (i >= 30 && now !== above[s]) {
          if (now === 1) {
            if (position[s] === 0) pending[s] = 1;
          } else if ((position[s] as number) > 0) pending[s] = -1;
        }
        above[s] = now;
      }
      held += (position[s] as number) * last;
    }
    equity[i] = cash + held;
  }
  return { fills, fees, equity };
}
