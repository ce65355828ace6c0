/** What risk rules may ask of the past beside the ledger. Everything is known from events and recorded decisions. */
import type { Bars } from '../market/bars.js';
import type { OrderGroup } from '../orders/group.js';
import { roundQuantity } from '../orders/quantity.js';
import { isReducing, type OrderRequest, sideSign } from '../orders/request.js';
import type { CorporateAction, FillEvent } from '../ports/events.js';
import { RETURN_SESSIONS, type RecentEntry, type TradeStatistics } from '../ports/risk.js';
import type { Timestamp } from '../time/timestamp.js';
import type { WorkingOrder } from './orders.js';

/** Sessions of which the average volume is taken. */
const VOLUME_SESSIONS = 20;

/**
 * Session returns and volumes, last bars, the session's entries, and what closed trades have come to. Columns are made once;
 * a slice writes numbers and makes nothing.
 */
export class RiskMemory {
  readonly #instruments: number;
  /** Rings of sessions: `(session % length) * instruments + instrument`. */
  readonly #returns: Float64Array;
  readonly #volumes: Float64Array;
  /** Reckoned when it is asked for, at most once a session: the count of sessions at which it was. */
  readonly #meanVolume: Float64Array;
  readonly #meanOf: Int32Array;
  readonly #lastClose: Float64Array;
  readonly #lastTrade: Float64Array;
  readonly #sessionVolume: Float64Array;
  readonly #lastLoss: Float64Array;
  /** By cell: the last entry's time and signed quantity, and the open trade's result and cost. */
  readonly #entryTime: Float64Array;
  readonly #entryQuantity: Float64Array;
  readonly #tradeResult: Float64Array;
  readonly #tradeCost: Float64Array;
  /** By strategy: closed trades, their mean return and the sum of squares about it. */
  readonly #trades: Float64Array;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  /** Times of the session's entries, ascending. */
  readonly #entries: number[] = [];
  /** Ends of the last slice, and of the last one of the session before. */
  #end: number = Number.NEGATIVE_INFINITY;
  #sessionBegan: number = Number.NEGATIVE_INFINITY;
  /** Official closes so far. */
  sessions = 0;

