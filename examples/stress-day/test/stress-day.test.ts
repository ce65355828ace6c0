/** Every number here is worked out by hand in the comment above it. */
import { reviewOf } from '@tradekit/backtest';
import { isoTime, newYorkMinute, type Timestamp } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { LIMITS, stressDay } from '../system.js';

const { result, tally } = stressDay();
const { fills, universe, states, refusals, equity } = result;

/** `2024-03-04 10:00` in New York. */
function newYork(time: number): string {
  const minute = newYorkMinute(time as Timestamp);
  const clock = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return `${isoTime(time as Timestamp).slice(0, 10)} ${clock}`;
}

/** What was traded: by time, side and sector how many names, shares of each, and the price. */
function trades(): readonly string[] {
  const lines = new Map<string, number>();
  for (let k = 0; k < fills.length; k++) {
    const { sector } = universe.instruments[fills.instrument[k] ?? 0] ?? {};
    const side = fills.sign[k] === 1 ? 'buy' : 'sell';
    const line = `${newYork(fills.time[k] ?? 0)} ${side} ${sector}: ${fills.quantity[k]} at ${fills.price[k]}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, names]) => `${line}, ${names} names`);
}

const found = states.map(({ time, state, rule, measured, limit }) => ({
  at: newYork(time),
  state,
  rule,
  ...(measured === undefined ? {} : { measured, limit }),
}));

describe('Monday: what is bought', () => {
  // The sizer says 8 % of 1,000,000 at 100: 800 shares of each of 21 names. Limits are reckoned at the worst price, 100 and the collar
  // of 100 bp: 101. 5 % a symbol: 50,000 ÷ 101 = 495.05, so 495 of each.
  // 25 % a sector: Chips would be 6 × 495 × 101 = 299,970 > 250,000; 495 × 250,000 ÷ 299,970 = 412.54, so 412 of each.
  // The others are 5 × 495 × 101 = 249,975 each and fit. In all 6 × 412 × 101 + 3 × 249,975 = 999,597: 100 % gross and the cash hold.
  it('5 % a symbol: 495 shares and not 800; 25 % a sector: 412 of each of the six', () => {
    expect(trades().slice(0, 4)).toEqual([
      '2024-03-04 10:00 buy Banks: 495 at 100, 5 names',
      '2024-03-04 10:00 buy Chips: 412 at 100, 6 names',
      '2024-03-04 10:00 buy Drugs: 495 at 100, 5 names',
      '2024-03-04 10:00 buy Oil: 495 at 100, 5 names',
    ]);
  });
});

describe('Monday: the daily loss', () => {
  // 6 × 412 + 15 × 495 = 9,897 shares. At 11:15 the price is 98: 19,794 lost, 1.9794 %, below 2 %. At 11:30 it is 97.9: 9,897 × 2.1 =
  // 20,783.70, 2.07837 %, 0.07837 % beyond. Everything is sold at the open of the next bar, 97.9.
  it('goes on at 1.98 % and halts at 2.08 %, at 11:30', () => {
    expect(found[0]).toEqual({
      at: '2024-03-04 11:30',
      state: 'halted',
      rule: 'max-daily-loss',
      measured: expect.closeTo(0.0207837, 12),
      limit: 0.02,
    });
  });
  it('sells everything at the next open, and ends at 979,216.30', () => {
    expect(trades().slice(4, 8)).toEqual([
      '2024-03-04 11:30 sell Banks: 495 at 97.9, 5 names',
      '2024-03-04 11:30 sell Chips: 412 at 97.9, 6 names',
      '2024-03-04 11:30 sell Drugs: 495 at 97.9, 5 names',
      '2024-03-04 11:30 sell Oil: 495 at 97.9, 5 names',
    ]);
    expect(equity.equity[result.sessions.row[0] ?? 0]).toBeCloseTo(979_216.3, 6);
  });
});

describe('Tuesday: the halt of a day is over, and the next one lasts', () => {
  it('begins active, at the first slice', () => {
    expect(found[1]).toEqual({ at: '2024-03-05 9:45', state: 'active', rule: 'max-daily-loss' });
  });
  // Of 979,216.30: 48,960.815 ÷ 101 = 484.76, so 484 of each. Chips: 6 × 484 × 101 = 293,304 > 244,804.075; 484 × 244,804.075 ÷ 293,304 =
  // 403.97, so 403. The others are 244,420 each and fit.
  it('buys with the limits of what is left: 484 and 403 shares', () => {
    expect(trades().slice(8, 12)).toEqual([
      '2024-03-05 10:00 buy Banks: 484 at 100, 5 names',
      '2024-03-05 10:00 buy Chips: 403 at 100, 6 names',
      '2024-03-05 10:00 buy Drugs: 484 at 100, 5 names',
      '2024-03-05 10:00 buy Oil: 484 at 100, 5 names',
    ]);
  });
  // 6 × 403 + 15 × 484 = 9,678 shares. 92 at 10:30: 77,424 lost of 979,216.30, 7.9067 %, while the drawdown is 1 − 901,792.30 ÷ 1,000,000 =
  // 9.8208 %. The next open is 91.5: sold there, 82,263 are lost; 896,953.30 are left, 10.30467 % below the peak.
  it('finds 7.91 % of the day at 10:30, where the drawdown is 9.82 %', () => {
    expect(found[2]).toEqual({
      at: '2024-03-05 10:30',
      state: 'halted',
      rule: 'max-daily-loss',
      measured: expect.closeTo(77_424 / 979_216.3, 12),
      limit: 0.02,
    });
  });
  it('sells into the gap at 91.5, which takes the drawdown past 10 %: found at 10:45, and it lasts', () => {
    expect(trades().slice(12)).toEqual([
      '2024-03-05 10:30 sell Banks: 484 at 91.5, 5 names',
      '2024-03-05 10:30 sell Chips: 403 at 91.5, 6 names',
      '2024-03-05 10:30 sell Drugs: 484 at 91.5, 5 names',
      '2024-03-05 10:30 sell Oil: 484 at 91.5, 5 names',
    ]);
    expect(found.slice(3)).toEqual([
      {
        at: '2024-03-05 10:45',
        state: 'halted',
        rule: 'max-drawdown',
        measured: expect.closeTo(0.1030467, 12),
        limit: 0.1,
      },
    ]);
    expect(result.finalEquity).toBeCloseTo(896_953.3, 6);
  });
});

describe('Wednesday: nothing', () => {
  it('all 21 wishes of 10:00 are refused by the drawdown', () => {
    expect(refusals.map(({ time, rule, count }) => `${newYork(time)} ${rule} ${count}`)).toEqual(
      new Array(21).fill('2024-03-06 10:00 max-drawdown 1'),
    );
  });
});

describe('the risk page', () => {
  const review = reviewOf(result, LIMITS, tally);
  const peaks = Object.fromEntries(review.limits.map(({ rule, peak }) => [rule, peak]));

  it('counts what was cut: 21 wishes to 5 % and six of them to 25 %, on two days', () => {
    expect(tally).toEqual({ wishes: 42, cuts: { 'max-position': 42, 'max-sector': 12 } });
  });

  // Largest on Monday at 10:15: 495 × 100 of 1,000,000 are 4.95 %; on Tuesday 484 × 100 of 979,216.30 are 4.943 %.
  it('shows the peak use of every limit, at the marks', () => {
    expect(peaks['max-position']).toBeCloseTo(0.0495, 12);
    // Five of 495 at 100; the six of Chips are 6 × 412 = 2,472, three less
    expect(peaks['max-sector']).toBeCloseTo(0.2475, 12);
    expect(peaks['max-gross']).toBeCloseTo(0.9897, 12);
    expect(peaks['max-positions']).toBe(21);
    expect(peaks['max-daily-loss']).toBeCloseTo(82_263 / 979_216.3, 12);
    expect(peaks['max-drawdown']).toBeCloseTo(0.1030467, 12);
  });

  it('shows how far beyond each loss was found', () => {
    expect(review.detections.map(({ rule, overshoot }) => [rule, Math.round(overshoot * 1e7) / 1e7])).toEqual([
      ['max-daily-loss', 0.0007837],
      ['max-daily-loss', 0.0590673],
      ['max-drawdown', 0.0030467],
    ]);
  });
});
