/** Ctrl-C: the first one ends a run with what there is, the second one at once. */

/** An interruption that has been asked for, or not yet. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal, once there was one. */
  readonly exitCode: number | undefined;
  /** Signals mean again what they meant before. */
  stop(): void;
}

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Listens for the signals that ask a process to end. */
export function interruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const listeners = Object.entries(SIGNALS).map(([name, number]) => {
    const listener = (): void => {
      if (exitCode !== undefined) process.exit(exitCode);
      exitCode = 128 + number;
      onFirst();
      controller.abort();
    };
    process.on(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop() {
      for (const { name, listener } of listeners) process.off(name, listener);
    },
  };
}
