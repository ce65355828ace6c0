import type { InstrumentIndex } from '../market/instrument.js';
import type { OrderRequest } from '../orders/request.js';
import type { FeatureSpec } from '../strategy/feature.js';
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

/** Sessions whose returns {@link RiskContext.sessionReturn} knows. */
export const RETURN_SESSIONS = 120;

/** The last opening order of a book. */
export interface RecentEntry {
  /** When it left. */
  readonly time: Timestamp;
  /** Shares, signed: above zero it bought. */
  readonly quantity: number;
}

/** What a strategy's closed trades have come to: round trips of its books, from flat to flat, after all commissions. */
export interface TradeStatistics {
  readonly count: number;
  /** Mean of result / cost of what was opened, as a fraction; NaN without a trade. */
  readonly meanReturn: number;
  /** Sample variance of the same; NaN below two trades. */
  readonly variance: number;
}

/** What a risk manager may know. Everything is as of the last mark, and counts what this event has already approved. */
export interface RiskContext {
  readonly time: Timestamp;
  /** Counts changes of positions, open orders and marks: what was reckoned of them at the same count still holds. */
  readonly changes: number;
  /** Instruments of which they have changed since such a count, in the order of the changes; `undefined` when all of them may have. */
  changedSince(changes: number): readonly InstrumentIndex[] | undefined;
  readonly session: SessionDay;
  /** Regular hours of the session; NaN before the first slice. */
  readonly sessionOpen: Timestamp;
  readonly sessionClose: Timestamp;
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
  /** At most so many instruments are held or being ordered. */
  readonly positionsAtMost: number;
  /**
   * No exposure of the account comes to more dollars, whatever trades: all that is held and the larger side of every instrument's
   * orders, at worst prices. Cheap, so that a rule need not measure what is surely within its limit.
   */
  readonly exposureAtMost: number;
  /** Id of an instrument. */
  id(instrument: InstrumentIndex): string;
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
  /** End of the last slice in which the instrument had a bar, NaN before the first. */
  lastTradeTime(instrument: InstrumentIndex): Timestamp;
  /** Official closes seen so far: what `averageVolume` and `sessionReturn` tell changes only with it. */
  readonly sessionsClosed: number;
  /** Mean shares a session over those of the last 20 closed sessions in which it traded, in today's shares; NaN before the first. */
  averageVolume(instrument: InstrumentIndex): number;
  /**
   * Return of the session that closed so many sessions ago: 1 is the last one, {@link RETURN_SESSIONS} the earliest kept. Official close to official
   * close, splits and dividends taken out. NaN where the instrument did not trade in that session or in the one before it.
   */
  sessionReturn(instrument: InstrumentIndex, sessionsAgo: number): number;
  /** Value of a feature that the manager lists in `features`, after the last slice. Throws `RiskError` for another one. */
  feature(spec: FeatureSpec, instrument: InstrumentIndex): number;
  /** Stop of the stance that a strategy has in an instrument, NaN where it has none. */
  stopPrice(strategy: StrategyIndex, instrument: InstrumentIndex): number;
  /** Opening orders that left in this session at or after a time. */
  entriesSince(time: number): number;
  /** The last opening order of a strategy in an instrument, `undefined` before the first. */
  lastEntry(strategy: StrategyIndex, instrument: InstrumentIndex): RecentEntry | undefined;
  /** When a book of the instrument was last closed at a loss, commissions included; NaN when never. */
  lastLossTime(instrument: InstrumentIndex): Timestamp;
  /** What a strategy's closed trades have come to. */
  tradeStatistics(strategy: StrategyIndex): TradeStatistics;
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
  /** What was measured and what it may be, in the unit of `limit`: the difference is the overshoot. */
  readonly measured?: number;
  readonly limit?: number;
  /** For research: a halt until `started` ends by itself at the first slice of the session so many sessions later. */
  readonly releaseAfterSessions?: number;
}

/** A position that has drifted so far past a limit that it is reduced, from `trims`. */
export interface Trim {
  readonly instrument: InstrumentIndex;
  /** The part of what is held that stays, 0 … 1. */
  readonly fraction: number;
  readonly rule: string;
  readonly measured: number;
  readonly limit: number;
}

/**
 * Sizes wishes, judges every opening order, and watches. Reducing orders are never shown to it: they cannot be refused.
 * It returns verdicts; only the engine turns one into an order.
 */
export interface RiskManager {
  readonly name: string;
  /** Features that it reads through `context.feature`; stepped like those of strategies. */
  readonly features?: readonly FeatureSpec[];
  /** Sizes and cuts all wishes of a slice together: one verdict each, in their order. The result must not depend on that order. */
  plan(wishes: readonly Wish[], context: RiskContext): readonly Verdict[];
  /** Judges one opening order. */
  approve(request: OrderRequest, context: RiskContext): Verdict;
  /** Called on slices, fills and commands. Only tightens. */
  watch(context: RiskContext): Tightening | undefined;
  /** Called on slices that decide, before strategies are asked. Left out: drift past a limit only blocks adding. */
  trims?(context: RiskContext): readonly Trim[];
  /**
   * The same manager with a lower limit of one rule, for a `tighten` command; a refusal, with the limit that holds, where the rule is
   * not known or the limit not lower. It reads the same features. Left out: nothing can be tightened while it runs.
   */
  tightened?(rule: string, limit: number): RiskManager | Refusal;
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
