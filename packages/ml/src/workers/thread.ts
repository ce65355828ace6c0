import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assertNever } from '@tradekit/core';
import type { BoostedModel } from '../boosting/boost.js';
import { MlError } from '../error.js';
import { treeModel } from '../trees/tree-model.js';
import type { Order, Report, Thrown } from './messages.js';
import { sourceWorker } from './source-worker.js';

/** A thread that trains one job at a time. */
export interface Thread {
  /** Rejects with what was thrown there, and with `MlError` `WORKER_DIED` when the thread ends before the job. */
  train(order: Order, onRound: (round: number, validationLoss: number | undefined) => void): Promise<BoostedModel>;
  end(): Promise<unknown>;
}

/** Starts a thread of `train.worker.ts`. */
export function startThread(): Thread {
  const worker = startWorker();
  // From its start on: a thread may also end while it waits for a job.
  const died = new Promise<never>((_, reject) => {
    for (const event of ['error', 'messageerror']) {
      worker.once(event, (cause: Error) => reject(diedOf(cause.message, cause)));
    }
    worker.once('exit', (code) => reject(diedOf(`it ended with ${code}`)));
  });
  died.catch(() => {}); // who waits for a job hears of it
  return {
    async train(order, onRound) {
      const answer = new Promise<BoostedModel>((resolve, reject) => {
        const listen = (report: Report): void => {
          try {
            if (report.kind === 'round') return onRound(report.round, report.validationLoss);
            worker.off('message', listen);
            resolve(modelOf(report));
          } catch (error) {
            worker.off('message', listen);
            reject(error);
          }
        };
        worker.on('message', listen);
      });
      worker.postMessage(order);
      return Promise.race([answer, died]);
    },
    end: () => worker.terminate(),
  };
}

/** The worker lies beside this code once the package is built. */
function startWorker(): Worker {
  const built = new URL('./train.worker.js', import.meta.url);
  return new Worker(existsSync(fileURLToPath(built)) ? built : sourceWorker());
}

function diedOf(what: string, cause?: Error): MlError {
  const message = `a training thread died: ${what}; give it fewer rows at once, or fewer workers to share the memory`;
  return new MlError('WORKER_DIED', message, { what }, cause && { cause });
}

/** The model of the last report of a job. Throws what the thread threw. */
function modelOf(report: Exclude<Report, { readonly kind: 'round' }>): BoostedModel {
  switch (report.kind) {
    case 'model': {
      const { ensemble, rounds, validationLosses } = report;
      return { ...treeModel(ensemble), rounds, validationLosses };
    }
    case 'failed':
      throw errorOf(report.thrown, report.job);
    default:
      return assertNever(report);
  }
}

function errorOf(thrown: Thrown, job: number): Error {
  if (thrown.kind === 'other') return new Error(thrown.message);
  return new MlError(thrown.code, thrown.message, { ...thrown.context, job });
}
