import type { Bars, FeatureInput, FeatureKernel, FeatureSpec } from '@tradekit/core';
import { type Indicator, indicator } from './indicator.js';

/** A line plus a number of widths, which may be negative. */
export function band(name: string, line: FeatureSpec, width: FeatureSpec, widths: number): Indicator {
  return indicator({
    key: `${name}(${line.key},${width.key},${Math.abs(widths)})`,
    unit: line.unit,
    inputs: [line, width],
    create: ({ instruments, inputs }) => new LineAndWidths(instruments, inputs[0]!, inputs[1]!, widths),
  });
}

/** Also what a difference is made of: a line plus −1 widths. */
export class LineAndWidths implements FeatureKernel {
  readonly state: readonly [] = [];
  readonly #instruments: number;
  readonly #lines: Float64Array;
  readonly #atLine: number;
  readonly #wide: Float64Array;
  readonly #atWidth: number;
  readonly #widths: number;

  constructor(instruments: number, line: FeatureInput, width: FeatureInput, widths: number) {
    this.#instruments = instruments;
    this.#lines = line.values;
    this.#atLine = line.base;
    this.#wide = width.values;
    this.#atWidth = width.base;
    this.#widths = widths;
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const lines = this.#lines;
    const atLine = this.#atLine;
    const wide = this.#wide;
    const atWidth = this.#atWidth;
    const widths = this.#widths;
    const count = rows * this.#instruments;
    for (let i = 0; i < count; i++) out[base + i] = lines[atLine + i]! + widths * wide[atWidth + i]!;
  }
}
