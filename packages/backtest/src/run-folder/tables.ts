/** The CSV files of a run's folder. Every one begins with its header; columns are only ever appended. */
import { type BarHistory, isoDate, type SessionDay } from '@tradekit/core';
import type { Benchmark } from '../metrics/benchmark.js';
import { excursionsOf } from '../metrics/excursions.js';
import { sessionReturns } from '../metrics/returns.js';
import { breakdownOf } from '../result/breakdown.js';
import { orderRoles, orderStatuses, pricingTypes, timesInForce } from '../result/codes.js';
import { lotsOf } from '../result/lots.js';
import type { RunResult } from '../result/run-result.js';
import { CsvWriter, csvText, numberText } from './csv-writer.js';
import { isoTexts } from './iso-texts.js';

/** What a table is made of: a run, and texts as they stand in a CSV field. */
export interface TableSources {
  readonly result: RunResult;
  /** By place of the order. */
  readonly ids: readonly string[];
  /** By instrument. */
  readonly symbols: readonly string[];
  /** By strategy. */
  readonly strategies: readonly string[];
  readonly iso: (time: number) => string;
}

/** Prepares the texts. */
export function tableSources(result: RunResult, ids: readonly string[]): TableSources {
  const symbols = result.universe.instruments.map(({ id }) => csvText(id));
  return { result, ids: ids.map(csvText), symbols, strategies: result.strategies.map(csvText), iso: isoTexts() };
}

const side = (sign: number): string => (sign > 0 ? 'buy' : 'sell');
const sideOfTrade = (direction: number): string => (direction > 0 ? 'long' : 'short');

/** Every order, in the order of making. */
export function ordersCsv({ result, ids, symbols, strategies, iso }: TableSources): Uint8Array {
  const { orders } = result;
  const csv = new CsvWriter(
    'number,time,clientOrderId,symbol,side,quantity,type,limitPrice,stopPrice,timeInForce,role,strategy,status,filledQuantity,reason',
  );
  for (let k = 0; k < orders.length; k++) {
    csv.number(orders.number[k]!);
    csv.field(iso(orders.time[k]!));
    csv.field(ids[k]!);
    csv.field(symbols[orders.instrument[k]!]!);
    csv.field(side(orders.sign[k]!));
    csv.number(orders.quantity[k]!);
    csv.field(pricingTypes[orders.pricing[k]!]!);
    csv.number(orders.limitPrice[k]!);
    csv.number(orders.stopPrice[k]!);
    csv.field(timesInForce[orders.timeInForce[k]!]!);
    csv.field(orderRoles[orders.role[k]!]!);
    csv.field(strategies[orders.strategy[k]!]!);
    csv.field(orderStatuses[orders.status[k]!]!);
    csv.number(orders.filledQuantity[k]!);
    csv.end(csvText(orders.reason[k]!));
  }
  return csv.bytes();
}

/** Every fill: `time` is when it was traded. */
export function fillsCsv({ result, ids, symbols, strategies, iso }: TableSources): Uint8Array {
  const { fills, orders } = result;
  const csv = new CsvWriter(
    'time,symbol,side,quantity,price,commission,strategy,clientOrderId,order,fees,spread,impact',
  );
  for (let k = 0; k < fills.length; k++) {
    const order = fills.order[k]!;
    csv.field(iso(fills.time[k]!));
    csv.field(symbols[fills.instrument[k]!]!);
    csv.field(side(fills.sign[k]!));
    csv.number(fills.quantity[k]!);
    csv.number(fills.price[k]!);
    csv.number(fills.commission[k]!);
    csv.field(strategies[fills.strategy[k]!]!);
    csv.field(ids[order]!);
    csv.number(orders.number[order]!);
    csv.number(fills.fees[k]!);
    csv.number(fills.spread[k]!);
    csv.end(numberText(fills.impact[k]!));
  }
  return csv.bytes();
}

/**
 * Wishes that were refused, one row for as long as a wish stood. `nextSessionReturns`: by place, what each would have made by the close of
 * the next session.
 */
export function refusalsCsv(
  { result, symbols, strategies, iso }: TableSources,
  nextSessionReturns: readonly number[],
): Uint8Array {
  const csv = new CsvWriter(
    'time,lastTime,strategy,symbol,direction,rule,count,measured,limit,reason,mark,nextSessionReturn',
  );
  for (const [place, refusal] of result.refusals.entries()) {
    csv.field(iso(refusal.time));
    csv.field(iso(refusal.lastTime));
    csv.field(strategies[refusal.strategy]!);
    csv.field(symbols[refusal.instrument]!);
    csv.number(refusal.direction);
    csv.field(csvText(refusal.rule));
    csv.number(refusal.count);
    csv.number(refusal.measured);
    csv.number(refusal.limit);
    csv.field(csvText(refusal.reason));
    csv.number(refusal.mark);
    csv.end(numberText(nextSessionReturns[place]!));
  }
  return csv.bytes();
}

