/** Folders with a small synthetic market and a config, and the built program as a child process. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSyntheticMarket } from '@tradekit/data';

const CLI = fileURLToPath(new URL('../../packages/tradekit/dist/cli.js', import.meta.url));

/** What a child process came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of the error output that are errors. */
  readonly errors: readonly string[];
}

/** Runs the built program in a folder. */
export function tradekit(folder: string, ...args: readonly string[]): Promise<Ended> {
  return started(folder, args).ended;
}

/** A program that was started: to be ended by a signal, or waited for. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the built program in a folder. */
export function started(folder: string, args: readonly string[]): Started {
  const { TRADEKIT_DEBUG: _, ...env } = process.env;
  let settle: (ended: Ended) => void;
  const ended = new Promise<Ended>((resolve) => {
    settle = resolve;
  });
  const child = execFile(process.execPath, [CLI, ...args], { cwd: folder, env }, (_error, stdout, stderr) => {
    const errors = stderr.split('\n').filter((line) => line.startsWith('error: '));
    settle({ code: child.exitCode, stdout, stderr, errors });
  });
  return { child, ended };
}

/** A folder that is removed at the end of a test file. */
export interface Scratch {
  readonly folder: string;
  /** Writes a file and answers its path. */
  file(name: string, text: string): string;
  text(name: string): string;
  remove(): void;
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'tradekit-runner-'));
  const at = (name: string): string => join(folder, name);
  return {
    folder,
    file(name, text) {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
      return at(name);
    },
    text: (name) => readFileSync(at(name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two symbols over five weeks, in `data/`. */
export function smallMarket(place: Scratch, name = 'data'): void {
  writeSyntheticMarket(join(place.folder, name), {
    seed: 7,
    first: '2023-01-03',
    last: '2023-02-03',
    instruments: [{ id: 'AAA' }, { id: 'BBB' }],
  });
}

/** The text of a strategy that trades often. */
export const STRATEGY: string = readFileSync(new URL('above.ts', import.meta.url), 'utf8');

/** A config of the small market; `more` is added at its end. */
export function config(more = '', symbols = '[AAA, BBB]'): string {
  return `name: small
data: { folder: ./data }
symbols: ${symbols}
cash: 100000
strategies: [{ use: ./strategy.ts }]
costs: { commission: { bps: 1 } }
${more}
`;
}
