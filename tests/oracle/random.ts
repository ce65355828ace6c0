/** Random cases: small markets in which everything happens often. */
import fc from 'fast-check';
import type { Case, CaseAction, CaseBar, CaseCommission, CaseTimetable, CaseWish } from './case.js';

/** Prices are drawn in cents and kept in dollars. */
const dollars = (cents: number): number => cents / 100;

const bar = fc
  .tuple(
    // Mostly near to the bar before, often a gap.
    fc.oneof(fc.integer({ min: 980, max: 1020 }), fc.integer({ min: 900, max: 1100 })),
    fc.nat(60),
    fc.nat(60),
    fc.nat(120),
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1000, 4000, 100_000) }, { weight: 1, arbitrary: fc.constant(0) }),
  )
  .map(([open, up, down, place, volume]): CaseBar => {
    const close = open - down + Math.min(place, up + down);
    return [dollars(open), dollars(open + up), dollars(open - down), dollars(close), volume];
  });
const cell = fc.oneof({ weight: 8, arbitrary: bar }, { weight: 1, arbitrary: fc.constant<CaseBar>(null) });

const commission: fc.Arbitrary<CaseCommission> = fc.oneof(
  fc.constant({ perShare: 0, perOrder: 0, bps: 0 }),
  fc.record({
    perShare: fc.constantFrom(0, 0.005, 0.01),
    perOrder: fc.constantFrom(0, 1),
    bps: fc.constantFrom(0, 2),
    minPerOrder: fc.constantFrom(undefined, 1.5),
    maxFraction: fc.constantFrom(undefined, 0.001, 0.01),
  }),
);

const timetable: fc.Arbitrary<CaseTimetable | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({
    firstDecisionMinutes: fc.constantFrom(15, 30),
    lastEntryMinutes: fc.constantFrom(30, 45),
    exitMinutes: fc.constant(15),
    overnightEntries: fc.constantFrom<'none' | 'next-open'>('none', 'next-open'),
  }),
);

const action: fc.Arbitrary<CaseAction> = fc.oneof(
  fc.record({ type: fc.constant('split' as const), ratio: fc.constantFrom(2, 0.5), cashInLieu: fc.constant(7) }),
  fc.record({ type: fc.constant('dividend' as const), perShare: fc.constant(0.25) }),
  fc.record({ type: fc.constant('delisted' as const), perShare: fc.constant(3) }),
);

/** What a wish is drawn as: its exits in percent of the close, away from it where above zero. */
interface DrawnWish {
  readonly instrument: number;
  readonly direction: -1 | 0 | 1;
  readonly stopPercent: number | undefined;
  readonly targetPercent: number | undefined;
  /** In place of a stop at a price one that trails so many even cents behind. */
  readonly trail: number | undefined;
}

const percent = fc.option(
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 8 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3, max: 0 }) },
  ),
  { nil: undefined },
);

function wishOf(drawn: DrawnWish, shares: number, rows: readonly CaseBar[], row: number): CaseWish {
  const { instrument, direction, stopPercent, targetPercent, trail } = drawn;
  if (direction === 0) return { instrument, direction };
  let close = 10;
  for (let k = 0; k <= row; k++) close = rows[k]?.[3] ?? close;
  // Even cents, so that a split by two leaves whole ones: how prices between two ticks are snapped is no rule.
  const away = (by: number | undefined, sign: number): number | undefined =>
    by === undefined ? undefined : Math.round((close * (100 + sign * direction * by)) / 2) / 50;
  const target = away(targetPercent, 1);
  if (trail !== undefined) return { instrument, direction, shares, target, trail };
  return { instrument, direction, shares, stop: away(stopPercent, -1), target };
}

/** An instrument has no bars from the session of its delisting on. */
function withoutTheDelisted({ bars, sessions, actions = [] }: Omit<Case, 'wishes'>): Case['bars'] {
  return bars.map((rows, i) => {
    const gone = actions.find(({ instrument, action: { type } }) => instrument === i && type === 'delisted');
    if (gone === undefined) return rows;
    const first = sessions.slice(0, gone.session).reduce((a, b) => a + b, 0);
    return rows.map((one, row) => (row < first ? one : null));
  });
}

/** Random cases: one to five instruments, one to three strategies, one to three sessions. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    instruments: fc.integer({ min: 1, max: 5 }),
    strategies: fc.integer({ min: 1, max: 3 }),
    sessions: fc.array(fc.integer({ min: 3, max: 8 }), { minLength: 1, maxLength: 3 }),
  })
  .chain(({ instruments, strategies, sessions }) => {
    const rows = sessions.reduce((a, b) => a + b, 0);
    const exactly = (length: number) => ({ minLength: length, maxLength: length });
    const wish: fc.Arbitrary<DrawnWish> = fc.record({
      instrument: fc.nat(instruments - 1),
      direction: fc.constantFrom<-1 | 0 | 1>(-1, 0, 1),
      stopPercent: percent,
      targetPercent: percent,
      trail: fc.option(
        fc.integer({ min: 2, max: 40 }).map((cents) => cents / 50),
        { nil: undefined, freq: 2 },
      ),
    });
    const wishes = fc.uniqueArray(wish, { maxLength: 2, selector: ({ instrument }) => instrument });
    return fc
      .record({
        bars: fc.array(fc.array(cell, exactly(rows)), exactly(instruments)),
        sessions: fc.constant(sessions),
        // A strategy has one size for an instrument.
        sizes: fc.array(fc.array(fc.constantFrom(1, 5, 40, 100), exactly(instruments)), exactly(strategies)),
        drawn: fc.array(fc.array(wishes, exactly(rows)), exactly(strategies)),
        official: fc.array(
          fc.array(fc.option(fc.integer({ min: 900, max: 1100 }).map(dollars)), exactly(sessions.length)),
          exactly(instruments),
        ),
        timetable,
        retryRefused: fc.constantFrom<'never' | 'next-session' | 'every-slice'>('never', 'next-session', 'every-slice'),
        commission,
        slippageBps: fc.constantFrom(0, 0, 10),
        participation: fc.constantFrom(undefined, undefined, 0.02, 0.05),
        volumeShare: fc.option(
          fc.record({ limitFraction: fc.constantFrom(0.025, 0.1), impact: fc.constantFrom(0, 0.1) }),
          {
            nil: undefined,
            freq: 4,
          },
        ),
        actions: fc.array(
          fc.record({ session: fc.nat(sessions.length - 1), instrument: fc.nat(instruments - 1), action }),
          { maxLength: 1 },
        ),
        haltAt: fc.option(fc.nat(rows - 1), { nil: undefined, freq: 4 }),
      })
      .map(
        ({ drawn, sizes, ...rest }): Case => ({
          ...rest,
          bars: withoutTheDelisted(rest),
          wishes: drawn.map((slices, s) =>
            slices.map((list, row) =>
              list.map((one) => wishOf(one, sizes[s]?.[one.instrument] ?? 0, rest.bars[one.instrument] ?? [], row)),
            ),
          ),
        }),
      );
  });
