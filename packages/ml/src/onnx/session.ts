/** A file of ONNX opened, and what of it can be used. */
import { createRequire } from 'node:module';
import type { InferenceSession } from 'onnxruntime-node';
import { fail, MlError } from '../error.js';
import { entryOf } from '../optional-package.js';
import { unsupported } from '../trees/limits.js';
import type { OnnxOptions } from './options.js';

const PACKAGE = 'onnxruntime-node';
/** Its install step would ask for binaries for graphics cards, and fail where it gets none. */
const SKIP = ' --onnxruntime-node-install=skip';

/** The package, loaded on first use: it is the user's to install. Throws `MlError` `PACKAGE_MISSING`, and `PACKAGE_FAILED` where it has nothing for the machine. */
export function onnxruntime(): typeof import('onnxruntime-node') {
  const entry = entryOf(PACKAGE, import.meta.url, SKIP);
  try {
    return createRequire(import.meta.url)(entry);
  } catch (cause) {
    const where = `${process.platform} ${process.arch}`;
    const message = `the package ${PACKAGE} cannot be loaded on ${where}; look whether it has binaries for it`;
    throw new MlError('PACKAGE_FAILED', message, { package: PACKAGE, where }, { cause });
  }
}

/** Opens a file on one thread. Throws `MlError` `MODEL_SYNTAX` when it is none, or has an operator that is not known. */
export async function opened(bytes: Uint8Array): Promise<InferenceSession> {
  const { InferenceSession: sessions } = onnxruntime();
  try {
    return await sessions.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 });
  } catch (cause) {
    const message = `the model is no file of ONNX that can be run, or cut short (${said(cause)}); save it again`;
    throw new MlError('MODEL_SYNTAX', message, {}, { cause });
  }
}

/** What a foreign error says, without its end of line. */
export const said = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).trim();

/** Where rows go in and answers come out. */
export interface Ports {
  readonly input: string;
  readonly type: 'float32' | 'float64';
  readonly output: string;
}

/**
 * The ports of a file. Throws `MlError`: `MODEL_UNSUPPORTED` with the layout when there is not one input of rows of decimal numbers, or no such output, and `FEATURES_DIFFER`
 * when the input has another width.
 */
export function portsOf({ inputMetadata, outputMetadata }: InferenceSession, options: OnnxOptions): Ports {
  const [input, ...others] = inputMetadata;
  if (input === undefined || others.length > 0 || !input.isTensor) {
    return unsupported(
      `${inputMetadata.length} inputs`,
      'export it with one input that has a row of features a sample',
    );
  }
  const { name, type, shape } = input;
  if (type !== 'float32' && type !== 'float64') {
    return unsupported(`input of ${type}`, 'export it with features in float32 or float64');
  }
  const [rows, width] = shape;
  if (shape.length !== 2 || isFixed(rows)) {
    return unsupported(`input of ${shape.join(' × ')}`, 'export it with any number of rows of features');
  }
  if (isFixed(width) && width !== options.features.length) {
    const message = `the model takes ${width} features, and ${options.features.length} are named; name those it was trained on`;
    fail('FEATURES_DIFFER', message, { width, given: options.features.length });
  }
  return { input: name, type, output: outputOf(outputMetadata, options) };
}

const isFixed = (size: number | string | undefined): size is number => typeof size === 'number' && size >= 0;

function outputOf(all: InferenceSession['outputMetadata'], { output }: OnnxOptions): string {
  const decimal = all.filter((own) => own.isTensor && (own.type === 'float32' || own.type === 'float64'));
  const found = output === undefined ? decimal : decimal.filter(({ name }) => name === output);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first.name;
  const names = all.map(({ name }) => name).join(', ');
  return unsupported(
    `outputs ${names}`,
    'name one of decimal numbers as output; scikit-learn’s are such when exported with zipmap off',
  );
}
