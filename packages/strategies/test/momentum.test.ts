import { momentum } from '@tradekit/strategies';
import { describe, expect, test } from 'vitest';
import { scripted } from './scripted.js';

describe('momentum', () => {
  test('enters above 0.5, stays down to 0.2, leaves below it: hysteresis', () => {
    const { wish } = scripted(momentum);
    expect(wish({ features: [0.5] })).toBeUndefined();
    expect(wish({ features: [0.51] })).toBe(1);
    expect(wish({ features: [0.2], direction: 1 })).toBeUndefined();
    expect(wish({ features: [0.19], direction: 1 })).toBe(0);
    expect(wish({ features: [0.3] })).toBeUndefined();
  });

  test('a wish that was refused stands until its trend is gone: the engine tries it again by itself', () => {
    const { wish } = scripted(momentum);
    expect(wish({ features: [0.3], direction: 1, status: 'refused' })).toBeUndefined();
    expect(wish({ features: [0.1], direction: 1, status: 'refused' })).toBe(0);
  });

  test('what a stop or a halt ended is not bought again before its trend is gone', () => {
    const { wish } = scripted(momentum);
    expect(wish({ features: [3], direction: 1, status: 'ended' })).toBeUndefined();
    expect(wish({ features: [0.3], direction: 1, status: 'ended' })).toBeUndefined();
    expect(wish({ features: [0.1], direction: 1, status: 'ended' })).toBe(0);
  });

  test('relative to sectors that nobody has, it says so', () => {
    expect(() => scripted(momentum, { sectorRelative: true }, [])).toThrow('no symbol has a sector');
    expect(() => scripted(momentum, {}, [])).not.toThrow();
  });

  test('a value that is not there changes nothing', () => {
    const { wish } = scripted(momentum);
    expect(wish({ features: [Number.NaN], direction: 1 })).toBeUndefined();
  });

  test('sells short only where it may, and turns over', () => {
    expect(scripted(momentum).wish({ features: [-3] })).toBeUndefined();
    expect(scripted(momentum).wish({ features: [-3], direction: 1 })).toBe(0);
    const { wish } = scripted(momentum, { shorts: true });
    expect(wish({ features: [-0.51] })).toBe(-1);
    expect(wish({ features: [-0.2], direction: -1 })).toBeUndefined();
    expect(wish({ features: [-0.19], direction: -1 })).toBe(0);
    expect(wish({ features: [0.6], direction: -1 })).toBe(1);
  });

  test('with stopRanges an entry has a stop so many daily ranges away, and without a range there is none', () => {
    const { ask, specs } = scripted(momentum, { stopRanges: 3, shorts: true });
    expect(specs[1]).toMatchObject({ timeframe: 'day' });
    expect(ask({ features: [1, 2], close: 50 })).toMatchObject([{ direction: 1, stopPrice: 44, strength: 1 }]);
    expect(ask({ features: [-1, 2], close: 50 })).toMatchObject([{ direction: -1, stopPrice: 56 }]);
    expect(ask({ features: [1, Number.NaN] })).toEqual([]);
    expect(ask({ features: [1, 20], close: 50 })).toEqual([]); // the stop would be below zero
    expect(ask({ features: [0, Number.NaN], direction: 1 })).toMatchObject([{ direction: 0 }]);
  });

  test('with stopTrails the stop keeps that distance', () => {
    const { ask } = scripted(momentum, { stopRanges: 3, stopTrails: true });
    expect(ask({ features: [1, 2], close: 50 })).toMatchObject([{ stopPrice: 44, trailDistance: 6 }]);
    expect(scripted(momentum, { stopRanges: 3 }).ask({ features: [1, 2], close: 50 })[0]).not.toHaveProperty(
      'trailDistance',
    );
  });

  test('asks for the trend, and relative to its sector for the difference to the mean of the sector', () => {
    expect(scripted(momentum).specs.map(({ key }) => key)).toEqual([
      'ratio(difference(ema(130,log-close),ema(520,log-close)),scale(returnDeviation(130),19.748417658131498))',
    ]);
    const [relative] = scripted(momentum, { sectorRelative: true }).specs;
    expect(relative?.key).toMatch(/^difference\(ratio\(.*,sector\.mean\(ratio\(/);
  });
});