/** Closed round trips. The excursions are empty where the bars of the run are not at hand. */
export function tradesCsv(
  { result, symbols, strategies, iso }: TableSources,
  market: BarHistory | undefined,
): Uint8Array {
  const csv = new CsvWriter(
    'strategy,symbol,direction,quantity,entryTime,entryPrice,exitTime,exitPrice,profit,commission,barsHeld,closedBy,reason,adverseExcursion,favorableExcursion',
  );
  const excursions = market === undefined ? undefined : excursionsOf(result, market);
  for (const [place, trade] of result.trades.entries()) {
    csv.field(strategies[trade.strategy]!);
    csv.field(symbols[trade.instrument]!);
    csv.field(sideOfTrade(trade.direction));
    csv.number(trade.quantity);
    csv.field(iso(trade.entryTime));
    csv.number(trade.entryPrice);
    csv.field(iso(trade.exitTime));
    csv.number(trade.exitPrice);
    csv.number(trade.profit);
    csv.number(trade.commission);
    csv.number(trade.barsHeld);
    csv.field(trade.closedBy);
    csv.field(csvText(trade.reason));
    csv.number(excursions?.adverse[place] ?? Number.NaN);
    csv.end(numberText(excursions?.favorable[place] ?? Number.NaN));
  }
  return csv.bytes();
}

/** Closed lots of the account, the oldest shares sold first. */
export function lotsCsv({ result, symbols, iso }: TableSources): Uint8Array {
  const csv = new CsvWriter('symbol,direction,quantity,openTime,openPrice,closeTime,closePrice,profit,washSale');
  for (const lot of lotsOf(result)) {
    csv.field(symbols[lot.instrument]!);
    csv.field(sideOfTrade(lot.direction));
    csv.number(lot.quantity);
    csv.field(iso(lot.openTime));
    csv.number(lot.openPrice);
    csv.field(iso(lot.closeTime));
    csv.number(lot.closePrice);
    csv.number(lot.profit);
    csv.end(String(lot.washSale));
  }
  return csv.bytes();
}

/** Round trips by what they have in common. */
export function breakdownCsv({ result }: TableSources): Uint8Array {
  const csv = new CsvWriter('by,value,trades,won,profit,commission');
  for (const { by, value, trades, won, profit, commission } of breakdownOf(result)) {
    csv.field(by);
    csv.field(csvText(value));
    csv.number(trades);
    csv.number(won);
    csv.number(profit);
    csv.end(numberText(commission));
  }
  return csv.bytes();
}

/** Every session at its close, and the benchmark beside it. */
export function sessionsCsv({ result }: TableSources, benchmark: Benchmark | undefined): Uint8Array {
  const { sessions, equity } = result;
  const csv = new CsvWriter('date,equity,index,return,benchmarkReturn');
  const returns = sessionReturns(result);
  for (let k = 0; k < sessions.length; k++) {
    const row = sessions.row[k]!;
    csv.field(isoDate(sessions.day[k]! as SessionDay));
    csv.number(equity.equity[row]!);
    csv.number(equity.index[row]!);
    csv.number(returns[k]!);
    csv.end(numberText(benchmark?.returns[k] ?? Number.NaN));
  }
  return csv.bytes();
}

/** Cash and shares that moved without an order. With the fills they make up the whole account. */
export function movementsCsv({ result, symbols, iso }: TableSources): Uint8Array {
  const csv = new CsvWriter('time,symbol,type,value,sharesBefore,sharesAfter,cash,reason');
  for (const { time, instrument, type, value, sharesBefore, sharesAfter, cash, reason } of result.movements) {
    csv.field(iso(time));
    csv.field(instrument === undefined ? '' : symbols[instrument]!);
    csv.field(type);
    csv.field(value === undefined ? '' : numberText(value));
    csv.number(sharesBefore);
    csv.number(sharesAfter);
    csv.number(cash);
    csv.end(csvText(reason));
  }
  return csv.bytes();
}

/** The account after every slice; the first row is the state before any fill. */
export function equityCsv({ result, iso }: TableSources): Uint8Array {
  const { time, cash, equity, index, exposure, length } = result.equity;
  const csv = new CsvWriter('time,cash,equity,index,exposure');
  for (let k = 0; k < length; k++) {
    csv.field(iso(time[k]!));
    csv.number(cash[k]!);
    csv.number(equity[k]!);
    csv.number(index[k]!);
    csv.end(numberText(exposure[k]!));
  }
  return csv.bytes();
}