  constructor(strategies: number, instruments: number) {
    const none = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);
    const cells = strategies * instruments;
    this.#instruments = instruments;
    this.#returns = none(RETURN_SESSIONS * instruments);
    this.#volumes = none(VOLUME_SESSIONS * instruments);
    this.#meanVolume = none(instruments);
    this.#meanOf = new Int32Array(instruments);
    this.#lastClose = none(instruments);
    this.#lastTrade = none(instruments);
    this.#sessionVolume = new Float64Array(instruments);
    this.#lastLoss = none(instruments);
    this.#entryTime = none(cells);
    this.#entryQuantity = new Float64Array(cells);
    this.#tradeResult = new Float64Array(cells);
    this.#tradeCost = new Float64Array(cells);
    this.#trades = new Float64Array(strategies);
    this.#mean = new Float64Array(strategies);
    this.#squares = new Float64Array(strategies);
  }

  /** A session begins. */
  enterSession(): void {
    this.#entries.length = 0;
    this.#sessionVolume.fill(0);
    this.#sessionBegan = this.#end;
  }

  /** Takes the row of a slice that ended at `end`; gives how many instruments have a bar in it. */
  step({ close, volume }: Bars, end: Timestamp): number {
    const lastTrade = this.#lastTrade;
    const sessionVolume = this.#sessionVolume;
    let traded = 0;
    for (let i = 0; i < close.length; i++) {
      if (Number.isNaN(close[i]!)) continue;
      traded += 1;
      lastTrade[i] = end;
      sessionVolume[i]! += volume[i]!;
    }
    this.#end = end;
    return traded;
  }

  /** The session is over, at these marks. One that an instrument did not trade in breaks the chain of its returns. */
  closeSession(mark: Float64Array): void {
    const returns = (this.sessions % RETURN_SESSIONS) * this.#instruments;
    const volumes = (this.sessions % VOLUME_SESSIONS) * this.#instruments;
    for (let i = 0; i < this.#instruments; i++) {
      const hasTraded = this.#lastTrade[i]! > this.#sessionBegan;
      const volume = hasTraded ? this.#sessionVolume[i]! : Number.NaN;
      const close = hasTraded ? mark[i]! : Number.NaN;
      this.#returns[returns + i] = close / this.#lastClose[i]! - 1;
      this.#volumes[volumes + i] = volume;
      this.#lastClose[i] = close;
    }
    this.sessions += 1;
  }

  /** Continues prices and volumes across a corporate action, so that it is no return. */
  act(instrument: number, action: CorporateAction): void {
    const close = this.#lastClose[instrument]!;
    if (action.type === 'dividend') this.#lastClose[instrument] = close - action.perShare;
    if (action.type !== 'split') return;
    this.#lastClose[instrument] = close / action.ratio;
    this.#sessionVolume[instrument]! *= action.ratio;
    this.#meanVolume[instrument] = this.averageVolume(instrument) * action.ratio;
    for (let k = instrument; k < this.#volumes.length; k += this.#instruments) this.#volumes[k]! *= action.ratio;
  }

  /** Orders leave: what opens is counted. */
  submitted(group: OrderGroup, time: Timestamp): void {
    switch (group.kind) {
      case 'single':
        return this.#entered(group.order.request, time);
      case 'bracket':
        return this.#entered(group.entry.request, time);
      case 'then':
        return this.submitted(group.next, time);
      case 'oco':
        return;
    }
  }

  #entered({ role, strategy, instrument, side, quantity }: OrderRequest, time: Timestamp): void {
    if (isReducing(role)) return;
    const cell = strategy * this.#instruments + instrument;
    this.#entries.push(time);
    this.#entryTime[cell] = time;
    this.#entryQuantity[cell] = sideSign(side) * quantity;
  }

  /**
   * A book was filled that held so much before, and has realised a result before commission: results of trades, from flat to flat,
   * after all commissions.
   */
  filled(
    { cell, instrument, sign }: Pick<WorkingOrder, 'cell' | 'instrument' | 'sign'>,
    { quantity, price, commission, time }: FillEvent,
    heldBefore: number,
    realised: number,
  ): void {
    const strategy = Math.floor(cell / this.#instruments);
    const heldAfter = roundQuantity(heldBefore + sign * quantity);
    if (heldBefore === 0) {
      this.#tradeResult[cell] = 0;
      this.#tradeCost[cell] = 0;
    }
    this.#tradeResult[cell]! += realised - commission;
    if (Math.abs(heldAfter) > Math.abs(heldBefore)) this.#tradeCost[cell]! += quantity * price;
    if (heldAfter !== 0) return;
    const result = this.#tradeResult[cell]!;
    if (result < 0) this.#lastLoss[instrument] = time;
    const cost = this.#tradeCost[cell]!;
    if (!(cost > 0)) return;
    // Welford: stable, and the same for the same trades.
    const apart = result / cost - this.#mean[strategy]!;
    this.#trades[strategy]! += 1;
    this.#mean[strategy]! += apart / this.#trades[strategy]!;
    this.#squares[strategy]! += apart * (result / cost - this.#mean[strategy]!);
  }

  /** Return of the session that closed so many sessions ago, 1 the last one; NaN where there is none. */
  sessionReturn(instrument: number, sessionsAgo: number): number {
    if (!(sessionsAgo >= 1 && sessionsAgo <= RETURN_SESSIONS && sessionsAgo <= this.sessions)) return Number.NaN;
    const row = (this.sessions - sessionsAgo) % RETURN_SESSIONS;
    return this.#returns[row * this.#instruments + instrument] ?? Number.NaN;
  }

  /** Mean volume of the last sessions in which it traded, NaN before the first. */
  averageVolume(instrument: number): number {
    if (this.#meanOf[instrument] !== this.sessions) {
      this.#meanVolume[instrument] = this.#mean20(instrument);
      this.#meanOf[instrument] = this.sessions;
    }
    return this.#meanVolume[instrument] ?? Number.NaN;
  }

  #mean20(instrument: number): number {
    let sum = 0;
    let count = 0;
    for (let k = instrument; k < this.#volumes.length; k += this.#instruments) {
      if (Number.isNaN(this.#volumes[k]!)) continue;
      sum += this.#volumes[k]!;
      count += 1;
    }
    return sum / count;
  }

  lastTradeTime(instrument: number): Timestamp {
    return (this.#lastTrade[instrument] ?? Number.NaN) as Timestamp;
  }

  lastLossTime(instrument: number): Timestamp {
    return (this.#lastLoss[instrument] ?? Number.NaN) as Timestamp;
  }

  entriesSince(time: number): number {
    const entries = this.#entries;
    let first = 0;
    let end = entries.length;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (entries[middle]! >= time) end = middle;
      else first = middle + 1;
    }
    return entries.length - first;
  }

  lastEntry(cell: number): RecentEntry | undefined {
    const time = this.#entryTime[cell] ?? Number.NaN;
    if (Number.isNaN(time)) return undefined;
    return { time: time as Timestamp, quantity: this.#entryQuantity[cell]! };
  }

  tradeStatistics(strategy: number): TradeStatistics {
    const count = this.#trades[strategy] ?? 0;
    return {
      count,
      meanReturn: count > 0 ? this.#mean[strategy]! : Number.NaN,
      variance: count > 1 ? this.#squares[strategy]! / (count - 1) : Number.NaN,
    };
  }
}
