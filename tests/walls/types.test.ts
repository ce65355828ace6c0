import { cp, mkdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeScratch, mayImport, nameOf, pure, root, type Scratch } from './scratch.js';

const folders = [...Object.keys(mayImport), 'tradekit'];

/** What each file of a pure package must not compile with, one line each, and what tsc says to it. */
const platform: readonly (readonly [code: string, error: string])[] = [
  ['export const a: unknown = process;', "TS2591: Cannot find name 'process'."],
  ['export const b: unknown = setTimeout;', "TS2304: Cannot find name 'setTimeout'."],
  ['export const c: unknown = console;', "TS2584: Cannot find name 'console'."],
  ['export const d: unknown = document;', "TS2584: Cannot find name 'document'."],
  ['export const e: unknown = fetch;', "TS2304: Cannot find name 'fetch'."],
  ["import 'node:fs';", unresolved('node:fs')],
];
const deepImport = '@tradekit/core/src/index.js';

function unresolved(specifier: string): string {
  return `TS2882: Cannot find module or type declarations for side-effect import of '${specifier}'.`;
}

/** A name below a package that its `exports` really offer: `brokers` has sub-paths only. */
const specifierOf = (folder: string) => (folder === 'brokers' ? '@tradekit/brokers/simulated' : nameOf(folder));
const othersOf = (folder: string) => folders.filter((other) => other !== folder).map(specifierOf);

/** Lays a package into the scratch folder: its real manifest and tsconfig, and links to what its manifest names. */
async function lay(scratch: Scratch, folder: string): Promise<void> {
  const manifest = await readFile(join(root, 'packages', folder, 'package.json'), 'utf8');
  await scratch.write(`packages/${folder}/package.json`, manifest);
  await cp(join(root, 'packages', folder, 'tsconfig.json'), join(scratch.path, 'packages', folder, 'tsconfig.json'));
  const sources = {
    'index.ts': 'export {};',
    'simulated/index.ts': 'export {};',
    'others.ts': othersOf(folder)
      .map((specifier) => `import '${specifier}';`)
      .join('\n'),
    'deep.ts': `import '${deepImport}';`,
    'platform.ts': platform.map(([code]) => code).join('\n'),
  };
  for (const [file, text] of Object.entries(sources)) await scratch.write(`packages/${folder}/src/${file}`, text);
  const links = join(scratch.path, 'packages', folder, 'node_modules');
  await mkdir(join(links, '@tradekit'), { recursive: true });
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(manifest);
  for (const name of Object.keys(dependencies).filter((key) => key.startsWith('@tradekit/'))) {
    await symlink(join(scratch.path, 'packages', name.replace('@tradekit/', '')), join(links, name), 'dir');
  }
}

describe('tsc, over every package in one run', () => {
  let scratch: Scratch;
  let told: string[] = [];
  const toldAbout = (file: string) => told.filter((line) => line.startsWith(`${file}(`));

  beforeAll(async () => {
    scratch = await makeScratch();
    await cp(join(root, 'tsconfig.base.json'), join(scratch.path, 'tsconfig.base.json'));
    // Node's types are there for the packages that ask for them, as in the real workspace.
    await mkdir(join(scratch.path, 'node_modules/@types'), { recursive: true });
    const nodeTypes = await realpath(join(root, 'node_modules/@types/node'));
    await symlink(nodeTypes, join(scratch.path, 'node_modules/@types/node'), 'dir');
    for (const folder of folders) await lay(scratch, folder);
    const projects = folders.map((folder) => `packages/${folder}`);
    const output = await scratch.output('typescript/bin/tsc', '-b', '--pretty', 'false', ...projects);
    told = output.split('\n').filter((line) => line.includes(': error '));
  });
  afterAll(() => scratch.remove());

  it('lets each package import what it declares and nothing else', () => {
    for (const folder of folders) {
      // The manifest of `backtest` names all of `brokers`; which sub-path it may use is for lint to say.
      const allowed = folder === 'tradekit' ? othersOf(folder) : (mayImport[folder] ?? []);
      const refused = othersOf(folder).flatMap((specifier, index) =>
        allowed.includes(specifier)
          ? []
          : [`packages/${folder}/src/others.ts(${index + 1},8): error ${unresolved(specifier)}`],
      );
      expect(toldAbout(`packages/${folder}/src/others.ts`)).toEqual(refused);
    }
  });

  it('resolves no source file of another package', () => {
    const refused = folders.map((folder) => `packages/${folder}/src/deep.ts(1,8): error ${unresolved(deepImport)}`);
    expect(told.filter((line) => line.includes('/deep.ts('))).toEqual(expect.arrayContaining(refused));
    expect(told.filter((line) => line.includes('/deep.ts('))).toHaveLength(refused.length);
  });

  it('knows neither Node nor a browser in the pure packages', () => {
    for (const folder of pure) {
      const errors = toldAbout(`packages/${folder}/src/platform.ts`).map((line) => line.replace(/^.*?: error /, ''));
      expect(errors.map((error) => error.replace(/ Do you need.*/, ''))).toEqual(platform.map(([, error]) => error));
    }
  });

  it('knows Node and no browser in the others', () => {
    for (const folder of folders.filter((name) => !pure.includes(name))) {
      expect(toldAbout(`packages/${folder}/src/platform.ts`)).toEqual([expect.stringContaining("'document'")]);
    }
  });

  it('says nothing else', () => {
    const probes = ['others.ts', 'deep.ts', 'platform.ts'].map((file) => `/src/${file}(`);
    expect(told.filter((line) => !probes.some((probe) => line.includes(probe)))).toEqual([]);
  });
});
