/** Small markets by hand: what the rules make of them is written out, and the engine and the oracle must both come to it. */
import { describe, expect, test } from 'vitest';
import { type Case, type CaseBar, type CaseTimetable, type CaseWish, INITIAL_CASH } from './case.js';
import { bar, HOLE, still, told } from './hand.js';
import { oracleOutcome } from './oracle.js';
import { engineOutcome } from './subject.js';

const long = (shares: number, exits: Pick<CaseWish, 'stop' | 'target'> = {}): readonly CaseWish[] => [
  { instrument: 0, direction: 1, shares, ...exits },
];
const short = (shares: number, exits: Pick<CaseWish, 'stop' | 'target'> = {}): readonly CaseWish[] => [
  { instrument: 0, direction: -1, shares, ...exits },
];
const FLAT: readonly CaseWish[] = [{ instrument: 0, direction: 0 }];
const SILENT: readonly CaseWish[] = [];

/** Decisions from the first slice on, entries until half an hour and exits until a quarter of an hour before the close. */
const DAY: CaseTimetable = {
  firstDecisionMinutes: 15,
  lastEntryMinutes: 30,
  exitMinutes: 15,
  overnightEntries: 'none',
};

/** One instrument A over one session, or those given. */
function market(bars: readonly CaseBar[], more: Partial<Case> & Pick<Case, 'wishes'>): Case {
  return { bars: [bars], sessions: [bars.length], ...more };
}

/** Both sides come to these fills, and to so much cash beyond what there was. */
function expectBoth(given: Case, fills: readonly string[], cash?: number): void {
  for (const outcome of [engineOutcome(given), oracleOutcome(given)]) {
    expect(outcome.fills.map(told)).toEqual(fills);
    if (cash !== undefined) expect((outcome.cash.at(-1) ?? Number.NaN) - INITIAL_CASH).toBeCloseTo(cash, 6);
  }
}

describe('protection', () => {
  test('1 a gap through the stop is filled at the open, not at the stop', () => {
    // Long on slice 0, bought at the open of bar 1. Bar 2 opens at 9.20, below the stop of 9.50: sold there.
    const bars = [still(10), still(10), bar(9.2, 9.4, 9.1, 9.3), still(9.3)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5 })]] }),
      ['0:1 buys 100 at 10', '0:2 sells 100 at 9.2'],
      -80,
    );
  });

  test('2 of a stop and a target in one bar the stop trades', () => {
    // Bar 2 goes from 10 up to 11.20 and down to 9.40; which came first is not known: sold at 9.50, known at its end.
    const bars = [still(10), still(10), bar(10, 11.2, 9.4, 10.5), still(10.5)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5, target: 11 })]] }),
      ['0:1 buys 100 at 10', '0:3 sells 100 at 9.5'],
      -50,
    );
  });

  test('3 a gap over the target is filled at the better open', () => {
    const bars = [still(10), still(10), bar(11.5, 11.6, 11.4, 11.5), still(11.5)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5, target: 11 })]] }),
      ['0:1 buys 100 at 10', '0:2 sells 100 at 11.5'],
      150,
    );
  });

  test('4 a stop may trade in the bar of its own entry', () => {
    // Bought at the open of bar 1 at 10; the same bar falls to 9.30.
    const bars = [still(10), bar(10, 10.1, 9.3, 9.6), still(9.6)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5 })]] }),
      ['0:1 buys 100 at 10', '0:2 sells 100 at 9.5'],
      -50,
    );
  });

  test('5 a stop that was moved up trades at its new price, and the stance is over then', () => {
    // Stop 9.50, moved to 10.40 on slice 2. Bar 3 touches it. The wish repeated on slice 3 buys nothing back.
    const bars = [still(10), still(10), still(10.8), bar(10.8, 10.8, 10.2, 10.6), still(10.6), still(10.6)];
    expectBoth(
      market(bars, {
        wishes: [[long(100, { stop: 9.5 }), SILENT, long(100, { stop: 10.4 }), long(100, { stop: 10.2 })]],
      }),
      ['0:1 buys 100 at 10', '0:4 sells 100 at 10.4'],
      40,
    );
  });

  test('6 a position in a trading halt is stopped out at the first open after it', () => {
    // No bars 2 and 3. The stop of a short position, 10.50, is far behind when trading resumes at 12.
    const bars = [still(10), still(10), HOLE, HOLE, bar(12, 12.5, 11.9, 12.2), still(12)];
    expectBoth(
      market(bars, { wishes: [[short(100, { stop: 10.5 })]] }),
      ['0:1 sells 100 at 10', '0:4 buys 100 at 12'],
      -200,
    );
  });
});

