import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exactExp, exactLog, normalQuantile } from '../../src/synthetic/exact-math.js';

function relativeError(value: number, truth: number): number {
  return Math.abs(value / truth - 1);
}

describe('exactExp', () => {
  test('agrees with Math.exp to 5e-16 relative between −700 and 700', () => {
    let worst = 0;
    for (let x = -700; x <= 700; x += 0.137) worst = Math.max(worst, relativeError(exactExp(x), Math.exp(x)));
    expect(worst).toBeLessThan(5e-16);
  });

  test('is 1 at 0, and 0 or Infinity where a double ends', () => {
    expect([exactExp(0), exactExp(-710), exactExp(710)]).toEqual([1, 0, Number.POSITIVE_INFINITY]);
  });
});

describe('exactLog', () => {
  test('agrees with Math.log to 5e-16 relative, or absolute near 1', () => {
    let worst = 0;
    for (let x = 1e-12; x < 1e12; x *= 1.0137) {
      const error = Math.abs(exactLog(x) - Math.log(x)) / Math.max(1, Math.abs(Math.log(x)));
      worst = Math.max(worst, error);
    }
    expect(worst).toBeLessThan(5e-16);
  });

  test('is 0 at 1', () => {
    expect(exactLog(1)).toBe(0);
  });
});

describe('normalQuantile', () => {
  test.each([
    // Values of Wichura's paper, and the usual table.
    [0.25, -0.6744897501960817],
    [0.001, -3.0902323061678136],
    [1e-20, -9.262340089798409],
    [0.975, 1.959963984540054],
    [0.5, 0],
  ])('of %d is %d', (p, quantile) => {
    expect(normalQuantile(p)).toBeCloseTo(quantile, 12);
  });

  test('is odd around one half', () => {
    for (const p of [0.01, 0.07, 0.0751, 0.3]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 13);
  });
});

test('the model uses no function whose last bit may differ between engines, no clock and no foreign chance', () => {
  const folder = new URL('../../src/synthetic/', import.meta.url);
  const exact = new Set(['sqrt', 'floor', 'round', 'abs', 'min', 'max', 'imul']);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    const code = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    for (const [, called] of code.matchAll(/Math\.(\w+)/g)) expect(exact, name).toContain(called);
    expect(code, name).not.toMatch(/\*\*|Date\.|new Date|performance|crypto/);
  }
});
