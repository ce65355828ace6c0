import type { Refusal, RiskManager } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buyingPower,
  defaultRules,
  fixedQuantity,
  maxCluster,
  maxCorrelation,
  maxDailyLoss,
  maxDataAge,
  maxDrawdown,
  maxGross,
  maxLeverage,
  maxNet,
  maxOrderNotional,
  maxOrderQuantity,
  maxOrdersPerMinute,
  maxPosition,
  maxPositions,
  maxSector,
  maxTradeLoss,
  maxTradesPerDay,
  maxVolumeShare,
  noWashTrade,
  priceCollar,
  type RiskRule,
  riskManager,
} from '../src/index.js';
import { contextOf, entry } from './context.js';

const managerOf = (...rules: readonly RiskRule[]): RiskManager => riskManager({ sizer: fixedQuantity(1), rules });

/** The tighter manager; the refusal is an error. */
function tightened(manager: RiskManager, rule: string, limit: number): RiskManager {
  const answer = manager.tightened?.(rule, limit);
  if (answer === undefined || 'kind' in answer) throw new Error(`refused: ${answer?.reason}`);
  return answer;
}

function refusal(manager: RiskManager, rule: string, limit: number): Refusal {
  const answer = manager.tightened?.(rule, limit);
  if (answer === undefined || !('kind' in answer)) throw new Error('not refused');
  return answer;
}

const allowed = (manager: RiskManager, quantity: number): number => {
  const verdict = manager.approve(entry(0, quantity), contextOf([{}]));
  return verdict.kind === 'allow' ? verdict.quantity : 0;
};

describe('a limit is tightened', () => {
  const manager = managerOf(...defaultRules());

  it('50 shares of 100 dollars are 5 % of 100,000: 50 pass before, 20 after 2 %', () => {
    const tighter = tightened(manager, 'max-position', 0.02);
    expect([50, 51].map((quantity) => allowed(manager, quantity))).toEqual([50, 50]);
    expect([20, 21].map((quantity) => allowed(tighter, quantity))).toEqual([20, 20]);
  });

  it('the other rules, the name and the manager before it stay as they are', () => {
    const tighter = tightened(manager, 'max-position', 0.02);
    expect(tighter.name).toBe(manager.name);
    expect(refusal(tighter, 'max-sector', 0.3)).toMatchObject({ limit: 0.25 });
    expect(refusal(manager, 'max-position', 0.06)).toMatchObject({ limit: 0.05 });
  });

  it('of two rules of one name both come down to it, and the lower one is what holds', () => {
    const two = managerOf(maxGross({ limitFraction: 0.5 }), maxGross({ limitFraction: 0.3 }));
    expect(refusal(two, 'max-gross', 0.4)).toMatchObject({ limit: 0.3 });
    expect(allowed(tightened(two, 'max-gross', 0.2), 1000)).toBe(200);
  });

  it.each([
    ['max-position', maxPosition({ limitFraction: 0.5 }), 0.4],
    ['max-sector', maxSector({ limitFraction: 0.5 }), 0.4],
    ['max-gross', maxGross({ limitFraction: 0.5 }), 0.4],
    ['max-net', maxNet({ limitFraction: 0.5 }), 0.4],
    ['max-leverage', maxLeverage({ limit: 2 }), 1],
    ['buying-power', buyingPower({ longMarginFraction: 0.25 }), 0.4],
    ['max-correlation', maxCorrelation({ limitFraction: 0.5 }), 0.4],
    ['max-cluster', maxCluster({ limitFraction: 0.5, correlation: 0.6 }), 0.4],
    ['max-positions', maxPositions({ limit: 5 }), 4],
    ['max-volume-share', maxVolumeShare({ limitFraction: 0.5 }), 0.4],
    ['max-order-quantity', maxOrderQuantity({ limit: 5 }), 4],
    ['max-order-notional', maxOrderNotional({ limit: 5 }), 4],
    ['max-trade-loss', maxTradeLoss({ limitFraction: 0.5 }), 0.4],
    ['price-collar', priceCollar({ limitFraction: 0.5 }), 0.4],
    ['max-data-age', maxDataAge({ limitMinutes: 5 }), 4],
    ['max-orders-per-minute', maxOrdersPerMinute({ limit: 5 }), 4],
    ['max-trades-per-day', maxTradesPerDay({ limit: 5 }), 4],
    ['max-daily-loss', maxDailyLoss({ limitFraction: 0.5, onHalt: 'keep-legs' }), 0.4],
    ['max-drawdown', maxDrawdown({ limitFraction: 0.5, releaseAfterSessions: 3 }), 0.4],
  ])('%s has one, and keeps its name', (name, rule, limit) => {
    const tighter = rule.limit?.to(limit);
    expect(tighter).toMatchObject({ name, limit: { value: limit } });
    expect(tightened(managerOf(rule), name, limit).name).toBe(`fixed-quantity, ${name}`);
  });

  it('what else a rule was told stays: the policy of a halt, its release, the margin of longs', () => {
    const fallen = contextOf([{}], { equity: 50, previousCloseEquity: 100, index: 0.5, peakIndex: 1 });
    expect(maxDailyLoss({ limitFraction: 0.6, onHalt: 'keep-legs' }).limit?.to(0.4).watch?.(fallen)).toMatchObject({
      flatten: false,
    });
    expect(
      maxDrawdown({ limitFraction: 0.6, releaseAfterSessions: 3, onHalt: 'keep-legs' }).limit?.to(0.4).watch?.(fallen),
    ).toMatchObject({ flatten: false, releaseAfterSessions: 3 });
    // 25 % margin, half of 100,000: 200,000 dollars, 2,000 shares.
    const power = tightened(managerOf(buyingPower({ longMarginFraction: 0.25 })), 'buying-power', 0.5);
    expect(allowed(power, 9999)).toBe(2000);
  });
});