describe('part of a bar', () => {
  test('7 an order that takes more than its part of a bar goes on at the next opens', () => {
    // A tenth of 300, 300 and 1,000 shares: 30, 30, and of the remaining 40 all. Each share costs a cent, the order a dollar once.
    const bars = [still(10), still(10, 300), still(10.1, 300), still(10.2, 1000), still(10.2)];
    expectBoth(
      market(bars, {
        wishes: [[long(100)]],
        participation: 0.1,
        commission: { perShare: 0.01, perOrder: 1, bps: 0 },
      }),
      ['0:1 buys 30 at 10 paying 1.3', '0:2 buys 30 at 10.1 paying 0.3', '0:3 buys 40 at 10.2 paying 0.4'],
      -1013,
    );
  });

  test('8 a partial entry with a stop is naked: its rest is cancelled at the next slice, the part is protected', () => {
    // 30 of 100 are had. Bar 2 touches the stop, which is for 30 by then.
    const bars = [still(10), still(10, 300), bar(10, 10, 9.4, 9.6), still(9.6)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5 })]], participation: 0.1 }),
      ['0:1 buys 30 at 10', '0:3 sells 30 at 9.5'],
      -15,
    );
  });

  test('9 what a stop could not sell in its bar is sold at the next open', () => {
    // Bar 2 touches 9.50 and has 30 shares for us; the other 70 are a market order: bar 3 opens at 9.70.
    const bars = [still(10), still(10, 10_000), bar(10, 10, 9.4, 9.6, 300), still(9.7, 10_000), still(9.7)];
    expectBoth(
      market(bars, { wishes: [[long(100, { stop: 9.5 })]], participation: 0.1 }),
      ['0:1 buys 100 at 10', '0:3 sells 30 at 9.5', '0:3 sells 70 at 9.7'],
      -36,
    );
  });
});

describe('what companies do', () => {
  test('10 a split takes an open stop with it', () => {
    // 100 at 20 with a stop at 18 are 200 with a stop at 9 after two for one. Bar 1 of session 1 touches it.
    const bars = [still(20), still(20), still(10), bar(10, 10.1, 8.8, 9.2), still(9)];
    expectBoth(
      market(bars, {
        sessions: [2, 3],
        wishes: [[long(100, { stop: 18 })]],
        actions: [{ session: 1, instrument: 0, action: { type: 'split', ratio: 2, cashInLieu: 0 } }],
      }),
      ['0:1 buys 100 at 20', '1:2 sells 200 at 9'],
      -200,
    );
  });

  test('11 who is short over a dividend pays it', () => {
    // Sold at 10, bought back at 9.75 after 25 cents a share went out: nothing is left of it.
    const bars = [still(10), still(10), still(9.75), still(9.75)];
    expectBoth(
      market(bars, {
        sessions: [2, 2],
        wishes: [[short(100), SILENT, FLAT]],
        actions: [{ session: 1, instrument: 0, action: { type: 'dividend', perShare: 0.25 } }],
      }),
      ['0:1 sells 100 at 10', '1:1 buys 100 at 9.75'],
      0,
    );
  });

  test('12 a delisting pays out what is held, and no order trades', () => {
    const bars = [still(10), still(10), HOLE, HOLE];
    const given = market(bars, {
      sessions: [2, 2],
      wishes: [[long(100, { stop: 9 })]],
      actions: [{ session: 1, instrument: 0, action: { type: 'delisted', perShare: 3 } }],
    });
    expectBoth(given, ['0:1 buys 100 at 10'], -700);
  });
});

