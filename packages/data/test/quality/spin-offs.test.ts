import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { sessionRows } from '../../src/quality/session-rows.js';
import { nightDrops, nightMoves, spinOffSuspicions } from '../../src/quality/spin-offs.js';
import { at, columnsOf, market, type Row, sessionsOf } from './kit.js';

const DROP_DATE = '2021-06-03';

interface Levels {
  /** Last price of the evening before, first ones of the morning, and all prices of the session. */
  readonly evening: number;
  readonly morning: number;
  readonly session: number;
  readonly firstMorning?: string;
  readonly lastEvening?: string;
}

/** Three weeks near 100 with a range of 1 % a session, and then a night. */
function bars({ evening, morning, session, firstMorning = '04:00', lastEvening = '19:45' }: Levels) {
  const rows: Row[] = [];
  for (const { date } of sessionsOf('2021-05-17', DROP_DATE)) {
    const isDrop = date === DROP_DATE;
    const level = isDrop ? session : 100;
    const put = (clock: string, price: number) => rows.push([at(date, clock), price, price, price, price, 100]);
    put(isDrop ? firstMorning : '04:00', isDrop ? morning : 100);
    put('09:15', isDrop ? morning : 100);
    for (const clock of ['09:30', '12:00', '15:45']) {
      rows.push([at(date, clock), level, level * 1.005, level / 1.005, level, 1000]);
    }
    put('16:00', level);
    put(date === '2021-06-02' ? lastEvening : '19:45', date === '2021-06-02' ? evening : level);
  }
  return columnsOf(rows);
}

const found = (levels: Levels, market = 0) => {
  const columns = bars(levels);
  return spinOffSuspicions(nightDrops(columns, sessionRows(columns, nyse)), () => market);
};

describe('spin-offs', () => {
  it('drop in the night and stay down', () => {
    const [drop, ...rest] = found({ evening: 100, morning: 97, session: 97 });
    expect(rest).toEqual([]);
    expect(drop).toMatchObject({ date: DROP_DATE, priceBefore: 100, priceAfter: 97, marketMove: 0 });
    expect(drop?.dropFraction).toBeCloseTo(0.03, 12);
    // ln(100/97) over the usual range ln(1.005²).
    expect(drop?.score).toBeCloseTo(-Math.log(0.97) / (2 * Math.log(1.005)), 12);
  });

  it('are no fall of the market: what the others lost counts not', () => {
    expect(found({ evening: 100, morning: 97, session: 97 }, Math.log(0.98))).toEqual([]);
    expect(found({ evening: 100, morning: 97, session: 97 }, Math.log(1.01))).toHaveLength(1);
  });

  it.each([
    ['a fall in the evening', { evening: 98, morning: 97, session: 97 }],
    ['a first print that does not last until the open', { evening: 100, morning: 97, session: 100 }],
    ['a rise', { evening: 100, morning: 103, session: 103 }],
    ['a drop of a usual size', { evening: 100, morning: 98.9, session: 98.9 }],
    ['a drop before a first trade at 08:00', { evening: 100, morning: 97, session: 97, firstMorning: '08:00' }],
    ['a drop after a last trade at 16:30', { evening: 100, morning: 97, session: 97, lastEvening: '16:30' }],
  ])('are not %s', (_, levels) => {
    expect(found(levels)).toEqual([]);
  });

  it('come strangest first', () => {
    const columns = bars({ evening: 100, morning: 97, session: 97 });
    const [drop] = nightDrops(columns, sessionRows(columns, nyse));
    if (drop === undefined) throw new Error('there is a drop');
    const twice = [drop, { ...drop, date: '2021-06-04', move: 2 * drop.move }];
    expect(spinOffSuspicions(twice, () => 0).map(({ date }) => date)).toEqual(['2021-06-04', DROP_DATE]);
  });

  it('cannot be seen without extended hours', () => {
    const regular = market('2021-01-04', '2021-03-31');
    const rows = sessionRows(regular, nyse);
    expect(nightDrops(regular, rows)).toEqual([]);
    expect(nightMoves(regular, rows)).toHaveLength(rows.sessions.length);
  });
});
