/** One import at a time: a file that says who is at work. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { DataError } from '@tradekit/core';
import { isMissing, onDisk } from './disk.js';
import { storeError } from './fault.js';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Tokens of the locks that this process holds: a lock of our own process number may be one of a process before us. */
const held = new Set<string>();

/** The right to import into a store. */
export interface ImportLock {
  /** Throws `STORE_LOCKED` when another process has taken the lock away. To be called right before the import takes effect. */
  confirm(): void;
  release(): void;
}

/** Makes the file that is a lock, also where a process that is gone has left one. Throws `STORE_LOCKED` when an import is running. */
export function lockImport(path: string): ImportLock {
  const token = randomUUID();
  const own = `${path}.${token}`;
  onDisk('write', path, () => {
    try {
      // A link appears with its content, a new file without: nobody ever reads half a lock.
      writeFileSync(own, JSON.stringify({ pid: process.pid, host: hostname(), token } satisfies Holder));
      if (!isLinked(own, path) && !(isTakenAway(path, own) && isLinked(own, path))) throw locked(path);
    } finally {
      rmSync(own, { force: true });
    }
  });
  held.add(token);
  return {
    confirm() {
      if (holderOf(path)?.token !== token) throw locked(path);
    },
    release() {
      held.delete(token);
      if (holderOf(path)?.token === token) onDisk('write', path, () => rmSync(path, { force: true }));
    },
  };
}

function isLinked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone. A lock that another one took in the meantime is put back. */
function isTakenAway(path: string, own: string): boolean {
  const holder = holderOf(path);
  if (holder === undefined) return true;
  if (isAlive(holder)) return false;
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
  const isStale = holderOf(aside)?.token === holder.token;
  if (!isStale) isLinked(aside, path);
  rmSync(aside, { force: true });
  return isStale;
}

/** `undefined` when there is no lock. */
function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error instanceof SyntaxError ? locked(path) : error;
  }
}

/** A process on another machine counts as alive: nothing can be known about it. */
function isAlive({ pid, host, token }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function locked(path: string): DataError {
  const remedy = 'wait for it to end; when no such process runs any more, remove that file';
  return storeError('STORE_LOCKED', `another import is at work, says "${path}"`, remedy, { path });
}