describe('sessions', () => {
  test('13 a half day has its last entry and its exit as far from the close as a full one', () => {
    // Six bars, then four. Entries to the slice that ends 30 minutes before the close: bars 3 and 1. Wishes one slice later
    // are refused, and tried again on the first slice of the next session; a flat one is heard 15 minutes before the close.
    const bars = Array.from({ length: 10 }, (_, row) => still(10 + row));
    const wishes = [[SILENT, SILENT, SILENT, SILENT, long(10), SILENT, SILENT, SILENT, FLAT]];
    expectBoth(
      market(bars, { sessions: [6, 4], wishes, timetable: DAY }),
      ['1:1 buys 10 at 17', '1:3 sells 10 at 19'],
      20,
    );
  });

  test('14 an entry of the day that never trades ends with its session, and so does its stance', () => {
    // Ordered on slice 2 of five for bars 3 and 4, which are missing. The same wish in session 1 is not a new one.
    const bars = [still(10), still(10), still(10), HOLE, HOLE, still(10), still(10), still(10), still(10), still(10)];
    const wishes = [[SILENT, SILENT, long(10), SILENT, SILENT, long(10), long(10)]];
    expectBoth(market(bars, { sessions: [5, 5], wishes, timetable: DAY }), [], 0);
  });

  test('15 an exit that cannot trade on its day is worked until it is done', () => {
    // Flat on slice 3, the exit slice; bar 4 is missing: sold at the first open of session 1.
    const bars = [still(10), still(10), still(10), still(10), HOLE, still(11), still(11), still(11), still(11)];
    const wishes = [[long(10), SILENT, SILENT, FLAT]];
    expectBoth(
      market(bars, { sessions: [5, 4], wishes, timetable: DAY }),
      ['0:1 buys 10 at 10', '1:0 sells 10 at 11'],
      10,
    );
  });

  test('16 an order of the last bar trades at the first open of the next session, and at the end of the data not at all', () => {
    const bars = [still(10), still(10), still(10), still(11), still(11), still(11)];
    const wishes = [[SILENT, SILENT, long(10), SILENT, SILENT, short(10)]];
    const timetable = { ...DAY, overnightEntries: 'next-open' as const };
    expectBoth(market(bars, { sessions: [3, 3], wishes, timetable }), ['1:0 buys 10 at 11'], -110);
  });

  test('17 a halt sells at the next open, and its release does not buy back', () => {
    // Halted on slice 1. Session 1 is a new one, but the old wish is over: only flat and long again is a new wish.
    const bars = [still(10), still(10), still(9), still(9), still(9), still(9), still(9), still(9)];
    const wishes = [[long(10), SILENT, SILENT, SILENT, long(10), FLAT, long(10)]];
    expectBoth(
      market(bars, { sessions: [4, 4], wishes, haltAt: 1 }),
      ['0:1 buys 10 at 10', '0:2 sells 10 at 9', '1:3 buys 10 at 9'],
      -100,
    );
  });
});

