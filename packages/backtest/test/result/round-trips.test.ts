import { expect, it } from 'vitest';
import { order, type Script, script, submit } from '../script.js';

/** Orders and fills of one strategy in A: signed quantity, price, commission, each after a slice of its own. */
function trade(
  on: Script,
  moves: readonly (readonly [quantity: number, price: number, commission: number, role?: 'exit' | 'stop'])[],
): void {
  for (const [place, [quantity, price, commission, role]] of moves.entries()) {
    const number = place + 1;
    on.slice(
      number * 10,
      1,
      [price, 20],
      [submit(order(number, 0, quantity, { role: role ?? 'entry', reason: `move ${number}` }))],
    );
    on.fill(number, number * 10 + 1, Math.abs(quantity), price, commission);
  }
}

it('from flat to flat, with averages of several fills: bought 10 at 10 and 30 at 14, sold 40 at 15', () => {
  const on = script();
  trade(on, [
    [10, 10, 1],
    [30, 14, 1],
    [-40, 15, 2, 'exit'],
  ]);
  expect(on.recorder.result().trades).toEqual([
    {
      strategy: 0,
      instrument: 0,
      direction: 1,
      quantity: 40,
      entryTime: 11,
      entryPrice: 13, // (10 × 10 + 30 × 14) / 40
      exitTime: 31,
      exitRow: 2,
      exitPrice: 15,
      commission: 4,
      profit: 76, // 600 − 520 − 4
      barsHeld: 2,
      closedBy: 'exit',
      reason: 'move 3',
    },
  ]);
});

it('a short earns when the price falls', () => {
  const on = script();
  trade(on, [
    [-10, 20, 1],
    [4, 18, 1, 'exit'],
    [6, 21, 1, 'stop'],
  ]);
  const [trip] = on.recorder.result().trades;
  // 200 − 72 − 126 − 3; exit (4 × 18 + 6 × 21) / 10.
  expect(trip).toMatchObject({
    direction: -1,
    quantity: 10,
    entryPrice: 20,
    exitPrice: 19.8,
    profit: -1,
    closedBy: 'stop',
  });
});

it('a flip is split: the commission goes by shares', () => {
  const on = script();
  trade(on, [
    [10, 10, 1],
    [-40, 12, 4],
  ]);
  const { trades, positions } = on.recorder.result();
  expect(trades).toHaveLength(1);
  expect(trades[0]).toMatchObject({ quantity: 10, exitPrice: 12, commission: 2, profit: 18 }); // 20 − 1 − 4 × 10/40
  expect(positions).toMatchObject([{ quantity: -30, entryPrice: 12, commission: 3 }]);
});

it('what is open at the end is marked, and not closed', () => {
  const on = script();
  trade(on, [
    [10, 10, 1],
    [-4, 12, 1, 'exit'],
  ]);
  on.slice(100, 1, [11, 20]);
  const { trades, positions } = on.recorder.result();
  expect(trades).toEqual([]);
  // 48 − 100 − 2 + 6 × 11.
  expect(positions).toEqual([
    { strategy: 0, instrument: 0, quantity: 6, entryTime: 11, entryPrice: 10, mark: 11, commission: 2, profit: 12 },
  ]);
});

it('a split changes shares and price, not the profit; a dividend adds to it', () => {
  const on = script();
  trade(on, [[11, 10, 0]]);
  on.account.held[0] = [5, 0];
  on.event('corporate-action', {
    time: 15,
    instrument: 0,
    action: { type: 'split', ratio: 0.5, cashInLieu: 22 },
  } as never);
  on.event('corporate-action', { time: 15, instrument: 0, action: { type: 'dividend', perShare: 0.4 } } as never);
  on.slice(20, 1, [24, 20], [submit(order(2, 0, -5, { role: 'exit' }))]);
  on.fill(2, 21, 5, 24, 0);
  const [trip] = on.recorder.result().trades;
  // 11 shares become 5.5: half a share is paid at 22, five are sold at 24: 11 + 120 − 110 + 5 × 0.4.
  expect(trip).toMatchObject({ quantity: 5.5, entryPrice: 20, profit: 23, closedBy: 'exit' });
});

it('a delisting ends the trip at what the shares were paid', () => {
  const on = script();
  trade(on, [[10, 10, 1]]);
  on.event('corporate-action', { time: 15, instrument: 0, action: { type: 'delisted', perShare: 3 } } as never);
  const { trades, positions } = on.recorder.result();
  expect(trades).toMatchObject([{ exitPrice: 3, profit: -71, closedBy: 'delisted' }]);
  expect(positions).toEqual([]);
});

it('shares that were adopted are entered at the mark', () => {
  const on = script();
  on.slice(10, 1, [30, 20]);
  on.account.held[0] = [7, 0];
  on.event('adjustment', {
    time: 12,
    type: 'adopted',
    cash: 0,
    instrument: 0,
    quantity: 7,
    strategy: 0,
    reason: 'found',
  } as never);
  expect(on.recorder.result().positions).toMatchObject([{ quantity: 7, entryPrice: 30, profit: 0 }]);
});

it('a corrected fill corrects its round trip', () => {
  const on = script();
  trade(on, [
    [10, 10, 1],
    [-10, 12, 1, 'exit'],
  ]);
  on.event('fill-corrected', {
    time: 30,
    order: 2,
    executionId: '2-21',
    quantity: 10,
    price: 11,
    commission: 1,
  } as never);
  expect(on.recorder.result().trades).toMatchObject([{ exitPrice: 11, profit: 8 }]);
});

it('two strategies in one instrument have round trips of their own', () => {
  const on = script({ strategies: ['one', 'two'] });
  const other = { strategy: 1 as never };
  on.slice(10, 1, [10, 20], [submit(order(1, 0, 5)), submit(order(2, 0, 7, other))]);
  on.fill(1, 11, 5, 10, 0);
  on.fill(2, 11, 7, 10, 0);
  on.slice(20, 1, [11, 20], [submit(order(3, 0, -7, { ...other, role: 'exit' }))]);
  on.fill(3, 21, 7, 11, 0);
  const { trades, positions } = on.recorder.result();
  expect(trades).toMatchObject([{ strategy: 1, quantity: 7, profit: 7 }]);
  expect(positions).toMatchObject([{ strategy: 0, quantity: 5, profit: 5 }]);
});
