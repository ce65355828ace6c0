import { setFlagsFromString } from 'node:v8';
import { boosting } from '@tradekit/ml';
import { expect, test } from 'vitest';
import { bitsOf, classes, noisy } from './kit.js';

interface Api {
  readonly WebAssembly: {
    readonly Memory: new (pages: { readonly initial: number }) => { grow(pages: number): number };
  };
}

test('where WebAssembly has no memory for a set, the loops in TypeScript train it, to the same bits', () => {
  setFlagsFromString('--wasm-max-mem-pages=2');
  const { WebAssembly } = globalThis as unknown as Api;
  expect(() => new WebAssembly.Memory({ initial: 1 }).grow(2)).toThrow(RangeError);
  const options = { target: { kind: 'classes', count: 3 }, rounds: 3 } as const;
  const set = classes(noisy(1, 500, 9));
  expect(bitsOf(boosting(options).train(set))).toEqual(
    bitsOf(boosting({ ...options, kernels: 'typescript' }).train(set)),
  );
});
