/** Starts the importing child, bundled once: loading it from source would take longer than what it does. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { ImportReport } from '../../src/index.js';

/** What the child is to do. */
export interface ChildTask {
  readonly kind: 'columns' | 'duckdb' | 'postgres';
  readonly place: string;
  readonly symbols: number;
  readonly rows: number;
  readonly edition: number;
}

/** What the child said at the end. */
interface ChildResult {
  readonly report?: ImportReport;
  readonly code?: string;
  readonly message?: string;
}

/** A way to start children, as long as the tests of a file run. */
export interface Importer {
  /** Starts an import and answers when it is about to begin. `before` goes before the command, as `ulimit` does. */
  start(task: ChildTask, options?: SpawnOptions & { readonly before?: string }): Promise<RunningImport>;
}

/** A child that imports. */
interface RunningImport {
  readonly child: ChildProcess;
  /** Answers when it has ended: `undefined` when it could not say anything any more. */
  readonly result: Promise<ChildResult | undefined>;
}

export function importer(): Importer {
  // Beside the packages it needs.
  const bundle = resolve(import.meta.dirname, `../../node_modules/.cache/importing-child-${process.pid}.mjs`);
  beforeAll(async () => {
    const { build } = createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild') as Esbuild;
    await build({
      entryPoints: [fileURLToPath(new URL('./importing-child.ts', import.meta.url))],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      conditions: ['@tradekit/source'],
      external: ['pg', 'pg-copy-streams', '@duckdb/node-api'],
    });
  });
  afterAll(() => rmSync(bundle, { force: true }));
  return {
    async start({ kind, place, symbols, rows, edition }, { before = '', ...options } = {}) {
      const args = [kind, place, symbols, rows, edition].map(String);
      const script = `${before} exec "$0" "$@"`;
      const child = spawn('bash', ['-c', script, process.execPath, bundle, ...args], {
        ...options,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (text: Buffer) => {
        said += text;
      });
      const exit = once(child, 'close');
      while (!said.startsWith('go\n') && child.exitCode === null)
        await Promise.race([once(child.stdout, 'data'), exit]);
      const result = exit.then(() => (said.length > 3 ? (JSON.parse(said.slice(3)) as ChildResult) : undefined));
      return { child, result };
    },
  };
}

/** What is needed of the bundler that tsx brings. */
interface Esbuild {
  build(options: Readonly<Record<string, unknown>>): Promise<unknown>;
}
