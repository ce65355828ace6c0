import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeScratch, mayImport, nameOf, pure, root, type Scratch } from './scratch.js';

interface Diagnostic {
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

/** One probe: a line of source in a package, and the message that must refuse it (`undefined`: it must pass). */
interface Probe {
  readonly folder: string;
  readonly code: string;
  readonly refusal: string | undefined;
}

const imports = (specifier: string) => `import '${specifier}';`;
const refusalOf = (name: string) => {
  const allowed = (mayImport[name] ?? []).map((specifier) => specifier.replace('@tradekit/', ''));
  return allowed.length === 0 ? `${name} imports no other package.` : `${name} may import only: ${allowed.join(', ')}.`;
};

/** Every package against every other by name, sub-paths included. */
const importProbes: Probe[] = Object.entries(mayImport).flatMap(([name, allowed]) => {
  const others = [...Object.keys(mayImport), 'live'].filter((other) => other !== name).map(nameOf);
  const specifiers = [...others, '@tradekit/brokers/simulated', '@tradekit/brokers/testing', '@tradekit/data/csv'];
  return specifiers
    .filter((specifier) => !specifier.startsWith(`${nameOf(name)}/`))
    .map((specifier) => ({
      folder: `packages/${name}/src`,
      code: imports(specifier),
      refusal: allowed.includes(specifier) ? undefined : refusalOf(name),
    }));
});

/** What holds in every package: no deep paths, and nothing looks at the runner or the examples. */
const everywhereProbes: Probe[] = [...Object.keys(mayImport), 'tradekit'].flatMap((name) => {
  const folder = `packages/${name}/src`;
  const deep = 'Reach another package by its name.';
  const upward = name === 'tradekit' ? 'Nothing imports the examples.' : 'Nothing imports the runner or the examples.';
  const runner = name === 'tradekit' ? [] : ['tradekit', 'tradekit/cli'];
  return [
    { folder, code: imports('../../core/src/index.js'), refusal: deep },
    { folder, code: imports('@tradekit/core/src/index.js'), refusal: deep },
    { folder, code: imports('../../../examples/one/strategy.js'), refusal: upward },
    ...runner.map((specifier) => ({ folder, code: imports(specifier), refusal: upward })),
    { folder, code: imports('./neighbour.js'), refusal: undefined },
    { folder, code: imports('../family/neighbour.js'), refusal: undefined },
  ];
});

const noNode = 'This import references a Node.js builtin module.';
const taken = 'Pure package: do not rename Date, Math or globalThis, or take them apart.';
/** What a pure package must not reach, and what it may. */
const purity: readonly (readonly [code: string, refusal: string | undefined])[] = [
  ["import 'node:fs';", noNode],
  ["import 'node:crypto';", noNode],
  ["import 'fs/promises';", noNode],
  ['export const t = Date.now();', 'Pure package: take the time from the event, not from Date.now.'],
  ['export const t = [0].map(Date.now);', 'Pure package: take the time from the event, not from Date.now.'],
  ["export const t = Date['now']();", 'Pure package: take the time from the event, not from Date.now.'],
  ['export const t = new Date();', 'Pure package: new Date() reads the clock.'],
  ['export const t = new Date;', 'Pure package: new Date reads the clock.'],
  ['export const t = Date();', 'Pure package: Date() reads the clock.'],
  ['export const t = Math.random();', 'Pure package: no randomness.'],
  ['export const t = Math["random"]();', 'Pure package: no randomness.'],
  ['export const t = globalThis.Date;', 'Pure package: globalThis hides what is used.'],
  ["export const t = globalThis['Date'];", 'Pure package: globalThis hides what is used.'],
  ['const { now } = Date; export { now };', taken],
  ['const { random } = Math; export { random };', taken],
  ['const { Date: D } = globalThis; export { D };', taken],
  ['const D = Date; export { D };', taken],
  ['const M = Math; export { M };', taken],
  ['const g = globalThis; export { g };', taken],
  ['let D = Date; D = Object; export { D };', taken],
  ['const D: DateConstructor = Date; export { D };', taken],
  ['var { random } = Math; export { random };', taken],
  ['export const t = performance.timeOrigin;', 'Do not use the global variable performance.'],
  ['export const t = crypto.randomUUID();', 'Do not use the global variable crypto.'],
  ['export const t = new Date(0);', undefined],
  ['export const t = new Date(Date.UTC(2024, 0, 2));', undefined],
  ['export const t = Math.abs(-1);', undefined],
  ["export const t = Date.parse('2024-01-02T00:00:00Z');", undefined],
];
const purityProbes: Probe[] = [...pure, 'strategies'].flatMap((name) =>
  purity.map(([code, refusal]) => ({ folder: `packages/${name}/src`, code, refusal })),
);

/** The same lines outside the pure packages: the edge of the house may look at clocks and files. */
const edgeProbes: Probe[] = ['data', 'brokers', 'backtest', 'tradekit'].flatMap((name) =>
  ["import 'node:fs';", 'export const t = Date.now();', 'export const t = Math.random();'].map((code) => ({
    folder: `packages/${name}/src`,
    code,
    refusal: undefined,
  })),
);

it('knows the walls of every package there is', async () => {
  const folders = await readdir(join(root, 'packages'));
  expect(folders.sort()).toEqual([...Object.keys(mayImport), 'tradekit'].sort());
});

describe('biome, over every probe in one run', () => {
  const probes = [...importProbes, ...everywhereProbes, ...purityProbes, ...edgeProbes];
  const fileOf = (probe: Probe) => `${probe.folder}/probe${probes.indexOf(probe)}.ts`;
  const messages = new Map<string, string[]>();
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await makeScratch();
    for (const name of ['biome.json', '.gitignore', 'tools']) {
      await cp(join(root, name), join(scratch.path, name), { recursive: true });
    }
    for (const probe of probes) await scratch.write(fileOf(probe), `${probe.code}\n`);
    const json = await scratch.output('@biomejs/biome/bin/biome', 'lint', '--reporter=json', '--max-diagnostics=none');
    const { diagnostics }: { diagnostics: readonly Diagnostic[] } = JSON.parse(json);
    for (const { severity, message, location } of diagnostics) {
      if (severity === 'error') messages.set(location.path, [...(messages.get(location.path) ?? []), message]);
    }
  });

  afterAll(() => scratch.remove());

  for (const [title, group] of [
    ['keeps each package to the imports it is allowed', importProbes],
    ['keeps every package out of the sources of others, the runner and the examples', everywhereProbes],
    ['keeps clock, chance and Node out of the pure packages', purityProbes],
    ['leaves clock, chance and Node to the packages at the edge', edgeProbes],
  ] as const) {
    it(title, () => {
      const told = group.map((probe) => `${probe.folder}: ${probe.code} => ${messages.get(fileOf(probe)) ?? 'passes'}`);
      expect(told).toEqual(group.map(({ folder, code, refusal }) => `${folder}: ${code} => ${refusal ?? 'passes'}`));
    });
  }
});