describe('changes of mind', () => {
  test('18 a reversal closes and opens at one open, in this order', () => {
    const bars = [still(10), still(10), still(11), still(12)];
    expectBoth(
      market(bars, { wishes: [[long(100), short(100)]] }),
      ['0:1 buys 100 at 10', '0:2 sells 100 at 11', '0:2 sells 100 at 11'],
      1200,
    );
  });

  test('19 an entry that waits in a hole is given up by a flat wish', () => {
    const bars = [still(10), HOLE, HOLE, still(10), still(10)];
    expectBoth(market(bars, { wishes: [[long(100), FLAT]] }), [], 0);
  });

  test('20 a market order over a hole trades at the next open there is', () => {
    const bars = [still(10), HOLE, HOLE, still(10.7), still(10)];
    expectBoth(market(bars, { wishes: [[long(100)]] }), ['0:3 buys 100 at 10.7'], -1070);
  });

  test('21 a wish against the position of another strategy is refused, and met in the next session', () => {
    // s0 is long until slice 2; s1 wants to be short from slice 1 on, which is tried again on slice 4, the first of session 1.
    const bars = Array.from({ length: 8 }, () => still(10));
    const wishes = [
      [long(10), SILENT, FLAT],
      [SILENT, short(5)],
    ];
    expectBoth(
      market(bars, { sessions: [4, 4], wishes }),
      ['0:1 buys 10 at 10', '0:3 sells 10 at 10', '1:1 s1 sells 5 at 10'],
      50,
    );
  });

  test('22 nothing opens in a slice with under four fifths of the universe', () => {
    // A trades in bar 0, B does not: tried again on slice 1, bought at bar 2.
    const bars = [
      [still(10), still(10), still(11), still(11)],
      [HOLE, still(5), still(5), still(5)],
    ];
    expectBoth({ bars, sessions: [4], wishes: [[long(10)]], retryRefused: 'never' }, ['0:2 buys 10 at 11'], -110);
  });
});

describe('costs', () => {
  test('23 slippage makes a fill worse and never goes beyond a limit; a limit inside a bar pays none', () => {
    // 100 bp. Bought at 10 × 1.01. The target, 11, is reached inside bar 2: sold at 11.
    const bars = [still(10), still(10), bar(10.5, 11.2, 10.4, 11), still(11)];
    expectBoth(
      market(bars, { wishes: [[long(100, { target: 11 })]], slippageBps: 100 }),
      ['0:1 buys 100 at 10.1', '0:3 sells 100 at 11'],
      90,
    );
    // With an open of 11.05 one percent would lead below the limit: sold at 11.
    const gapping = [still(10), still(10), still(11.05), still(11)];
    expectBoth(
      market(gapping, { wishes: [[long(100, { target: 11 })]], slippageBps: 100 }),
      ['0:1 buys 100 at 10.1', '0:2 sells 100 at 11'],
      90,
    );
  });

  test('24 the minimum of an order is paid once, its maximum wins', () => {
    // A dollar at least: 20 shares at a cent are 0.20, so 1.00 with the first fill, and nothing more until the sum is beyond it.
    const bars = [still(10), still(10, 200), still(10, 200), still(10, 2000), still(10)];
    const commission = { perShare: 0.01, perOrder: 0, bps: 0, minPerOrder: 1 };
    expectBoth(
      market(bars, { wishes: [[long(160)]], participation: 0.1, commission }),
      ['0:1 buys 20 at 10 paying 1', '0:2 buys 20 at 10', '0:3 buys 120 at 10 paying 0.6'],
      -1601.6,
    );
    // At most 0.1 % of 200 dollars: 0.20 in place of the dollar.
    expectBoth(
      market(bars, { wishes: [[long(20)]], commission: { ...commission, maxFraction: 0.001 } }),
      ['0:1 buys 20 at 10 paying 0.2'],
      -200.2,
    );
  });

  test('25 a session is marked at its official close, the slice before it at its own', () => {
    const bars = [still(10), still(10), still(10.5), still(10.6)];
    const given = market(bars, { sessions: [3, 1], wishes: [[long(100)]], official: [[10.9, null]] });
    for (const { equity } of [engineOutcome(given), oracleOutcome(given)]) {
      expect(equity.map((dollars) => Number((dollars - INITIAL_CASH).toFixed(6)))).toEqual([0, 0, 90, 60]);
    }
  });
});
