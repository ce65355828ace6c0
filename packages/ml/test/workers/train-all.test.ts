import { availableParallelism } from 'node:os';
import { type BoostedModel, boosting, MlError, type TrainAllOptions, type TrainJob, trainAll } from '@tradekit/ml';
import { afterEach, describe, expect, test } from 'vitest';
import { bitsOf, classes, noisy } from '../boosting/kit.js';

const set = classes(noisy(3, 400, 5));
const validation = classes(noisy(4, 150, 5));
const options = { target: { kind: 'classes', count: 3 }, rounds: 4 } as const;
const jobs: readonly TrainJob[] = [
  { options, set },
  { options: { ...options, seed: 2, rowFraction: 0.6, columnFraction: 0.7 }, set },
  { options: { ...options, rounds: 30, learningRate: 0.5, patienceRounds: 3 }, set, validation },
  { options: { target: { kind: 'number' }, rounds: 3, kernels: 'typescript' }, set: noisy(5, 100, 2) },
];
const alone = jobs.map((job) => boosting(job.options).train(job.set, job.validation));

/** What a call rejects with. */
async function reasonOf(made: readonly TrainJob[], given?: TrainAllOptions): Promise<unknown> {
  return trainAll(made, given).then(
    () => expect.unreachable('nothing was thrown'),
    (reason: unknown) => reason,
  );
}

/** Worker threads that this process starts while a test runs. */
const started: { terminate(): Promise<number>; readonly threadId: number }[] = [];
const watch = (worker: (typeof started)[number]): void => void started.push(worker);
afterEach(() => {
  process.off('worker', watch);
  started.length = 0;
});

describe('models', () => {
  test.each([1, 2, 9])(
    '%i workers: the models of the caller’s own thread to the bit, in the order of the jobs',
    async (workers) => {
      const models = await trainAll(jobs, { workers });
      expect(models.map(bitsOf)).toEqual(alone.map(bitsOf));
      const rows = { names: set.features, rows: 1, values: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5) };
      const [first, own] = [models[0] as BoostedModel, alone[0] as BoostedModel];
      expect([...first.predict(rows)]).toEqual([...own.predict(rows)]);
    },
  );

  test('no job, no model', async () => {
    expect(await trainAll([])).toEqual([]);
  });

  test('columns of a shared buffer are read where they are, with the cells that are named there', async () => {
    const targets = new Float64Array(new SharedArrayBuffer(8 * set.targets.length));
    targets.set(set.targets);
    const shared = { ...set, targets };
    const [model] = await trainAll([{ options, set: shared }], { workers: 1 });
    expect(bitsOf(model as BoostedModel)).toEqual(bitsOf(alone[0] as BoostedModel));
  });

  test('one thread a job at most', async () => {
    process.on('worker', watch);
    await trainAll(jobs.slice(0, 2), { workers: 5 });
    expect(started.length).toBe(2);
    await trainAll(jobs);
    expect(started.length).toBe(2 + Math.min(4, Math.max(1, availableParallelism() - 1)));
  });
});

test('tells of every round of every job, in the order of the rounds', async () => {
  const told: [number, number, number | undefined][] = [];
  const own: number[] = [];
  const [first, , third] = jobs as [TrainJob, TrainJob, TrainJob];
  const counted = { ...first, options: { ...options, onRound: (round: number) => void own.push(round) } };
  const [, model] = await trainAll([counted, third], {
    workers: 2,
    onRound: (job, round, loss) => told.push([job, round, loss]),
  });
  expect(own).toEqual([1, 2, 3, 4]);
  expect(told.filter(([job]) => job === 0)).toEqual([1, 2, 3, 4].map((round) => [0, round, undefined]));
  expect(told.filter(([job]) => job === 1).map(([, , loss]) => loss)).toEqual([...(model?.validationLosses ?? [])]);
});

describe('failures', () => {
  const bad: TrainJob = { options, set: { ...set, targets: new Float64Array(400) } };

  test('an error of a worker is the MlError that it was, with the place of the job', async () => {
    const reason = await reasonOf([...jobs, bad], { workers: 2 });
    expect(reason).toBeInstanceOf(MlError);
    expect(reason).toMatchObject({ code: 'LABEL_ONE_CLASS', context: { classes: 3, job: 4 } });
    expect((reason as MlError).message).toBe('all targets are of one class; there is nothing to tell apart');
  });

  test('options out of range, before a thread is started', async () => {
    process.on('worker', watch);
    expect(await reasonOf(jobs, { workers: 0 })).toMatchObject({ code: 'ML_OPTION' });
    expect(await reasonOf([{ options: { ...options, rounds: 0 }, set }])).toMatchObject({ code: 'ML_OPTION' });
    expect(started).toEqual([]);
  });

  test('what onRound throws', async () => {
    const own = new Error('enough');
    const onRound = (): never => {
      throw own;
    };
    expect(await reasonOf(jobs, { onRound })).toBe(own);
  });

  test.each([1, 2])('a thread that ends before its job is an error and no wait: %i workers', async (workers) => {
    process.on('worker', watch);
    const long = { options: { ...options, rounds: 1_000_000 }, set };
    const onRound = (): void => void started[0]?.terminate();
    expect(await reasonOf([long, ...jobs], { workers, onRound })).toMatchObject({
      code: 'WORKER_DIED',
      context: { what: expect.stringMatching(/^it ended with [01]$/) },
    });
  });

  test('a thread that ends before it was sent anything', async () => {
    process.once('worker', (worker: (typeof started)[number]) => void worker.terminate());
    expect(await reasonOf(jobs, { workers: 1 })).toMatchObject({ code: 'WORKER_DIED' });
  });
});

describe('abort', () => {
  test('ends what is being trained, with the reason of the signal, and leaves no thread', async () => {
    process.on('worker', watch);
    const controller = new AbortController();
    const long = { options: { ...options, rounds: 1_000_000 }, set };
    const onRound = (job: number, round: number): void => {
      if (job === 1 && round === 3) controller.abort(new Error('the user left'));
    };
    const reason = await reasonOf([long, long], { workers: 2, onRound, signal: controller.signal });
    expect(reason).toEqual(new Error('the user left'));
    // A thread that has ended has no number any more.
    expect(started.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  test('before it begins: no thread is started', async () => {
    process.on('worker', watch);
    expect(await reasonOf(jobs, { signal: AbortSignal.abort('never') })).toBe('never');
    expect(started).toEqual([]);
  });

  test('after it has ended: nothing', async () => {
    const controller = new AbortController();
    await trainAll(jobs.slice(0, 1), { signal: controller.signal });
    expect(() => controller.abort()).not.toThrow();
  });
});
