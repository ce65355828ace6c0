import type { InstrumentIndex } from '../market/instrument.js';
import type { OrderRequest } from '../orders/request.js';
import type { Signal } from '../strategy/signal.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import type { HaltEnd, TradingState } from './events.js';

/** A signal that changed in this slice, on its way to a size. */
export interface Wish {
  readonly strategy: StrategyIndex;
  readonly signal: Signal;
  /** Signed target in shares that the strategy itself asked for; `undefined` leaves it to the sizer. */
  readonly quantity: number | undefined;
  /** The strategy's share of the equity, in dollars. */
  readonly budget: number;
  /** Signed shares that the strategy's own book holds now. */
  readonly held: number;
}

/** What a risk manager may know. Everything is as of the last mark, and counts what this event has already approved. */
export interface RiskContext {
  readonly time: Timestamp;
  readonly session: SessionDay;
  readonly state: TradingState;
  /** Every instrument of the universe, in its order. */
  readonly instruments: readonly InstrumentIndex[];
  /** Cash and positions at the last mark. */
  readonly equity: number;
  /** Equity at the previous official close. */
  readonly previousCloseEquity: number;
  /** External flows since then. */
  readonly flows: number;
  /** Flow-adjusted index of the account, 1 at the start, and its highest value. */
  readonly index: number;
  readonly peakIndex: number;
  readonly cash: number;
  /** Cash that working orders may yet take: quantity × worst price + commission. */
  readonly reservedCash: number;
  /** Last mark, NaN before the first. */
  price(instrument: InstrumentIndex): number;
  /** Price that an order without a limit is reckoned with. */
  worstPrice(instrument: InstrumentIndex, side: 'buy' | 'sell'): number;
  /** Commission that so many shares at a price would cost. */
  commission(quantity: number, price: number): number;
  /** Signed shares of the whole account. */
  held(instrument: InstrumentIndex): number;
  /** Shares that working orders may yet buy; of an OCO pair one. */
  openBuys(instrument: InstrumentIndex): number;
  /** Shares that working orders may yet sell; of an OCO pair one. */
  openSells(instrument: InstrumentIndex): number;
  /** Sector of an instrument, `undefined` when it is not known. */
  sector(instrument: InstrumentIndex): string | undefined;
  /** Smallest quantity step in shares. */
  lot(instrument: InstrumentIndex): number;
}

/** A rule's no, with what it measured and what would pass. */
export interface Refusal {
  readonly kind: 'refused';
  readonly rule: string;
  readonly measured: number;
  readonly limit: number;
  readonly reason: string;
}

/** From `plan`: the signed target in shares. From `approve`: the order's quantity, at most what was asked. */
export type Verdict = { readonly kind: 'allow'; readonly quantity: number } | Refusal;

/** A tightening, from `watch`. */
export interface Tightening {
  readonly state: TradingState;
  readonly flatten: boolean;
  readonly until: HaltEnd;
  readonly rule: string;
  readonly reason: string;
}

/**
 * Sizes wishes, judges every opening order, and watches. Reducing orders are never shown to it: they cannot be refused.
 * It returns verdicts; only the engine turns one into an order.
 */
export interface RiskManager {
  readonly name: string;
  /** Sizes and cuts all wishes of a slice together: one verdict each, in their order. The result must not depend on that order. */
  plan(wishes: readonly Wish[], context: RiskContext): readonly Verdict[];
  /** Judges one opening order. */
  approve(request: OrderRequest, context: RiskContext): Verdict;
  /** Called on slices, fills and commands. Only tightens. */
  watch(context: RiskContext): Tightening | undefined;
}

/** Flat, allowed by nobody's rules: the null object. Sizes come from the strategy itself; a wish without one is refused. */
export const noRisk: RiskManager = Object.freeze<RiskManager>({
  name: 'none',
  plan: (wishes) =>
    wishes.map(({ quantity }) =>
      quantity === undefined
        ? {
            kind: 'refused',
            rule: 'no-size',
            measured: Number.NaN,
            limit: Number.NaN,
            reason: 'the strategy gave no size and there is no sizer',
          }
        : { kind: 'allow', quantity },
    ),
  approve: ({ quantity }) => ({ kind: 'allow', quantity }),
  watch: () => undefined,
});
