import { join } from 'node:path';
import { ConfigError, StrategyError } from '@tradekit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { made, UserCodeLoader } from '../../src/user-code/load.js';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;
let loader: UserCodeLoader;

beforeAll(() => {
  place = scratch();
  loader = new UserCodeLoader(join(place.folder, 'config.yaml'));
});

afterAll(() => place.remove());

const load = (use: string): Promise<(...args: never[]) => unknown> =>
  loader.defaultFunction({ use, place: 'config.yaml:3' }, 'StrategyFactory');

/** A module whose default export answers the `ConfigError` that it sees. */
const ERROR_CLASS = "import { ConfigError } from '@tradekit/core';\nexport default () => ConfigError;\n";

describe('a user’s file has the runner’s own copy of core', () => {
  test('in TypeScript', async () => {
    const use = place.file('typed.ts', `${ERROR_CLASS}export const typed: number = 1;\n`);
    expect((await load(use))()).toBe(ConfigError);
  });

  test('in JavaScript', async () => {
    expect((await load(place.file('plain.mjs', ERROR_CLASS)))()).toBe(ConfigError);
  });

  test('through a file of its own', async () => {
    place.file('parts/inner.ts', ERROR_CLASS);
    const use = place.file('outer.ts', "export { default } from './parts/inner.js';\n");
    expect((await load(use))()).toBe(ConfigError);
  });

  test('in a package that is installed beside the config', async () => {
    place.file(
      'node_modules/their-strategies/package.json',
      '{ "name": "their-strategies", "type": "module", "exports": "./main.js" }',
    );
    place.file('node_modules/their-strategies/main.js', ERROR_CLASS);
    expect((await load('their-strategies'))()).toBe(ConfigError);
  });

  test('in a package that is CommonJS', async () => {
    place.file('node_modules/older/package.json', '{ "name": "older", "main": "main.js" }');
    place.file(
      'node_modules/older/main.js',
      "const { ConfigError } = require('@tradekit/core');\nmodule.exports = () => ConfigError;\n",
    );
    expect((await load('older'))()).toBe(ConfigError);
  });

  test('of every package of the house', async () => {
    const names = ['backtest', 'brokers/simulated', 'core', 'data', 'indicators', 'risk'];
    const imports = names.map((name, k) => `import * as p${k} from '@tradekit/${name}';`).join('\n');
    const use = place.file('all.ts', `${imports}\nexport default () => [${names.map((_, k) => `p${k}`).join()}];\n`);
    const found = (await load(use))() as object[];
    for (const [k, name] of names.entries()) {
      const own = (await import(`@tradekit/${name}`)) as Record<string, unknown>;
      for (const key of Object.keys(own)) expect((found[k] as Record<string, unknown>)[key]).toBe(own[key]);
    }
  });
});

test('an enum, a decorated import of types and a private field are TypeScript that runs', async () => {
  const use = place.file(
    'modern.ts',
    "import type { Strategy } from '@tradekit/core';\nenum Side { Long = 1 }\nclass Box { #value = Side.Long; get value(): number { return this.#value; } }\nexport default (): unknown => new Box().value satisfies number as unknown as Strategy;\n",
  );
  expect((await load(use))()).toBe(1);
});

describe('made', () => {
  const code = { use: '/somewhere/strategy.ts', place: 'config.yaml:3' };

  test('gives what was made', () => expect(made(code, 'strategy', () => 7)).toBe(7));

  test('keeps the kind of a ConfigError and says where the file is named', () => {
    const make = (): never => {
      throw new ConfigError('BARS', 'bars is 0; give at least 1');
    };
    expect(() => made(code, 'strategy', make)).toThrow(ConfigError);
    expect(() => made(code, 'strategy', make)).toThrow('config.yaml:3: bars is 0; give at least 1');
  });

  test('makes a StrategyError of anything else, with the first line of its message', () => {
    const make = (): never => {
      throw new TypeError('no such thing\nand more');
    };
    expect(() => made(code, 'strategy', make)).toThrow(StrategyError);
    expect(() => made(code, 'strategy', make)).toThrow(
      'config.yaml:3: the strategy "/somewhere/strategy.ts" could not be made: TypeError: no such thing; correct the file, or what it is given',
    );
  });
});
