import { expect, test } from 'vitest';
import {
  capped,
  fixedFraction,
  kelly,
  maxPosition,
  maxSector,
  riskManager,
  signalEdge,
  tallyKeeper,
} from '../src/index.js';
import { contextOf, unsized, wishFor } from './context.js';

/** Kelly that is capped at 10 %, with 5 % a symbol and 8 % a sector, watched and bare. */
function managers() {
  const keeper = tallyKeeper();
  const sizer = () => kelly({ edge: signalEdge(), horizonSessions: 1, fraction: 1 });
  const rules = [maxPosition({ limitFraction: 0.05 }), maxSector({ limitFraction: 0.08 })];
  const bare = riskManager({ sizer: capped({ of: sizer(), capFraction: 0.1 }), rules });
  const watched = keeper.manager(
    riskManager({ sizer: capped({ of: keeper.sizer(sizer()), capFraction: 0.1 }), rules: rules.map(keeper.rule) }),
  );
  return { keeper, bare, watched };
}

/** A bet that pays as much as it costs, 10 % each way; from p its Kelly fraction is (2p − 1) × 0.1 ÷ (p (1 − p) × 0.04). */
function bet(instrument: number, probability: number) {
  const wish = unsized(instrument, 1);
  return { ...wish, signal: { ...wish.signal, probability, stopPrice: 90, targetPrice: 110 } };
}

test('says whose number a size was, and changes none', () => {
  const { keeper, bare, watched } = managers();
  const context = contextOf([{}, { sector: 'B' }]);
  // p = 0.7: 4.76 of the budget, so that the cap of 10 % and then the rule of 5 % count; p = 0.501: 2 % ÷ 0.9999…, 20 shares of 1,000.
  for (const wishes of [[bet(0, 0.7)], [bet(0, 0.501)], [bet(1, 0.4)]])
    expect(watched.plan(wishes, context)).toEqual(bare.plan(wishes, context));
  expect(bare.plan([bet(0, 0.501)], context)).toEqual([{ kind: 'allow', quantity: 20 }]);
  expect(keeper.tally()).toEqual({
    wishes: 3,
    cuts: { 'max-position': 1 },
    sizes: { sizer: 'kelly(signal)', none: 1, own: 1, capped: 1, refused: 0 },
  });
});

test('a wish that two rules cut counts for each; one with a size of its own has no sizer', () => {
  const { keeper, watched } = managers();
  // 100 shares each are cut to 50, and 10 % of the sector to 8 %
  expect(watched.plan([wishFor(0, 100), wishFor(1, 100)], contextOf([{}, {}]))).toEqual([
    { kind: 'allow', quantity: 40 },
    { kind: 'allow', quantity: 40 },
  ]);
  expect(keeper.tally()).toEqual({
    wishes: 2,
    cuts: { 'max-position': 2, 'max-sector': 2 },
    sizes: { sizer: 'kelly(signal)', none: 0, own: 0, capped: 0, refused: 0 },
  });
});

test('a refusal is counted as one, and an order on its way out not at all', () => {
  const { keeper, watched } = managers();
  const full = contextOf([{ held: 50 }]);
  expect(watched.plan([bet(0, 0.7)], full)[0]).toMatchObject({ kind: 'refused', rule: 'max-position' });
  expect(keeper.tally()).toMatchObject({ cuts: { 'max-position': 1 }, sizes: { refused: 1 } });
});

test('without a watched sizer there is nothing to say of sizes', () => {
  const keeper = tallyKeeper();
  const manager = keeper.manager(riskManager({ sizer: fixedFraction({ targetFraction: 0.02 }), rules: [] }));
  manager.plan([unsized(0, 1)], contextOf([{}]));
  expect(keeper.tally()).toEqual({ wishes: 1, cuts: {} });
});

test('goes on counting when a limit is tightened', () => {
  const { keeper, watched } = managers();
  const tighter = watched.tightened?.('max-position', 0.02);
  if (tighter === undefined || 'kind' in tighter) throw new Error('not tightened');
  expect(tighter.plan([bet(0, 0.7)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 20 }]);
  expect(keeper.tally()).toMatchObject({ wishes: 1, cuts: { 'max-position': 1 }, sizes: { capped: 1 } });
  expect(watched.tightened?.('max-position', 0.5)).toMatchObject({ kind: 'refused' });
});
