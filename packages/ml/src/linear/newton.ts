/** Newton's method with conjugate gradients (J. Nocedal, S. Wright, Numerical Optimization, 2006, algorithm 7.1). */
import { fail } from '../error.js';
import type { LinearLoss } from './loss.js';

/** When to stop. */
export interface NewtonOptions {
  /** The farthest a derivative may be from 0. */
  readonly limit: number;
  readonly maxSteps: number;
}

/** How much of what a step promises must come, else it is halved (Armijo). */
const PART = 1e-4;
/** A loss is known to about this part of itself: near the lowest point steps do not show in it. */
const ROUNDING = 1e-14;

/** The parameters of the lowest loss, from zeros. Throws `MlError` `TRAIN_NO_END` when they are not found in so many steps. */
export function lowest(loss: LinearLoss, { limit, maxSteps }: NewtonOptions): Float64Array {
  const parameters = new Float64Array(loss.size);
  const gradient = new Float64Array(loss.size);
  let value = loss.value(parameters);
  for (let step = 0; step < maxSteps; step++) {
    loss.derivatives(parameters, gradient);
    const farthest = gradient.reduce((most, own) => Math.max(most, Math.abs(own)), 0);
    if (farthest <= limit) return parameters;
    const direction = downhill(loss, gradient);
    const slope = dot(gradient, direction);
    let part = 1;
    for (;;) {
      const there = parameters.map((own, k) => own + part * direction[k]!);
      const reached = loss.value(there);
      if (reached <= value + PART * part * slope + ROUNDING * Math.abs(value)) {
        parameters.set(there);
        value = reached;
        break;
      }
      part /= 2;
      if (part < 1e-12) return gaveUp(step, farthest);
    }
  }
  return gaveUp(maxSteps, Number.NaN);
}

function gaveUp(steps: number, farthest: number): never {
  const message = `the lowest loss was not found in ${steps} steps; raise l2, tolerance or maxSteps, or look for features of enormous values`;
  return fail('TRAIN_NO_END', message, { steps, farthest });
}

/** Solves curvature · direction = −gradient, the more exactly the smaller the gradient is: the steps then grow together with Newton's. */
function downhill(loss: LinearLoss, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  const direction = new Float64Array(size);
  const rest = gradient.map((own) => -own);
  const along = rest.slice();
  const curved = new Float64Array(size);
  let left = dot(rest, rest);
  const start = Math.sqrt(left);
  const enough = Math.min(0.1, Math.sqrt(start)) * start;
  for (let k = 0; k < 2 * size && Math.sqrt(left) > enough; k++) {
    loss.curvature(along, curved);
    const bend = dot(along, curved);
    // Where the loss is level in this direction, to the last bit, there is nothing more to gain.
    if (!(bend > 0)) break;
    const far = left / bend;
    for (let j = 0; j < size; j++) {
      direction[j]! += far * along[j]!;
      rest[j]! -= far * curved[j]!;
    }
    const now = dot(rest, rest);
    for (let j = 0; j < size; j++) along[j] = rest[j]! + (now / left) * along[j]!;
    left = now;
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
