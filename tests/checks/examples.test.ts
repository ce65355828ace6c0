/** No check raises an alarm on an example: each is an honest system. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig, runSystem, trainToFolder } from 'tradekit';
import { afterAll, expect, test } from 'vitest';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const configs = readdirSync(examples)
  .map((name) => join(examples, name, 'config.yaml'))
  .filter((path) => existsSync(path));
const scratch = mkdtempSync(join(tmpdir(), 'examples-checked-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('there are examples with a config', () => expect(configs.length).toBeGreaterThanOrEqual(5));

test.each(configs.map((path, place) => [path.slice(examples.length), path, place] as const))(
  '%s',
  async (_, path, place) => {
    const config = loadConfig(path);
    const data = { ...config.data, folder: join(scratch, String(place)) };
    const { ending, checks } = await runSystem(await trained({ ...config, data }, `${data.folder}-model`), {
      check: true,
    });
    expect(ending).toEqual({ kind: 'complete' });
    expect(checks?.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  },
);

/** With a model in another folder, where one is to be trained. */
async function trained(config: RunConfig, model: string): Promise<RunConfig> {
  if (config.train === undefined) return config;
  await trainToFolder({ ...config, train: { ...config.train, controls: false, output: model } });
  return { ...config, strategies: config.strategies.map((strategy) => ({ ...strategy, model })) };
}
