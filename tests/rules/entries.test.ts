/** How entries are sent: at the market, or as limits that trade at once unless the price has run away. */
import { backtest } from '@tradekit/backtest';
import { type BarHistory, type EntryOrders, everySlice, noRisk, type StrategyFactory } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Bar, calendarOf, marketOf, still } from '../../packages/brokers/test/simulated/kit.js';
import { able, FLAT, LONG, requests, rig, SHORT } from './kit.js';

describe('marketable limits', () => {
  const options = { entryOrders: 'marketable-limit', collarBps: 50 } as const;

  test('a buy goes 0.5 % above the mark at most, down to the tick: 10.03 × 1.005 = 10.08015', () => {
    const [entry] = requests(rig(options).slice([10.03], LONG));
    expect(entry?.pricing).toEqual({ type: 'limit', limitPrice: 10.08 });
  });

  test('a short sale 0.5 % below it, up to the tick: 10.03 × 0.995 = 9.97985', () => {
    const [entry] = requests(rig(options).slice([10.03], SHORT));
    expect(entry?.pricing).toEqual({ type: 'limit', limitPrice: 9.98 });
  });

  test('a price on the tick stays there: 20 × 1.005 is 20.10', () => {
    const [entry] = requests(rig(options).slice([20], LONG));
    expect(entry?.pricing).toEqual({ type: 'limit', limitPrice: 20.1 });
  });

  test('what closes goes at the market', () => {
    const r = rig(options);
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    const [exit] = requests(r.slice([10], FLAT));
    expect(exit?.pricing).toEqual({ type: 'market' });
  });

  test('by default entries go at the market', () => {
    const [entry] = requests(rig().slice([10], LONG));
    expect(entry?.pricing).toEqual({ type: 'market' });
  });
});

describe('entries at the close', () => {
  test('wait for the auction, and what closes goes at the market', () => {
    const r = rig({ entryOrders: 'market-on-close' });
    const [entry] = requests(r.slice([10], LONG));
    expect(entry?.pricing).toEqual({ type: 'market-on-close' });
    r.fill(1, 100, 10);
    expect(requests(r.slice([10], FLAT))[0]?.pricing).toEqual({ type: 'market' });
  });

  test('are refused at the start where the broker has no such orders', () => {
    const capabilities = { ...able, pricing: ['market', 'limit', 'stop'] as const };
    expect(() => rig({ entryOrders: 'market-on-close', capabilities })).toThrow(
      expect.objectContaining({ code: 'ENTRY_ORDERS', message: expect.stringContaining('market-on-close') }),
    );
    expect(() => rig({ entryOrders: 'marketable-limit', capabilities: { ...able, pricing: ['market'] } })).toThrow(
      expect.objectContaining({ code: 'ENTRY_ORDERS' }),
    );
  });
});

describe('through the simulated venue', () => {
  const once: StrategyFactory = (setup) => ({
    name: 'once',
    positionSize: () => 10,
    generateSignals: ({ slice }) =>
      slice === 0 ? [{ instrument: setup.index('A'), direction: 1, reason: 'first' }] : [],
  });
  const tradedIn = (history: BarHistory, entryOrders: EntryOrders) => {
    const { fills } = backtest({
      history,
      calendar: calendarOf(history),
      strategies: [{ name: 'once', create: once, weight: 1 }],
      risk: noRisk,
      initialCash: 10_000,
      timetable: everySlice,
      entryOrders,
    });
    return Array.from({ length: fills.length }, (_, k) => `${fills.price[k]} row ${fills.row[k]}`);
  };
  const fillsOf = (...bars: Bar[]) => tradedIn(marketOf({ bars: { A: bars } }), 'marketable-limit');

  test('an open within 1 % trades at the open, and not at the limit', () => {
    expect(fillsOf(still(100), still(100.5))).toEqual(['100.5 row 1']);
  });

  test('an open beyond 1 % does not trade; the order waits, and trades at its limit when the price is back', () => {
    expect(fillsOf(still(100), still(102), [102, 102, 100.5, 101])).toEqual(['101 row 2']);
  });

  test('at the close: the official one of the session, whatever its last bar closed at', () => {
    const history = marketOf({ bars: { A: [still(100), still(101), still(102)] }, official: { A: [102.5] } });
    // Told after the last bar has ended.
    expect(tradedIn(history, 'market-on-close')).toEqual(['102.5 row 3']);
  });
});
