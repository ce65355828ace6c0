import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MlError } from '../error.js';

/** What is used of esbuild. */
interface Bundler {
  buildSync(options: {
    readonly entryPoints: readonly string[];
    readonly conditions: readonly string[];
    readonly bundle: true;
    readonly write: false;
    readonly format: 'esm';
    readonly platform: 'node';
  }): { readonly outputFiles: readonly { readonly text: string }[] };
}

let made: URL | undefined;

/**
 * The worker of this package's own sources, which are TypeScript and make no file: bundled once, by the esbuild that tsx has. A built package has its worker as a
 * file: throws `MlError` `WORKER_MISSING` where it is gone.
 */
export function sourceWorker(): URL {
  if (made !== undefined) return made;
  const { buildSync } = bundler();
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('../train.worker.ts', import.meta.url))],
    conditions: ['@tradekit/source'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  made = new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`);
  return made;
}

function bundler(): Bundler {
  try {
    const tsx = createRequire(import.meta.url).resolve('tsx/package.json');
    return createRequire(tsx)('esbuild') as Bundler;
  } catch (cause) {
    const message =
      'train.worker.js is not beside the code of @tradekit/ml; leave the package out of your bundle, or put the file there';
    throw new MlError('WORKER_MISSING', message, {}, { cause });
  }
}
