/** What the pages show as TypeScript: all of it compiles against the real packages, and what is marked `run` runs. */
import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeScratch, root, type Scratch } from '../walls/scratch.js';
import { blocksOf, pages, textOf } from './pages.js';

/** A block as a file in a folder of its page. */
interface Snippet {
  readonly page: string;
  readonly place: string;
  readonly file: string;
  readonly code: string;
  readonly isRun: boolean;
}

const snippets: readonly Snippet[] = pages.flatMap((page) =>
  blocksOf(textOf(page))
    .filter(({ language }) => language === 'ts')
    .map(({ words, code, line }) => {
      const named = words.find((word) => word.startsWith('file='))?.slice('file='.length);
      const folder = page.replace(/\.md$/, '').replaceAll('/', '-');
      const file = `${folder}/${named ?? `line-${line}.ts`}`;
      return { page, place: `${page}:${line}`, file, code, isRun: words.includes('run') };
    }),
);
const executed = snippets.filter(({ isRun }) => isRun);

/** As `tradekit init` writes it. The packages are those that were built, as a user has them. */
const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  },
  include: ['*/*.ts'],
};

let scratch: Scratch;

beforeAll(async () => {
  scratch = await makeScratch();
  // What the whole-system tests may import, the snippets may.
  await symlink(join(root, 'tests/node_modules'), join(scratch.path, 'node_modules'), 'dir');
  await scratch.write('package.json', '{ "type": "module" }');
  await scratch.write('tsconfig.json', JSON.stringify(tsconfig));
  for (const { file, code } of snippets) await scratch.write(file, code);
});

afterAll(() => scratch.remove());

/** Runs a snippet in a folder of its own; gives its exit code and what it said to the error output. */
async function executedIn({ file }: Snippet): Promise<{ code: number | null; stderr: string }> {
  const cwd = join(scratch.path, file.replace(/\.ts$/, ''));
  await mkdir(cwd, { recursive: true });
  const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const args = ['--import', loader, join(scratch.path, file)];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, maxBuffer: 16e6 }, (_failure, _stdout, stderr) =>
      resolve({ code: child.exitCode, stderr }),
    );
  });
}

it('finds the snippets of the README and the guides', () => {
  const shown = new Set(snippets.map(({ page }) => page));
  for (const page of ['README.md', 'docs/guide/strategies.md', 'docs/guide/sdk.md']) expect(shown).toContain(page);
  expect(executed.length).toBeGreaterThan(5);
});

it('they compile', async () => {
  const output = await scratch.output('typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false');
  const placed = output.replace(/^(\S+\.ts)\((\d+),/gm, (_, file: string, line: string) => {
    const found = snippets.find((snippet) => snippet.file === file);
    return found === undefined ? `${file}(${line},` : `${found.place} (line ${line} of the block, `;
  });
  expect(placed).toBe('');
}, 60_000);

describe('what is marked `run` runs', () => {
  it.concurrent.each(executed)('$place', async (snippet) => {
    expect(await executedIn(snippet)).toEqual({ code: 0, stderr: '' });
  });
});
