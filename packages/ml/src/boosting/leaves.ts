/** What trees add to margins, in TypeScript. */
import type { BinNodes, BinnedRows, MarginColumn, RowBuffer, Side } from './kernels.js';

/** As `Kernels.addSides`. */
export function addSides(
  { words, ids }: RowBuffer,
  width: number,
  from: number,
  to: number,
  { feature, shift, most }: Side,
  left: number,
  right: number,
  { margins, outputs, output }: MarginColumn,
): void {
  const offset = feature >> 2;
  const bits = (feature & 3) << 3;
  for (let row = from; row < to; row++) {
    const own = ((words[row * width + offset]! >>> bits) + shift) & 255;
    margins[ids[row]! * outputs + output]! += own <= most ? left : right;
  }
}

/** As `Kernels.addLeaf`. */
export function addLeaf({ ids }: RowBuffer, from: number, to: number, value: number, column: MarginColumn): void {
  const { margins, outputs, output } = column;
  for (let row = from; row < to; row++) margins[ids[row]! * outputs + output]! += value;
}

/** As `Kernels.addTree`. */
export function addTree({ nodes, values }: BinNodes, { words, width, rows }: BinnedRows, column: MarginColumn): void {
  const { margins, outputs, output } = column;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let at = 0; nodes[at] !== node; at = 5 * node) {
      const feature = nodes[at + 2]!;
      const own = ((words[row * width + (feature >> 2)]! >>> ((feature & 3) << 3)) + nodes[at + 3]!) & 255;
      node = own <= nodes[at + 4]! ? nodes[at]! : nodes[at + 1]!;
    }
    margins[row * outputs + output]! += values[node]!;
  }
}
