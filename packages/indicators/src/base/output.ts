import type { FeatureKernel, FeatureSpec } from '@tradekit/core';
import { type Indicator, indicator, type Memory } from './indicator.js';

/** What is particular to one of the values that a kernel makes together. */
interface Output {
  /** Among `outputs` of the whole. */
  readonly key: string;
  /** Bars, or values of the whole, until its own first value. Default 1. */
  readonly bars?: number;
  readonly memory?: Memory;
}

/** One of the values of a kernel that makes several. Runners read it where that kernel wrote it; its own one would only copy it. */
export function outputOf(whole: FeatureSpec, output: Output): Indicator {
  const place = (whole.outputs ?? []).indexOf(output.key);
  return indicator({
    ...output,
    unit: whole.unit,
    inputs: [whole],
    create({ instruments, inputs, apart }): FeatureKernel {
      const { values, base: first } = inputs[0]!;
      const at = first + place * apart;
      return {
        state: [],
        step(_bars, _offset, out, base) {
          for (let i = 0; i < instruments; i++) out[base + i] = values[at + i]!;
        },
      };
    },
  });
}
