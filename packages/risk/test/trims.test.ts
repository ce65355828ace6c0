import { describe, expect, it, test } from 'vitest';
import {
  buyingPower,
  fixedQuantity,
  maxGross,
  maxPosition,
  maxSector,
  type RiskRule,
  riskManager,
} from '../src/index.js';
import { type Account, contextOf, type Line } from './context.js';

/** What has to shrink of a book, at prices of 100 and an equity of 100,000. */
function trimsOf(rules: readonly RiskRule[], lines: readonly Line[], account: Account = {}, trimFactor?: number) {
  const factor = trimFactor === undefined ? {} : { trimFactor };
  const manager = riskManager({ sizer: fixedQuantity(1), rules, ...factor });
  return manager.trims?.(contextOf(lines, account)) ?? [];
}

describe('a position that has drifted beyond 1.2 times its limit of 5 %', () => {
  const rules = [maxPosition({ limitFraction: 0.05 })];

  test('is trimmed to the limit: of 70 shares, 7 %, five sevenths stay', () => {
    const trim = { instrument: 0, fraction: 5000 / 7000, rule: 'max-position', measured: 0.07, limit: 0.05 };
    expect(trimsOf(rules, [{ held: 70 }])).toEqual([trim]);
    expect(trimsOf(rules, [{ held: -70 }])).toEqual([trim]);
  });

  test.each([
    [59, 0],
    [60, 0],
    [61, 1],
  ])('%d shares: %d trims', (held, count) => {
    expect(trimsOf(rules, [{ held }])).toHaveLength(count);
    expect(trimsOf(rules, [{ held: -held }])).toHaveLength(count);
  });

  test('what is only ordered is no drift', () => {
    expect(trimsOf(rules, [{ openBuys: 70 }, { held: 50, openBuys: 70 }, { held: -50, openSells: 70 }])).toEqual([]);
  });

  test('by another factor', () => {
    expect(trimsOf(rules, [{ held: 70 }], {}, 1.4)).toEqual([]);
    expect(trimsOf(rules, [{ held: 71 }], {}, 1.4)).toHaveLength(1);
    expect(trimsOf(rules, [{ held: 50 }], {}, 1)).toEqual([]);
    expect(trimsOf(rules, [{ held: 51 }], {}, 1)).toMatchObject([{ fraction: 5000 / 5100 }]);
  });

  test('each by itself, in the order of the instruments', () => {
    const trims = trimsOf(rules, [{ held: 10 }, { held: 80 }, { held: 0 }, { held: -100 }]);
    expect(trims.map(({ instrument, fraction }) => [instrument, fraction])).toEqual([
      [1, 5000 / 8000],
      [3, 5000 / 10_000],
    ]);
  });

  test.each([0, -1000, Number.NaN])('nothing is reckoned on an equity of %d', (equity) => {
    expect(trimsOf(rules, [{ held: 70 }], { equity })).toEqual([]);
  });
});

describe('a group', () => {
  test('is trimmed as one: 200 and 150 shares of a sector, 35 % where 25 % are allowed', () => {
    const lines: Line[] = [
      { held: 200, sector: 'A' },
      { held: 40, sector: 'B' },
      { held: -150, sector: 'A' },
      { held: 0, sector: 'A' },
    ];
    const trim = { fraction: 25_000 / 35_000, rule: 'max-sector', measured: 0.35, limit: 0.25 };
    expect(trimsOf([maxSector({ limitFraction: 0.25 })], lines)).toEqual([
      { instrument: 0, ...trim },
      { instrument: 2, ...trim },
    ]);
  });

  test('of all instruments: 130 % gross where 100 % are allowed', () => {
    const trims = trimsOf([maxGross({ limitFraction: 1 })], [{ held: 700 }, { held: -600 }, {}]);
    expect(trims.map(({ instrument, fraction }) => [instrument, fraction])).toEqual([
      [0, 100 / 130],
      [1, 100 / 130],
    ]);
    expect(trimsOf([maxGross({ limitFraction: 1 })], [{ held: 600 }, { held: -600 }])).toEqual([]);
  });

  test('counts each side by its weight: margin of 50 % long and 100 % short', () => {
    const rules = [buyingPower({ longMarginFraction: 0.5, shortMarginFraction: 1 })];
    // 40,000 of 80,000 long and 60,000 short make 100,000; with 90,000 short 130,000.
    expect(trimsOf(rules, [{ held: 800 }, { held: -600 }])).toEqual([]);
    expect(trimsOf(rules, [{ held: 800 }, { held: -900 }])).toMatchObject([
      { instrument: 0, fraction: 100 / 130, measured: 1.3, limit: 1 },
      { instrument: 1, fraction: 100 / 130 },
    ]);
  });
});

describe('several rules', () => {
  const lines: Line[] = [
    { held: 250, sector: 'A' },
    { held: 100, sector: 'A' },
  ];

  test('of each instrument the smallest part counts, whichever rule comes first', () => {
    const [position, sector] = [maxPosition({ limitFraction: 0.2 }), maxSector({ limitFraction: 0.21 })];
    for (const rules of [
      [position, sector],
      [sector, position],
    ]) {
      expect(trimsOf(rules, lines)).toMatchObject([
        { instrument: 0, rule: 'max-sector', fraction: 0.6 },
        { instrument: 1, rule: 'max-sector', fraction: 0.6 },
      ]);
    }
    const narrow = maxPosition({ limitFraction: 0.1 });
    expect(trimsOf([sector, narrow], lines)).toMatchObject([
      { instrument: 0, rule: 'max-position', fraction: 0.4 },
      { instrument: 1, rule: 'max-sector', fraction: 0.6 },
    ]);
  });

  it('are not asked while each of them passes everything', () => {
    let asked = 0;
    const rule: RiskRule = {
      name: 'r',
      check: () => [],
      passesUpTo: 0.5,
      excess: () => {
        asked += 1;
        return [];
      },
    };
    trimsOf([rule, { ...rule, passesUpTo: 0.7 }], [{ held: 500 }]);
    expect(asked).toBe(0);
    trimsOf([rule, { ...rule, passesUpTo: 0.7 }], [{ held: 501 }]);
    expect(asked).toBe(2);
    // One that does not say is always asked.
    const { passesUpTo: _, ...silent } = rule;
    trimsOf([silent], [{ held: 1 }]);
    expect(asked).toBe(3);
  });

  it('that have no excess trim nothing', () => {
    expect(trimsOf([{ name: 'r', check: () => [] }], [{ held: 5000 }])).toEqual([]);
  });
});

test.each([0.99, 0, Number.NaN])('a factor of %d is refused', (trimFactor) => {
  expect(() => riskManager({ sizer: fixedQuantity(1), rules: [], trimFactor })).toThrow(
    expect.objectContaining({
      code: 'RISK_OPTION',
      message: `trimFactor is ${trimFactor}; give a number of at least 1, for example 1.2`,
      context: { trimFactor },
    }),
  );
});
