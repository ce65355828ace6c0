import { brokerCharges, noFees, SEC_FEES, TAF_FEES, usFees } from '@tradekit/brokers/simulated';
import { commissionOf, parseIsoDate, type SessionDay } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { order, single, still, trade } from './kit.js';

const day = (date: string): SessionDay => parseIsoDate(date) as SessionDay;

describe('the fees of US stocks', () => {
  test.each([
    // A million dollars in 10,000 shares of 100.
    ['2021-02-24', 22.1 + 1.19],
    ['2021-02-25', 5.1 + 1.19],
    ['2022-05-13', 5.1 + 1.3],
    ['2022-05-14', 22.9 + 1.3],
    ['2023-02-27', 8 + 1.45],
    ['2024-05-21', 8 + 1.66],
    ['2024-05-22', 27.8 + 1.66],
    ['2025-05-14', 0 + 1.66],
    ['2026-04-04', 20.6 + 1.95],
  ])('on %s a sale of a million dollars in 10,000 shares pays %d', (date, dollars) => {
    expect(usFees.feesOf(day(date), -1, 10_000, 100)).toBeCloseTo(dollars, 10);
  });

  test('a buy pays nothing, and a date before the table has its first rate', () => {
    expect(usFees.feesOf(day('2024-06-03'), 1, 10_000, 100)).toBe(0);
    expect(usFees.feesOf(day('2010-01-04'), -1, 10_000, 100)).toBeCloseTo(13 + 1.19, 10);
  });

  test("FINRA's fee has a maximum: 100,000 shares pay 8.30, and not 16.60", () => {
    expect(usFees.feesOf(day('2025-06-02'), -1, 100_000, 1)).toBeCloseTo(8.3, 10);
  });

  test('rows ascend and name their notice', () => {
    for (const rows of [SEC_FEES, TAF_FEES]) {
      const dates = rows.map(({ from }) => from);
      expect(dates).toEqual([...dates].sort());
      for (const { notice } of rows) expect(notice).not.toBe('');
    }
  });

  test('a fill says what of its commission are fees: 2021-01-04, 100 sold at 100', async () => {
    const script = { slice: { 0: [single(order(1, 'sell', 100))] } };
    const { commissions, fees, venue } = trade({ bars: { A: [still(100)] } }, script, {
      ...brokerCharges['ibkr-fixed'],
    });
    const due = 0.221 + 0.0119;
    expect(fees).toEqual([expect.closeTo(due, 12)]);
    expect(commissions).toEqual([expect.closeTo(1 + due, 12)]);
    expect((await venue.snapshot()).cash).toBeCloseTo(110_000 - 1 - due, 9);
  });

  test('none is a value too', () => {
    expect(noFees.feesOf(day('2024-06-03'), -1, 1, 1)).toBe(0);
  });
});

test('the price lists: 100 shares at 200 cost nothing, 1, and 0.35 + 0.32; 1,000 shares 5, and 3.50 + 3.20', () => {
  const cost = (name: keyof typeof brokerCharges, quantity: number) =>
    commissionOf(brokerCharges[name].commission, quantity, 200);
  expect(cost('alpaca', 100)).toBe(0);
  expect(cost('ibkr-fixed', 100)).toBe(1);
  expect(cost('ibkr-fixed', 1000)).toBe(5);
  expect(cost('ibkr-tiered', 100)).toBeCloseTo(0.35 + 0.32, 12);
  expect(cost('ibkr-tiered', 1000)).toBeCloseTo(3.5 + 3.2, 12);
});
