import { availableParallelism } from 'node:os';
import { type BoostedModel, boosting } from '../boosting/boost.js';
import { requireCount } from '../error.js';
import type { TrainJob } from './messages.js';
import { sharedJobs } from './shared.js';
import { startThread, type Thread } from './thread.js';

/** Options of {@link trainAll}. */
export interface TrainAllOptions {
  /** Threads, at most one a job. Default: as many as the machine runs at once, less one, and at least one. */
  readonly workers?: number;
  /** Told after every round of a job, by its place in the list: how many rounds are done, and the loss on its validation set. */
  readonly onRound?: (job: number, round: number, validationLoss: number | undefined) => void;
  /** Ends all trainings when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Trains boosted trees in worker threads, one job a thread at a time, while the caller's thread goes on. The models come in the order of the jobs, and are those of
 * `boosting(options).train(set, validation)` to the bit, whatever the number of threads. Columns over a `SharedArrayBuffer` are read where they are; others are
 * copied into one, each once. Columns must not be written until it is over.
 *
 * Rejects with the `MlError` of a job that fails, whose context then names the `job`; with `WORKER_DIED` when a thread ends before its job, as without memory; with
 * the signal's reason when it is aborted; with what `onRound` throws; with `WORKER_MISSING` where a bundle has left the worker's file out; and with `ML_OPTION` when options are
 * out of range. No thread is left running then.
 */
export async function trainAll(
  jobs: readonly TrainJob[],
  { workers = Math.max(1, availableParallelism() - 1), onRound = () => {}, signal }: TrainAllOptions = {},
): Promise<readonly BoostedModel[]> {
  requireCount('trainAll', 'workers', workers);
  for (const { options } of jobs) boosting(options);
  signal?.throwIfAborted();
  const shared = sharedJobs(jobs);
  const models: BoostedModel[] = [];
  const waiting = shared.entries();
  const serve = async (thread: Thread): Promise<void> => {
    for (const [job, { options, ...sets }] of waiting) {
      const { onRound: own, ...plain } = options;
      models[job] = await thread.train({ ...sets, options: plain, job }, (round, loss) => {
        own?.(round, loss);
        onRound(job, round, loss);
      });
    }
  };
  const threads = Array.from({ length: Math.min(workers, jobs.length) }, startThread);
  const over = new AbortController();
  try {
    await Promise.race([Promise.all(threads.map(serve)), rejected(signal, over.signal)]);
    return models;
  } finally {
    over.abort();
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** Rejects with a signal's reason once it is aborted, and stops listening when another one is. */
function rejected(signal: AbortSignal | undefined, until: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: until });
  });
}
