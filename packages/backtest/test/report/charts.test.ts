/** The script of the page, run with a chart library that only listens. */
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { backtest } from '../../src/index.js';
import { chartScript, charts } from '../../src/report/charts.js';
import { handMade } from '../market.js';

type Ticks = (plot: unknown, values: readonly number[], axis: number, space: number, step: number) => readonly string[];

/** The labels that the page gives the ticks of its two value axes. */
function axes(): { readonly equity: Ticks; readonly drawdown: Ticks } {
  const page = charts(backtest(handMade()), undefined).text + chartScript().text;
  const curve = /id="curve">(.*?)<\/script>/.exec(page)?.[1];
  const drawn: Ticks[] = [];
  runInNewContext(page.slice(page.indexOf('(() => {\n  const { times')).replace(/<\/script>$/, ''), {
    document: {
      getElementById: (id: string) =>
        id === 'prices' || id === 'symbol' ? null : { textContent: curve, clientWidth: 800 },
      querySelectorAll: () => [],
      documentElement: {},
    },
    getComputedStyle: () => ({ getPropertyValue: () => '' }),
    matchMedia: () => ({ addEventListener() {} }),
    addEventListener() {},
    uPlot: class {
      constructor({ axes: [, y] }: { axes: readonly [unknown, { values: Ticks }] }) {
        drawn.push(y.values);
      }
    },
  });
  const [equity, drawdown] = drawn as [Ticks, Ticks];
  return { equity, drawdown };
}

it('labels dollars with as many digits as the step of the ticks has, and all of one unit with the same', () => {
  const { equity } = axes();
  const labels = (values: readonly number[], step: number): readonly string[] => equity(null, values, 1, 60, step);
  expect(labels([950_000, 975_000, 1_000_000, 1_025_000, 1_050_000], 25_000)).toEqual([
    '$950K',
    '$975K',
    '$1.000M',
    '$1.025M',
    '$1.050M',
  ]);
  expect(labels([900_000, 1_000_000, 1_100_000], 100_000)).toEqual(['$900K', '$1.0M', '$1.1M']);
  expect(labels([1_000_000, 2_000_000], 1_000_000)).toEqual(['$1M', '$2M']);
  expect(labels([99_500, 100_000, 100_500], 500)).toEqual(['$99.5K', '$100.0K', '$100.5K']);
  expect(labels([0, 250, 500], 250)).toEqual(['$0', '$250', '$500']);
  expect(labels([9_999.5, 10_000], 0.5)).toEqual(['$9.9995K', '$10.0000K']);
  expect(labels([-50_000, 0], 50_000)).toEqual(['-$50K', '$0']);
});

it('labels falls in percent with as many digits as the step has', () => {
  const { drawdown } = axes();
  const labels = (values: readonly number[], step: number): readonly string[] => drawdown(null, values, 1, 60, step);
  expect(labels([-0.0075, -0.005, -0.0025, 0], 0.0025)).toEqual(['-0.75 %', '-0.50 %', '-0.25 %', '0.00 %']);
  expect(labels([-0.1, -0.05, 0], 0.05)).toEqual(['-10 %', '-5 %', '0 %']);
});
