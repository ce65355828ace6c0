import type { TrainingSet } from '@tradekit/ml';
import { numbers, setOf } from '../boosting/kit.js';

/** Three columns of different spread and centre. */
export function rowsFrom(next: () => number, count: number): readonly (readonly number[])[] {
  const rows = Array.from({ length: count }, () => [next(), 10 * next() + 3, next() ** 3] as const);
  return [rows.map(([a]) => a), rows.map(([, b]) => b), rows.map(([, , c]) => c)];
}

function made(classOf: (score: number) => number): TrainingSet {
  const next = numbers(7);
  const columns = rowsFrom(next, 60);
  const noise = columns[0]?.map(next) ?? [];
  const [a = [], b = [], c = []] = columns;
  const score = (k: number): number => 1.5 * (a[k] ?? 0) - 0.2 * (b[k] ?? 0) + (c[k] ?? 0) + 0.6 + (noise[k] ?? 0);
  return setOf(
    columns,
    noise.map((_, k) => classOf(score(k))),
  );
}

/** 60 rows of which 33 are of class 1. */
export const two = (): TrainingSet => made((score) => (score > 0 ? 1 : 0));
/** 60 rows, 20 of each class. */
export const three = (): TrainingSet => made((score) => (score > 0.7 ? 2 : score < -0.7 ? 0 : 1));
