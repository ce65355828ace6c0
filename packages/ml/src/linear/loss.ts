/** The softmax and the logistic loss of linear margins with a penalty on coefficients: its value, derivatives, and their change along a line. */

/** Rows as the loss sees them. */
export interface LinearRows {
  /** Row-major, `width` numbers a row. */
  readonly values: Float64Array;
  readonly width: number;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

/** A convex loss of parameters: for each output its coefficients, then its intercept. */
export class LinearLoss {
  readonly size: number;
  readonly #rows: LinearRows;
  readonly #outputs: number;
  readonly #l2: number;
  /** Probabilities at the parameters of the last `derivatives`, cell `row * outputs + output`. */
  readonly #p: Float64Array;

  /** One output is the logistic loss, several are the softmax loss. */
  constructor(rows: LinearRows, outputs: number, l2: number) {
    this.size = outputs * (rows.width + 1);
    this.#rows = rows;
    this.#outputs = outputs;
    this.#l2 = l2;
    this.#p = new Float64Array(rows.targets.length * outputs);
  }

  /** Sum of weight times loss over the rows, and the penalty. */
  value(parameters: Float64Array): number {
    const { targets, weights } = this.#rows;
    const margins = new Float64Array(this.#outputs);
    let sum = 0;
    for (let row = 0; row < targets.length; row++) {
      this.#linear(parameters, row, margins);
      sum += weights[row]! * lossOf(margins, targets[row]!);
    }
    return sum + (this.#l2 / 2) * this.#squares(parameters);
  }

  /** Writes the first derivatives by the parameters. */
  derivatives(parameters: Float64Array, out: Float64Array): void {
    const { targets, weights } = this.#rows;
    const outputs = this.#outputs;
    const own = new Float64Array(outputs);
    out.fill(0);
    for (let row = 0; row < targets.length; row++) {
      this.#linear(parameters, row, own);
      toProbabilities(own);
      this.#p.set(own, row * outputs);
      for (let k = 0; k < outputs; k++) own[k] = weights[row]! * (own[k]! - isOf(targets[row]!, k, outputs));
      this.#add(own, row, out);
    }
    this.#addPenalty(parameters, out);
  }

  /** Writes the second derivatives, at the parameters of the last `derivatives`, times a direction. */
  curvature(direction: Float64Array, out: Float64Array): void {
    const { targets, weights } = this.#rows;
    const outputs = this.#outputs;
    const own = new Float64Array(outputs);
    out.fill(0);
    for (let row = 0; row < targets.length; row++) {
      this.#linear(direction, row, own);
      const first = row * outputs;
      let mean = 0;
      for (let k = 0; k < outputs; k++) mean += this.#p[first + k]! * own[k]!;
      for (let k = 0; k < outputs; k++) own[k] = weights[row]! * this.#p[first + k]! * (own[k]! - mean);
      this.#add(own, row, out);
    }
    this.#addPenalty(direction, out);
  }

  /** One margin an output. */
  #linear(parameters: Float64Array, row: number, out: Float64Array): void {
    const { values, width } = this.#rows;
    const first = row * width;
    for (let k = 0, at = 0; k < out.length; k++, at += width + 1) {
      let sum = parameters[at + width]!;
      for (let j = 0; j < width; j++) sum += parameters[at + j]! * values[first + j]!;
      out[k] = sum;
    }
  }

  /** Adds a row times one number an output. */
  #add(numbers: Float64Array, row: number, out: Float64Array): void {
    const { values, width } = this.#rows;
    const first = row * width;
    for (let k = 0, at = 0; k < numbers.length; k++, at += width + 1) {
      const own = numbers[k]!;
      for (let j = 0; j < width; j++) out[at + j]! += own * values[first + j]!;
      out[at + width]! += own;
    }
  }

  #addPenalty(parameters: Float64Array, out: Float64Array): void {
    const { width } = this.#rows;
    for (let at = 0; at < this.size; at++) if (at % (width + 1) !== width) out[at]! += this.#l2 * parameters[at]!;
  }

  /** Σ coefficient². */
  #squares(parameters: Float64Array): number {
    const { width } = this.#rows;
    let sum = 0;
    for (let at = 0; at < this.size; at++) if (at % (width + 1) !== width) sum += parameters[at]! ** 2;
    return sum;
  }
}

/** 1 where a target is the class of an output, else 0; a single output stands for class 1. */
const isOf = (target: number, output: number, outputs: number): number =>
  target === (outputs === 1 ? 1 : output) ? 1 : 0;

/** −ln of the probability that margins give to a target, without overflow. */
function lossOf(margins: Float64Array, target: number): number {
  if (margins.length === 1) {
    const margin = target === 1 ? margins[0]! : -margins[0]!;
    return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (const margin of margins) largest = Math.max(largest, margin);
  let sum = 0;
  for (const margin of margins) sum += Math.exp(margin - largest);
  return Math.log(sum) + largest - margins[target]!;
}

/** Margins of one row made probabilities, in place. */
export function toProbabilities(margins: Float64Array): void {
  if (margins.length === 1) {
    margins[0] = 1 / (1 + Math.exp(-margins[0]!));
    return;
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (const margin of margins) largest = Math.max(largest, margin);
  let sum = 0;
  for (let k = 0; k < margins.length; k++) {
    margins[k] = Math.exp(margins[k]! - largest);
    sum += margins[k]!;
  }
  for (let k = 0; k < margins.length; k++) margins[k] = margins[k]! / sum;
}
