import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digest } from '../src/index.js';
import { order, script, submit } from './script.js';

function run(price: number, reason = 'because'): string {
  const on = script();
  on.slice(900, 1, [10, 20], [submit(order(1, 0, 5, { reason }))]);
  on.fill(1, 900, 5, price, 0.5);
  on.slice(1800, 1, [10, 20]);
  return digest(on.recorder.result());
}

it('is the hash of the documented layout, laid out here by hand', () => {
  const columns = [
    [1], // orders: number, strategy, instrument, sign, quantity
    [0],
    [0],
    [1],
    [5],
    [0], // market, day, entry, filled
    [0],
    [0],
    [5],
    [0], // no limit, no stop
    [0],
    [900], // time, filled quantity
    [5],
    [900], // fills: time, order, quantity, price, commission
    [0],
    [5],
    [10],
    [0.5],
    [900, 1800], // equity: time, cash, equity
    [1000, 1000],
    [1000, 1000],
  ];
  const cells = columns.flatMap((column) => [column.length, ...column]);
  const bytes = new DataView(new ArrayBuffer(cells.length * 8));
  for (const [place, cell] of cells.entries()) bytes.setFloat64(place * 8, cell, true);
  const expected = createHash('sha256').update('tradekit-digest-1').update(bytes).digest('hex');
  expect(expected).toBe('cecf0128ed752c65a5b69dc8cf360105845dde1cc10185a7601f235a83a1c4fd');
  expect(run(10)).toBe(expected);
});

it('changes with the last bit of a price', () => {
  expect(run(10 + 2 ** -49)).not.toBe(run(10));
});

it('does not depend on text', () => {
  expect(run(10, 'another reason')).toBe(run(10));
});
