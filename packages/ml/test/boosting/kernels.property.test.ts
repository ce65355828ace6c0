/** WebAssembly and TypeScript: the same loops twice, and every number of a model the same bits. */
import { createHash } from 'node:crypto';
import { type BoostingOptions, boosting, type TrainingSet } from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyGrowth, bitsOf, classes, noisy, numbers, setOf, train } from './kit.js';

type Case = Omit<BoostingOptions, 'kernels'>;

/** The bits of a model, and what was told of its rounds, by one kind of loops. */
function trained(kernels: 'wasm' | 'typescript', options: Case, set: TrainingSet, validation?: TrainingSet): unknown {
  const told: unknown[] = [];
  const onRound = (...round: readonly unknown[]): void => void told.push(round);
  return [bitsOf(boosting({ ...options, kernels, onRound }).train(set, validation)), told];
}

const anyPart = fc.oneof(fc.constant(1), fc.double({ min: 0.3, max: 0.9, noNaN: true }));
const anyOptions = fc.record({
  rounds: fc.integer({ min: 1, max: 5 }),
  learningRate: fc.double({ min: 0.05, max: 1, noNaN: true }),
  growth: anyGrowth,
  maxBins: fc.constantFrom(2, 3, 16, 255),
  l1: fc.constantFrom(0, 0, 0.5),
  l2: fc.constantFrom(0, 1, 3),
  minGain: fc.constantFrom(0, 0.1),
  minChildWeight: fc.constantFrom(0, 1, 4),
  rowFraction: anyPart,
  columnFraction: anyPart,
  seed: fc.nat(100),
});
const anyKind = fc.constantFrom('number', 'two-classes', 'three-classes', 'monotone');

/** Sets and options of a kind of target. */
function caseOf(kind: string, options: Case, set: TrainingSet): readonly [Case, TrainingSet] {
  const two = { ...set, targets: set.targets.map((own) => (own > 0 ? 1 : 0)) };
  switch (kind) {
    case 'two-classes':
      return [{ ...options, target: { kind: 'two-classes' }, classWeights: [1, 2] }, two];
    case 'three-classes':
      return [{ ...options, target: { kind: 'classes', count: 3 } }, classes(set)];
    case 'monotone':
      return [{ ...options, target: { kind: 'two-classes' }, monotone: { a: 1, b: -1 } }, two];
    default:
      return [options, set];
  }
}

test('any set and any options: the same bits, round by round', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1e6),
        rows: fc.integer({ min: 20, max: 250 }),
        features: fc.integer({ min: 2, max: 18 }),
      }),
      anyOptions,
      anyKind,
      fc.boolean(),
      fc.boolean(),
      ({ seed, rows, features }, some, kind, isWeighted, isValidated) => {
        const next = numbers(seed + 7);
        const given = noisy(seed, rows, features);
        const weights = Float64Array.from({ length: rows }, () => 1 + Math.abs(next()));
        const [options, set] = caseOf(
          kind,
          { ...some, target: { kind: 'number' } },
          isWeighted ? { ...given, weights } : given,
        );
        const validation = isValidated ? caseOf(kind, options, noisy(seed + 1, 40, features))[1] : undefined;
        expect(trained('wasm', options, set, validation)).toEqual(trained('typescript', options, set, validation));
      },
    ),
    { seed: 5, numRuns: 120 },
  );
});

describe('sets longer than what is worked on at once', () => {
  // 1,024 rows are added to a histogram at once, and 8,192 values turned into bins.
  const set = classes(noisy(21, 9001, 5));
  const options = { target: { kind: 'classes', count: 3 }, rounds: 2 } as const;

  test('the same bits', () => {
    expect(trained('wasm', options, set)).toEqual(trained('typescript', options, set));
  });

  test('the bits that they were: the same on every machine', () => {
    const hash = createHash('sha256').update(JSON.stringify(trained('wasm', options, set)));
    expect(hash.digest('hex')).toBe('9f4cf31de0cbfa5f3125b38fdeb529f08cf44007e3ea8873271334e23fd7f00b');
  });

  test('the memory of one training serves the next', () => {
    const before = process.memoryUsage().external;
    for (let k = 0; k < 8; k++) train(set, options);
    // A training of this set takes 1.8 MB.
    expect(process.memoryUsage().external - before).toBeLessThan(4e6);
  });
});

test('a training within another one’s rounds: each has its own memory', () => {
  const options = { target: { kind: 'number' }, rounds: 5 } as const;
  const [outer, inner] = [noisy(31, 300, 4), noisy(32, 500, 6)];
  const within: unknown[] = [];
  const onRound = (): void => void within.push(bitsOf(boosting(options).train(inner)));
  const model = boosting({ ...options, onRound }).train(outer);
  expect(bitsOf(model)).toEqual(bitsOf(boosting(options).train(outer)));
  expect(within).toEqual(new Array(5).fill(bitsOf(boosting(options).train(inner))));
});

test('a training that ends in an error leaves nothing behind', () => {
  const set = noisy(33, 200, 3);
  const options = { target: { kind: 'number' }, rounds: 3 } as const;
  const clean = bitsOf(boosting(options).train(set));
  const stop = (): never => {
    throw new Error('stop');
  };
  expect(() => boosting({ ...options, onRound: stop }).train(noisy(34, 400, 9))).toThrow('stop');
  expect(bitsOf(boosting(options).train(set))).toEqual(clean);
});

test('equal texts train alike, so the kernels are not in it', () => {
  const options = { target: { kind: 'number' } } as const;
  expect(boosting({ ...options, kernels: 'typescript' }).text).toBe(boosting({ ...options, kernels: 'wasm' }).text);
});

test('there are no others', () => {
  const kernels = 'native' as 'wasm';
  expect(() => boosting({ target: { kind: 'number' }, kernels })).toThrow('there are no kernels "native"');
});

test('a single row a child, a feature that is missing throughout, and one that is constant', () => {
  const none = new Array(6).fill(Number.NaN);
  const set = setOf([none, [1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6], [none[0], 2, 3, none[0], 5, 5]], [1, 9, 2, 8, 3, 7]);
  for (const growth of [
    { kind: 'depth-wise', maxDepth: 30 } as const,
    { kind: 'leaf-wise', maxLeaves: 100 } as const,
  ]) {
    const options = { target: { kind: 'number' }, growth, minChildWeight: 0, l2: 0, rounds: 3 } as const;
    expect(trained('wasm', options, set)).toEqual(trained('typescript', options, set));
  }
});
