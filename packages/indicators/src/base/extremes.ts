import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from './indicator.js';
import { overInput, type PeriodOptions, type Source } from './input.js';
import { Window } from './window.js';

/** The highest or the lowest of the last values that there were; a missing one gives NaN and is left out. */
export function extreme(which: 'highest' | 'lowest', { period, input = 'close' }: PeriodOptions): Indicator {
  return overInput(input, {
    name: which,
    parameters: [period],
    bars: period,
    create: (instruments, source) => kernel(which === 'highest' ? 1 : -1, period, instruments, source),
  });
}

/** Values times `sign`, so that the extreme is always the highest. */
function kernel(sign: 1 | -1, period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, full } = window;
  const best = new Float64Array(instruments).fill(Number.NEGATIVE_INFINITY);
  return {
    state: [...window.state, best],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = sign * values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const wasFull = full[i] === 1;
        const old = window.push(i, value);
        if (value >= best[i]!) best[i] = value;
        else if (wasFull && old === best[i]) best[i] = highestOf(kept, i * period, period);
        out[base + i] = full[i] === 1 ? sign * best[i]! : Number.NaN;
      }
    },
  };
}

function highestOf(values: Float64Array, from: number, count: number): number {
  let best = values[from]!;
  for (let k = from + 1; k < from + count; k++) if (values[k]! > best) best = values[k]!;
  return best;
}
