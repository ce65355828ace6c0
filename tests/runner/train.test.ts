/** `tradekit train` as it is built: what it leaves, how it goes on after it was killed, what trades on it, and what it refuses. */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { writeSyntheticMarket } from '@tradekit/data';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Scratch, scratch, started, tradekit } from './kit.js';

let place: Scratch;

const config = ({ train = '', data = '', strategy = '' } = {}): string => `name: learned
data: { folder: ./data${data} }
symbols: [AAA, BBB, CCC]
cash: 100000
train:
  output: ./model
  labels: { kind: direction, horizonBars: 4, deadBand: { kind: fixed, fraction: 0.001 } }
  features:
    - { name: last, indicator: logReturn }
    - { name: stretch, indicator: vwapDeviation }
  folds: { kind: expanding, folds: 3 }
  trainer: { kind: boosting, rounds: 20, growth: { kind: depth-wise, maxDepth: 3 } }
  controls: false
${train}
strategies:
  - use: '@tradekit/ml/strategy'
    model: ./model
    parameters: { enterShare: 0.5, minNetBps: -100 }
${strategy}
`;

beforeAll(async () => {
  place = scratch();
  writeSyntheticMarket(join(place.folder, 'data'), {
    seed: 7,
    first: '2023-01-03',
    last: '2023-06-30',
    instruments: [{ id: 'AAA' }, { id: 'BBB' }, { id: 'CCC' }],
  });
  place.file('config.yaml', config());
  const { code, stderr } = await tradekit(place.folder, 'train', 'config.yaml');
  expect({ code, stderr }).toMatchObject({ code: 0 });
}, 60_000);

afterAll(() => place.remove());

/** Every file of a folder by its path, as hexadecimal text. */
function bytesOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [relative(folder, path), readFileSync(path).toString('base64')]),
  );
}

test('leaves models, tables, figures and a report', () => {
  expect(readdirSync(join(place.folder, 'model')).sort()).toEqual([
    'folds',
    'folds.csv',
    'importance.csv',
    'plan.json',
    'predictions.csv',
    'report.html',
    'train.json',
  ]);
  expect(readdirSync(join(place.folder, 'model/folds'))).toEqual(['fold-01', 'fold-02', 'fold-03', 'last']);
  const train = JSON.parse(place.text('model/train.json')) as {
    overall: { samples: number };
    folds: { samples: number }[];
  };
  expect(train.folds.reduce((sum, { samples }) => sum + samples, 0)).toBe(train.overall.samples);
  const predictions = place.text('model/predictions.csv').trim().split('\n');
  expect(predictions.length).toBe(train.overall.samples + 1);
  for (const line of predictions.slice(1, 50)) {
    const [down = 0, flat = 0, up = 0] = line.split(',').slice(3, 6).map(Number);
    expect(down + flat + up).toBeCloseTo(1, 5);
  }
});

