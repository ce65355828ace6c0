/** `tradekit init` from packed packages in an empty folder: installs, runs at once, and its own test passes. Needs the registry. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scratch, scratch } from './kit.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shell = process.platform === 'win32'; // npm is a .cmd file there
let place: Scratch;

beforeAll(() => {
  place = scratch();
});

afterAll(() => place.remove());

/** A new folder in the scratch place. */
function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path);
  return path;
}

// Under `npx -c` (to try another Node) these would make the npx of the test run the outer command again.
const { npm_config_call: _, npm_config_package: __, ...env } = process.env;

function run(folder: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: folder, env, encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The packages as they would be published: `file:` specifiers by name. */
function packed(folder: string): Readonly<Record<string, string>> {
  const workspace = pathToFileURL(join(root, 'scripts/workspace.mjs')).href;
  const pack = `(await import('${workspace}')).pnpm('--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', '${folder}')`;
  run(root, process.execPath, '--input-type=module', '-e', pack);
  const entries = readdirSync(folder).map((file): [string, string] => {
    const name = file.replace(/-\d.*$/, '');
    return [name.startsWith('tradekit-') ? `@${name.replace('-', '/')}` : name, `file:${join(folder, file)}`];
  });
  return Object.fromEntries(entries);
}

/** Lets every package of the house come from its tarball, the registry has none. */
function install(folder: string, manifest: object, tarballs: Readonly<Record<string, string>>): void {
  const overrides = Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies: tarballs, overrides }));
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
}

test('from tarballs: init, install, run, test', { timeout: 90_000 }, () => {
  const tarballs = packed(folder('tarballs'));
  expect(Object.keys(tarballs).sort()).toEqual([
    '@tradekit/backtest',
    '@tradekit/brokers',
    '@tradekit/core',
    '@tradekit/data',
    '@tradekit/indicators',
    '@tradekit/ml',
    '@tradekit/risk',
    '@tradekit/strategies',
    'tradekit',
  ]);
  const empty = folder('empty');
  install(empty, { name: 'empty', private: true }, tarballs);
  expect(run(empty, 'npx', '--no-install', 'tradekit')).toMatch(/^Usage: tradekit/);
  run(empty, 'npx', '--no-install', 'tradekit', 'init', '../my-system');

  const system = join(place.folder, 'my-system');
  const manifest = JSON.parse(readFileSync(join(system, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const { version } = JSON.parse(readFileSync(join(root, 'packages/tradekit/package.json'), 'utf8')) as {
    version: string;
  };
  expect(manifest.dependencies).toEqual({
    '@tradekit/core': version,
    '@tradekit/indicators': version,
    tradekit: version,
  });
  expect(existsSync(join(system, '.gitignore'))).toBe(true);
  install(system, manifest, tarballs);

  const summary = JSON.parse(run(system, 'npx', '--no-install', 'tradekit', 'run', 'config.yaml', '--json')) as object;
  expect(summary).toMatchObject({
    status: 'complete',
    synthetic: true,
    // The first example's numbers: the same strategy on the same market.
    digest: '99c50d211036fa665da858ecfe2f2b66c467a9cb3951abe247d89b925cf88d8b',
  });
  expect(run(system, 'npm', 'test')).toMatch(/pass 2/);
});
