/** One piece of work in a child process that may crash or hang: the parent then has a typed error, and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { MlError } from '../error.js';

/** What to run. */
export interface ChildWork {
  /** Named in errors. */
  readonly of: string;
  /** CommonJS, as text, so that it is the same from source and in a bundle. It takes one `message` and answers with one `process.send`. */
  readonly program: string;
  /** Plain values and typed arrays. */
  readonly request: object;
  /** Then the child is killed. */
  readonly timeoutMs: number;
}

/** Children at work. They end with this process: one that is busy would not see it go. */
const working = new Set<ChildProcess>();
const endAll = (): void => {
  for (const child of working) child.kill('SIGKILL');
};

/** Characters of the end of the error output that an error repeats. */
const TAIL = 400;

/** The answer of the program. Rejects with `MlError`: `CHILD_TIMEOUT` when there is none in time, `CHILD_CRASHED` when the child ends without one. The child is gone then. */
export function inChild({ of, program, request, timeoutMs }: ChildWork): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--eval', program], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    if (working.size === 0) process.once('exit', endAll);
    working.add(child);
    let said = '';
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      working.delete(child);
      if (working.size === 0) process.removeListener('exit', endAll);
      child.removeAllListeners();
      child.on('error', () => {}); // a kill that comes too late is no news
      child.kill('SIGKILL');
      settle();
    };
    const crashed = (how: string, cause?: Error): void =>
      end(() => {
        const message = `the child process of ${of} ${how} before it answered${said === '' ? '' : `: ${said.trim()}`}; give fewer rows, or train with boosting`;
        reject(new MlError('CHILD_CRASHED', message, { of, how }, cause === undefined ? {} : { cause }));
      });
    const timer = setTimeout(() => {
      const message = `the child process of ${of} did not answer within ${timeoutMs} ms and was killed; raise timeoutMs, or give fewer rows or rounds`;
      end(() => reject(new MlError('CHILD_TIMEOUT', message, { of, timeoutMs })));
    }, timeoutMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-TAIL);
    });
    child.once('error', (cause) => crashed(`failed (${cause.message})`, cause));
    // `close` comes after the last of the error output, and after a message that was on its way.
    child.once('close', (code, signal) =>
      crashed(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
    child.once('message', (answer) => end(() => resolve(answer)));
    // A child that ends before it has read says so by `close`, with what it wrote.
    child.send(request, () => {});
  });
}