test('the figures can be reckoned from the predictions', () => {
  const rows = place
    .text('model/predictions.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const classes = ['down', 'flat', 'up'];
  const loss =
    rows.reduce((sum, row) => sum - Math.log(Number(row[3 + classes.indexOf(row[6] ?? '')])), 0) / rows.length;
  const moved = rows.filter((row) => row[6] !== 'flat');
  const hits = moved.filter((row) => Number(row[5]) > Number(row[3]) === (row[6] === 'up')).length / moved.length;
  const { overall } = JSON.parse(place.text('model/train.json')) as { overall: { logLoss: number; hitRate: number } };
  expect(loss).toBeCloseTo(overall.logLoss, 5);
  expect(hits).toBeCloseTo(overall.hitRate, 2);
});

test('the page needs nothing beside it, and says what the direction is worth first', () => {
  const page = place.text('model/report.html');
  expect(page).not.toMatch(/<script src|<link|https?:/);
  expect(page.indexOf('Up against down, AUC')).toBeLessThan(page.indexOf('Log loss'));
  expect(page).toMatch(/knows nothing that could be told from chance|standard errors/);
});

test('killed when a fold is done, it goes on and comes to the same bytes', async () => {
  place.file('killed.yaml', config().replace('output: ./model', 'output: ./killed'));
  const { child, ended } = started(place.folder, ['train', 'killed.yaml']);
  const fold = join(place.folder, 'killed/folds/fold-01');
  while (!existsSync(fold) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGKILL');
  await ended;
  expect(existsSync(join(place.folder, 'killed/train.json'))).toBe(false);
  const kept = statSync(join(fold, 'model-1.json')).mtimeMs;
  const { code, stderr } = await tradekit(place.folder, 'train', 'killed.yaml');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(statSync(join(fold, 'model-1.json')).mtimeMs).toBe(kept);
  const { 'plan.json': _, ...own } = bytesOf(join(place.folder, 'killed'));
  const { 'plan.json': __, ...whole } = bytesOf(join(place.folder, 'model'));
  expect(Object.keys(own)).toEqual(Object.keys(whole));
  for (const [path, bytes] of Object.entries(own)) {
    // The name of the config is in these.
    if (path !== 'train.json' && path !== 'report.html')
      expect({ path, isSame: bytes === whole[path] }).toEqual({ path, isSame: true });
  }
}, 60_000);

test('another plan begins anew in the same folder', async () => {
  place.file('again.yaml', config().replace('output: ./model', 'output: ./again'));
  cpSync(join(place.folder, 'model'), join(place.folder, 'again'), { recursive: true });
  const before = bytesOf(join(place.folder, 'again'));
  place.file('again.yaml', place.text('again.yaml').replace('rounds: 20', 'rounds: 3'));
  const { code } = await tradekit(place.folder, 'train', 'again.yaml');
  expect(code).toBe(0);
  expect(bytesOf(join(place.folder, 'again'))['folds/last/model-1.json']).not.toBe(before['folds/last/model-1.json']);
}, 60_000);

test('a run trades on it from the first test on, and says when it abstained', async () => {
  const { code, stdout, stderr } = await tradekit(place.folder, 'run', 'config.yaml', '--json', '--output', 'run');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const summary = JSON.parse(stdout) as { metrics: { fills: { value: number } }; warnings: string[] };
  expect(summary.metrics.fills.value).toBeGreaterThan(50);
  expect(summary.warnings.join('\n')).toMatch(
    /ml: abstained \d+ times from 2023-01-03T15:00:00.000Z to .*: no model could be had yet/,
  );
  const { folds } = JSON.parse(place.text('model/train.json')) as { folds: { knownAt: string }[] };
  const [, first = ''] = place.text('run/fills.csv').split('\n');
  expect(Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(first)?.[0] ?? '')).toBeGreaterThan(
    Date.parse(folds[0]?.knownAt ?? ''),
  );
}, 60_000);

test('a strategy that trains its own needs no folder', async () => {
  place.file('own.yaml', config().replace('model: ./model', 'retrain: { everySessions: 20, minSessions: 40 }'));
  const { code, stdout, stderr } = await tradekit(
    place.folder,
    'run',
    'own.yaml',
    '--json',
    '--no-checks',
    '--output',
    'own',
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect((JSON.parse(stdout) as { metrics: { fills: { value: number } } }).metrics.fills.value).toBeGreaterThan(50);
  // As it was written down, it can be run again.
  const again = await tradekit(place.folder, 'run', '--from', 'own', '--no-checks');
  expect(again.stderr).toContain('the same digest');
}, 60_000);

describe('is refused', () => {
  const refused = async (text: string, command: 'train' | 'run' = 'train'): Promise<string> => {
    place.file('bad.yaml', text.replace('output: ./model', 'output: ./bad'));
    const { code, errors } = await tradekit(place.folder, command, 'bad.yaml');
    expect(code).not.toBe(0);
    expect(errors.length).toBeGreaterThan(0);
    return errors.join('\n');
  };

  it('a config without a train part', async () => {
    expect(await refused(config().replace(/train:[\s\S]*?strategies/, 'strategies'))).toMatch(
      /has no train part; add one/,
    );
  });

  it('everything that is wrong in the config, each with its line', async () => {
    const slips: readonly (readonly [string, string])[] = [
      ['horizonBars', 'horizonBar'],
      ['kind: expanding', 'kind: shuffled'],
      ['vwapDeviation', 'vwapDeviations'],
      ['rounds: 20', 'rounds: 0'],
    ];
    const told = await refused(slips.reduce((text, [was, is]) => text.replace(was, is), config()));
    expect(told).toMatch(/bad\.yaml:7: train\.labels\.horizonBar is not known; did you mean "horizonBars"/);
    expect(told).toMatch(/bad\.yaml:11: train\.folds\.kind is "shuffled"; use expanding or rolling or purged/);
    expect(told).toMatch(/bad\.yaml:8: .*"vwapDeviations".*did you mean "vwapDeviation"/);
    expect(told).toMatch(/bad\.yaml:12: train\.trainer\.rounds is 0; give a whole number of at least 1/);
  });

  it.each([
    ['labels of one class only', 'fraction: 0.001', 'fraction: 0.9', /all targets are of one class/],
    ['fewer rows than folds', 'folds: 3', 'folds: 100000', /do not make 100000 folds; use fewer folds or more data/],
    [
      'features that are constant',
      'name: stretch, indicator: vwapDeviation',
      'name: one, indicator: ratio, input: [close, close]',
      /no feature has two different values/,
    ],
  ])('%s', async (_, was, is, message) => {
    const text = config()
      .replace(was, is)
      .replace('    - { name: last, indicator: logReturn }\n', is.includes('ratio') ? '' : '$&');
    expect(await refused(text)).toMatch(message);
  });

  it('a folder that holds something else', async () => {
    place.file('taken/thesis.txt', 'years of work');
    const text = config().replace('output: ./model', 'output: ./taken');
    place.file('taken.yaml', text);
    const { code, errors } = await tradekit(place.folder, 'train', 'taken.yaml');
    expect(code).toBe(2);
    expect(errors.join('\n')).toMatch(/holds "thesis.txt", which no training has left; name another folder/);
    expect(place.text('taken/thesis.txt')).toBe('years of work');
  });

  it('a run on a folder that is not there', async () => {
    expect(await refused(config().replace('model: ./model', 'model: ./nowhere'), 'run')).toMatch(
      /holds no trained model; make one with tradekit train/,
    );
  });

  it('a run on bars of another feed, until it is listed', async () => {
    const other = config({ data: ', feed: iex' });
    expect(await refused(other, 'run')).toMatch(/trained on bars of the feed "unknown" and is given "iex"/);
    place.file('listed.yaml', config({ data: ', feed: iex', strategy: '    feeds: [iex]' }));
    expect((await tradekit(place.folder, 'run', 'listed.yaml', '--no-checks', '--output', 'listed')).code).toBe(0);
  }, 30_000);

  it.each([
    ['cut short', (text: string) => text.slice(0, 500), /fold-02": the model file is no JSON, or cut short/],
    [
      'changed by hand',
      (text: string) => text.replace('\\"feed\\":\\"unknown\\"', '\\"feed\\":\\"sip\\"'),
      /does not fit its hash/,
    ],
  ])('a run on a model file %s', async (_, change, message) => {
    cpSync(join(place.folder, 'model'), join(place.folder, 'broken'), { recursive: true });
    const file = join(place.folder, 'broken/folds/fold-02/model-1.json');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    expect(await refused(config().replace('model: ./model', 'model: ./broken'), 'run')).toMatch(message);
  });
});
