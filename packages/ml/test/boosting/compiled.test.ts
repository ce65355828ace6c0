import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../..');

test('the WebAssembly that is checked in is what its source compiles to', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['assembly/compile.mjs', '--print'], { cwd: folder });
  expect(readFileSync(resolve(folder, 'src/boosting/wasm-module.ts'), 'utf8')).toBe(stdout);
});
