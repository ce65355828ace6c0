/** What runs in the child. */

/** What is asked of the child. */
export interface TrainRequest {
  /** File URL of the package. */
  readonly entry: string;
  /** As the package takes them. */
  readonly options: Readonly<Record<string, string | number>>;
  /** Row-major, in single precision; −1 is a missing value, and nothing else is. */
  readonly values: Float32Array;
  readonly width: number;
  readonly targets: Float64Array;
  /** Rows from the first on whose predictions are wanted, to check ours against. */
  readonly checkRows: number;
}

/** What the child answers. */
export type TrainAnswer =
  | { readonly kind: 'trained'; readonly model: Uint8Array; readonly said: Float64Array }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The program: takes a {@link TrainRequest}, answers with a {@link TrainAnswer}. The package throws bare numbers for its own checks, and rethrows whatever nobody
 * caught in the process: another reason to have one of its own. It ends when the parent does.
 */
export const PROGRAM = `
process.once('disconnect', () => process.exit());
process.once('message', async ({ entry, options, values, width, targets, checkRows }) => {
  const answer = await (async () => {
    let model;
    try {
      const XGBoost = await (await import(entry)).default;
      const rows = Array.from(targets, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
      model = new XGBoost(options);
      model.train(rows, Array.from(targets));
      const said = Float64Array.from(model.predict(rows.slice(0, checkRows)).flat());
      return { kind: 'trained', model: Uint8Array.from(model.toJSON().model), said };
    } catch (thrown) {
      return { kind: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
    } finally {
      model?.free();
    }
  })();
  process.send(answer, () => process.exit());
});
`;

/** Whether a value from another process is a {@link TrainAnswer}. */
export function isTrainAnswer(value: unknown): value is TrainAnswer {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'failed') return 'message' in value && typeof value.message === 'string';
  const isModel = 'model' in value && value.model instanceof Uint8Array;
  return value.kind === 'trained' && isModel && 'said' in value && value.said instanceof Float64Array;
}
