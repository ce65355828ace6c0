import { fail, requireCount } from '../error.js';
import type { ReadOptions } from '../trees/limits.js';

/** What numbers of a file mean: probabilities, what becomes probabilities by softmax (or by the logistic curve when there is one output), or values of a regression. */
export type OnnxAnswer = 'probabilities' | 'margins' | 'values';

/** Options of {@link onnxModel}. A file of ONNX knows neither the names of its features nor what its numbers mean. */
export interface OnnxOptions extends Omit<ReadOptions, 'features'> {
  /** Names of the features that it was trained on, in their order. */
  readonly features: readonly string[];
  /** Numbers that it answers for a row: one, or one a class. */
  readonly outputs: number;
  /** What they mean. */
  readonly answers: OnnxAnswer;
  /** The output to read. Default: the only one of decimal numbers. */
  readonly output?: string;
}

/** Throws `MlError` `ML_OPTION` when an option is out of range. */
export function requireOnnxOptions({ features, outputs, answers }: OnnxOptions): void {
  requireCount('onnxModel', 'features', features.length);
  requireCount('onnxModel', 'outputs', outputs);
  if (answers === 'probabilities' || answers === 'margins' || answers === 'values') return;
  fail('ML_OPTION', `onnxModel has the answers "${answers}"; give probabilities, margins or values`, { answers });
}
