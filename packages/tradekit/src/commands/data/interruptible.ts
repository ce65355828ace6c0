/** Ctrl-C while series go from one place to another: the import that takes them fails, and leaves nothing half-done. */
import { setImmediate } from 'node:timers/promises';
import type { SeriesInput } from '@tradekit/data';
import { type Interruption, interruption } from '../../terminal/interrupt.js';

/** What {@link Interruptible.series} throws when somebody asked to end. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Work on series that a signal ends. */
export interface Interruptible {
  /** The same series, until somebody asks to end. */
  series(given: Iterable<SeriesInput> | AsyncIterable<SeriesInput>): AsyncGenerator<SeriesInput>;
}

/**
 * Does the work and answers its exit code; interrupted, it prints what is left behind and answers 128 + the number of the signal. A second
 * signal ends the process at once.
 */
export async function interruptible(left: string, work: (parts: Interruptible) => Promise<number>): Promise<number> {
  const interrupted = interruption(() => undefined);
  try {
    return await work({ series: (given) => until(interrupted, given) });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(`\ninterrupted: ${left}\n`);
    return interrupted.exitCode ?? 1;
  } finally {
    interrupted.stop();
  }
}

async function* until(
  interrupted: Interruption,
  given: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
): AsyncGenerator<SeriesInput> {
  for await (const one of given) {
    // Signals are heard between two turns of the event loop only, and column files need none.
    await setImmediate();
    if (interrupted.exitCode !== undefined) throw new Interrupted();
    yield one;
  }
}