describe('is refused', () => {
  const manager = managerOf(maxGross({ limitFraction: 1 }), maxPositions({ limit: 5 }), noWashTrade());

  it.each([1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a limit of %d where 1 holds', (asked) => {
    expect(refusal(manager, 'max-gross', asked)).toEqual({
      kind: 'refused',
      rule: 'max-gross',
      measured: asked,
      limit: 1,
      reason: `"max-gross" is at 1 and cannot go to ${asked}: a limit is only tightened, to less than 1`,
    });
  });

  it.each([
    ['max-gross', 0, 'give a fraction above 0 and at most 4'],
    ['max-gross', -1, 'give a fraction above 0 and at most 4'],
    ['max-positions', 2.5, 'give a whole number of at least 1'],
  ])('%s at %d, which cannot be meant', (rule, asked, why) => {
    expect(refusal(manager, rule, asked).reason).toContain(why);
  });

  it.each(['max-groß', 'no-wash-trade', ''])('"%s", which has no limit, with the names of those that have', (rule) => {
    const { limit, reason } = refusal(manager, rule, 0.1);
    expect(limit).toBeNaN();
    expect(reason).toBe(
      `there is no limit of a rule "${rule}" that can be tightened: those of "max-gross", "max-positions" can be`,
    );
    expect(refusal(managerOf(noWashTrade()), rule, 0.1).reason).toContain('no rule has one');
  });

  it('but what is thrown by a rule otherwise is a fault', () => {
    const broken: RiskRule = {
      name: 'broken',
      check: () => [],
      limit: {
        value: 1,
        to: () => {
          throw new TypeError('a bug');
        },
      },
    };
    expect(() => managerOf(broken).tightened?.('broken', 0.5)).toThrow(TypeError);
  });
});

it('after any sequence each limit is the least that was seen', () => {
  const start = { 'max-gross': 4, 'max-net': 2, 'max-position': 1 };
  const names = Object.keys(start) as (keyof typeof start)[];
  const step = fc.record({
    rule: fc.constantFrom(...names),
    limit: fc.oneof(fc.double({ min: 1e-6, max: 8, noNaN: true }), fc.constantFrom(0, -1, Number.NaN)),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let manager = managerOf(
        maxGross({ limitFraction: start['max-gross'] }),
        maxNet({ limitFraction: start['max-net'] }),
        maxPosition({ limitFraction: start['max-position'] }),
      );
      const least = { ...start };
      for (const { rule, limit } of steps) {
        const answer = manager.tightened?.(rule, limit);
        expect(answer !== undefined && 'kind' in answer).toBe(!(limit > 0 && limit < least[rule]));
        if (answer !== undefined && !('kind' in answer)) manager = answer;
        if (limit > 0) least[rule] = Math.min(least[rule], limit);
        for (const name of names) expect(refusal(manager, name, 9).limit).toBe(least[name]);
      }
    }),
  );
});
