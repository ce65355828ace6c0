// One process makes the JavaScript of every package; the types come from `tsc -b`, which is five times faster at them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defineConfig, type Options } from 'tsup';

interface Manifest {
  readonly exports?: Record<string, string | Record<string, string>>;
  readonly bin?: Record<string, string>;
}

/** The files that others load: what is exported, the commands, and the workers, relative to the package. */
function entries(folder: string): string[] {
  const { exports = {}, bin = {} }: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const published = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target['@tradekit/source'] ?? ''],
  );
  const commands = Object.values(bin).map((file) => file.replace('./dist/', './src/').replace(/\.js$/, '.ts'));
  // A worker is named by URL, not by import, so it has to be an entry itself.
  const workers = readdirSync(`${folder}/src`).filter((file) => file.endsWith('.worker.ts'));
  return [...published, ...commands, ...workers.map((file) => `./src/${file}`)].map((file) => file.slice(2));
}

/**
 * Bundled into the runner, so that a start does not look up and read their two hundred files: half of what it took. They are
 * devDependencies of the package, and their licences are in THIRD-PARTY.md there.
 */
const BUNDLED = ['zod', 'yaml'];
/** The modules of yaml; under Node its entry is CommonJS, which cannot be bundled into a module. */
const YAML = createRequire(new URL('packages/tradekit/package.json', import.meta.url))
  .resolve('yaml')
  .replace(/dist([\\/]index\.js)$/, 'browser$1');

function options(name: string): Options {
  const folder = `packages/${name}`;
  return {
    name,
    outDir: `${folder}/dist`,
    tsconfig: `${folder}/tsconfig.json`,
    entry: Object.fromEntries(
      entries(folder).map((file) => [file.replace(/^src\//, '').replace(/\.ts$/, ''), `${folder}/${file}`]),
    ),
    format: 'esm',
    target: 'node20',
    platform: 'node',
    splitting: true,
    sourcemap: true,
    dts: false,
    clean: false, // the types and tsc's build info lie in the same folder
    silent: true,
    noExternal: BUNDLED,
    esbuildOptions(esbuild) {
      esbuild.alias = { yaml: YAML };
    },
    skipNodeModulesBundle: true, // from the root tsup does not see each package's own dependencies
    removeNodeProtocol: false, // else `node:fs` becomes `fs`
  };
}

export default defineConfig(
  readdirSync('packages')
    .filter((name) => existsSync(`packages/${name}/package.json`))
    .map(options),
);
