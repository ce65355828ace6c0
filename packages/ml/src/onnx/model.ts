import type { InferenceSession } from 'onnxruntime-node';
import type { AsyncModel } from '../async-ports.js';
import { fail, MlError } from '../error.js';
import { toProbabilities } from '../linear/loss.js';
import { infinite } from '../linear/standard.js';
import { requireLength } from '../trees/limits.js';
import { requireRows } from '../trees/model.js';
import { type OnnxOptions, requireOnnxOptions } from './options.js';
import { onnxruntime, opened, type Ports, portsOf, said } from './session.js';

/** How far from 1 the probabilities of a row may add up: files count in single precision. */
const SUM_TOLERANCE = 1e-3;

/**
 * A model of another library, from a file of ONNX, scored by the package `onnxruntime-node` 1.22 or later, which the user installs: `npm install onnxruntime-node --onnxruntime-node-install=skip`,
 * since its install step asks for binaries for graphics cards. One input of rows, float32 or float64; values are rounded to what the file takes. Whether missing values
 * (NaN) can be scored is the file's affair: an answer that is no number is an error. On one thread, so that answers are the same each time. A row of zeros is scored to see
 * that shapes fit. Rejects with `MlError`: `PACKAGE_MISSING`, `PACKAGE_FAILED`, `ML_OPTION`, `MODEL_SYNTAX`, `MODEL_UNSUPPORTED`, `MODEL_TOO_LARGE`,
 * `FEATURES_DIFFER` and `MODEL_OUTPUT` when it answers other shapes than stated. `predict` rejects with `MODEL_OUTPUT` on what is no number or no probability, and `MODEL_CLOSED` after `close`.
 */
export async function onnxModel(bytes: Uint8Array, options: OnnxOptions): Promise<AsyncModel> {
  requireOnnxOptions(options);
  requireLength(bytes.length, options);
  const session = await opened(bytes);
  try {
    const { features, outputs } = options;
    const ports = portsOf(session, options);
    await run(session, ports, new Float64Array(features.length), 1, options);
    let isOpen = true;
    return {
      features,
      outputs,
      async predict(rows) {
        if (!isOpen) fail('MODEL_CLOSED', 'the model was closed; open it again');
        requireRows(features, rows);
        if (rows.rows === 0) return new Float64Array(0);
        const answer = await run(session, ports, rows.values, rows.rows, options);
        for (let first = 0; first < answer.length; first += outputs) {
          const own = answer.subarray(first, first + outputs);
          if (options.answers === 'margins') toProbabilities(own);
          requireMeant(own, first / outputs, options);
        }
        return answer;
      },
      async close() {
        if (isOpen) await session.release();
        isOpen = false;
      },
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** What the file answers, in double precision. */
async function run(
  session: InferenceSession,
  { input, type, output }: Ports,
  values: Float64Array,
  rows: number,
  { features, outputs }: OnnxOptions,
): Promise<Float64Array> {
  const { Tensor } = onnxruntime();
  const given = type === 'float32' ? Float32Array.from(values) : values;
  const stray = given.findIndex((own) => Math.abs(own) === Number.POSITIVE_INFINITY);
  if (stray >= 0) infinite(features[stray % features.length]!);
  const shape = [rows, features.length];
  const tensor =
    given instanceof Float32Array ? new Tensor('float32', given, shape) : new Tensor('float64', given, shape);
  const answers = await session.run({ [input]: tensor }, [output]).catch((cause: unknown) => {
    const message = `the model cannot score ${rows} rows of ${features.length} features (${said(cause)}); name the features it was trained on`;
    throw new MlError('MODEL_OUTPUT', message, { rows, features: features.length }, { cause });
  });
  const answer = answers[output];
  const data = answer?.data;
  const isShaped = answer?.dims[0] === rows && data?.length === rows * outputs;
  if (isShaped && (data instanceof Float32Array || data instanceof Float64Array)) return Float64Array.from(data);
  const message = `the model answers ${answer?.dims.join(' × ')} numbers for ${rows} rows; state as outputs how many it has a row`;
  return fail('MODEL_OUTPUT', message, { rows, outputs });
}

function requireMeant(own: Float64Array, row: number, { answers, outputs }: OnnxOptions): void {
  const isNumber = own.every(Number.isFinite);
  if (isNumber && answers !== 'probabilities') return;
  const sum = own.reduce((total, each) => total + each, 0);
  const isWhole = outputs === 1 || Math.abs(sum - 1) <= SUM_TOLERANCE;
  if (isNumber && isWhole && own.every((each) => each >= 0 && each <= 1)) return;
  const wanted = isNumber
    ? 'probabilities; say margins or values if that is what they are'
    : 'numbers; has it values missing that the model cannot do without?';
  fail('MODEL_OUTPUT', `the model answers ${own.join(', ')} for row ${row}, which are no ${wanted}`, { row });
}
