/**
 * Cases in which the engine and the oracle once differed, shrunk to what matters. In all of these it was the oracle that had
 * read the rules too quickly; those in which it was the engine are in `known.test.ts`.
 */
import type { Case, CaseTimetable, CaseWish } from './case.js';
import { bar, HOLE, still } from './hand.js';

interface Counterexample {
  readonly name: string;
  readonly given: Case;
}

const wish = (direction: -1 | 0 | 1, more: Partial<CaseWish> = {}): readonly CaseWish[] => [
  { instrument: 0, direction, shares: 1, ...more },
];
const NONE: readonly CaseWish[] = [];
const DAY: CaseTimetable = {
  firstDecisionMinutes: 15,
  lastEntryMinutes: 30,
  exitMinutes: 15,
  overnightEntries: 'none',
};

export const COUNTEREXAMPLES: readonly Counterexample[] = [
  {
    name: 'a stop that its own entry’s open has passed trades inside that bar, at the open’s price',
    given: { bars: [[still(9.5), still(9), still(9), still(9)]], sessions: [4], wishes: [[wish(1, { stop: 9.42 })]] },
  },
  {
    name: 'a wish repeated without its target keeps the target',
    given: {
      bars: [[still(9.61), still(9), still(9), still(9), still(10.07), still(9)]],
      sessions: [6],
      wishes: [[wish(1, { target: 9.7 }), NONE, NONE, wish(1)]],
    },
  },
  {
    name: 'an entry behind a closing order that left earlier trades an open after it',
    given: {
      bars: [[bar(9.66, 10, 9.66, 10), still(9.31), still(9, 0), still(9), still(9)]],
      sessions: [5],
      wishes: [[wish(-1), wish(0), wish(-1)]],
    },
  },
  {
    name: 'a refused wish that is said again with another stop is tried as it was said last',
    given: {
      bars: [[still(9), still(9), still(9), still(9), still(9)]],
      sessions: [3, 2],
      wishes: [[wish(1, { stop: 9 }), wish(1)]],
    },
  },
  {
    name: 'a stop that is touched in a bar without volume is a market order at the next open',
    given: {
      bars: [[still(10), still(9), bar(10.05, 10.6, 10.05, 10.05, 0), still(9), still(9)]],
      sessions: [5],
      wishes: [[wish(-1, { stop: 10.1 })]],
    },
  },
  {
    name: 'a stop that was touched stays touched over the night',
    given: {
      bars: [[bar(9.46, 9.72, 9.46, 9.72), still(9), bar(9.54, 10.02, 9.54, 9.54, 0), still(10), still(9), still(9)]],
      sessions: [3, 3],
      wishes: [[wish(-1, { stop: 10.02 })]],
      timetable: DAY,
    },
  },
  {
    name: 'a stop that gets a target beside it is made anew, and has not been touched',
    given: {
      bars: [[still(9), still(9), bar(9, 9.23, 8.46, 9.23, 0), still(9), still(9)]],
      sessions: [5],
      wishes: [[wish(1, { stop: 8.92 }), NONE, wish(1, { target: 9.32 })]],
    },
  },
  {
    name: 'an entry of the close’s slice belongs to the next session',
    given: {
      bars: [[still(9), still(9), still(9), still(9), still(9), still(9)]],
      sessions: [3, 3],
      wishes: [[NONE, NONE, wish(-1)]],
      timetable: { ...DAY, overnightEntries: 'next-open' },
    },
  },
  {
    name: 'a missing bar on the exit slice is a refusal about the slice, and is tried at the next one that asks',
    given: {
      bars: [[still(9), still(9), HOLE, still(9), still(9), still(9), still(9), still(9)]],
      sessions: [4, 4],
      wishes: [[NONE, NONE, wish(-1)]],
      timetable: DAY,
      retryRefused: 'never',
    },
  },
  {
    name: 'an entry that waits for a closing order does not leave after a thin slice',
    given: {
      bars: [
        [still(9), still(9), still(9, 0), still(9, 0), still(9), still(9), still(9), still(9)],
        [still(9), still(9), still(9), HOLE, HOLE, still(9), still(9), still(9)],
      ],
      sessions: [8],
      wishes: [[wish(1), wish(0), wish(-1)]],
    },
  },
  {
    name: 'an entry that waits for a closing order does not leave after the last entry',
    given: {
      bars: [[still(9), still(9), still(9), still(9, 0), still(9), still(9), still(9), still(9)]],
      sessions: [5, 3],
      wishes: [[wish(1), NONE, wish(0), wish(-1)]],
      timetable: DAY,
      retryRefused: 'every-slice',
    },
  },
  {
    name: 'a share of a bar’s volume counts what was traded in it before',
    given: {
      bars: [[still(9, 1000), still(9, 4000), still(9, 1000), still(9, 1000), still(9, 1000)]],
      sessions: [5],
      wishes: [[wish(1, { shares: 20 }), wish(-1, { shares: 10 })]],
      volumeShare: { limitFraction: 0.1, impact: 0.1 },
    },
  },
  {
    name: 'a wish that another strategy’s position forbids does not stand in the way of a third',
    given: {
      bars: [[still(9), still(9), still(9), still(9), still(9), still(9)]],
      sessions: [6],
      wishes: [[wish(-1)], [NONE, NONE, NONE, wish(-1)], [NONE, NONE, wish(1)]],
      retryRefused: 'every-slice',
    },
  },
  {
    name: 'a refused wish outlives a split that leaves nothing of the opposite position',
    given: {
      bars: [[still(9), still(9), HOLE, still(9), still(9)]],
      sessions: [3, 2],
      wishes: [[wish(-1), NONE, wish(1)]],
      actions: [{ session: 1, instrument: 0, action: { type: 'split', ratio: 0.5, cashInLieu: 7 } }],
    },
  },
  {
    name: 'a plain stop that begins to trail follows from then on',
    given: {
      bars: [[still(9.8), still(9.8), bar(9.81, 9.81, 9.8, 9.81), bar(9.83, 9.87, 9.83, 9.83), still(9.83)]],
      sessions: [5],
      wishes: [[NONE, wish(-1, { stop: 9.9, target: 9.7 }), wish(-1, { trail: 0.04 })]],
    },
  },
];
