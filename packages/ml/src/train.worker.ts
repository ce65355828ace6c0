/** A thread that trains what it is sent, one after the other. `trainAll` starts and ends it. */
import { parentPort } from 'node:worker_threads';
import { boosting } from './boosting/boost.js';
import { MlError } from './error.js';
import type { Order, Report, Thrown } from './workers/messages.js';

const send = (report: Report): void => parentPort?.postMessage(report);

function thrownOf(error: unknown): Thrown {
  if (error instanceof MlError) {
    return { kind: 'ml-error', code: error.code, message: error.message, context: error.context };
  }
  return { kind: 'other', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

parentPort?.on('message', ({ job, options, set, validation }: Order) => {
  try {
    const onRound = (round: number, validationLoss: number | undefined): void =>
      send({ kind: 'round', job, round, validationLoss });
    const { ensemble, rounds, validationLosses } = boosting({ ...options, onRound }).train(set, validation);
    send({ kind: 'model', job, ensemble, rounds, validationLosses });
  } catch (error) {
    send({ kind: 'failed', job, thrown: thrownOf(error) });
  }
});
