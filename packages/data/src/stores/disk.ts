/** Files that are written whole or not at all, read to the last byte, and whose faults say what to do. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readvSync,
  renameSync,
  rmSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DataError } from '@tradekit/core';
import { storeError } from './fault.js';

/** More buffers than this are not taken by every system in one call. */
const MOST_BUFFERS = 1024;

/** Ending of a file that is being written. */
export const UNFINISHED = '.tmp';

/**
 * Writes a file beside its place, makes sure that it is on the disk, and moves it there. The name is sure to last only after
 * {@link syncFolder}.
 */
export function writeWhole(path: string, pieces: readonly Uint8Array[]): void {
  const temporary = path + UNFINISHED;
  onDisk('write', path, () => {
    try {
      const file = openSync(temporary, 'w');
      try {
        writeAll(file, pieces);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** A write may be short, on a full disk without an error. */
function writeAll(file: number, pieces: readonly Uint8Array[]): void {
  for (let next = 0; next < pieces.length; next += MOST_BUFFERS) {
    let rest = pieces.slice(next, next + MOST_BUFFERS);
    while (rest.length > 0) rest = beyond(rest, writevSync(file, rest));
  }
}

/** Fills buffers with what lies in a file from a place on; answers whether the file had enough. */
export function readAll(file: number, buffers: readonly Uint8Array[], position: number): boolean {
  let from = position;
  for (let next = 0; next < buffers.length; next += MOST_BUFFERS) {
    let rest = buffers.slice(next, next + MOST_BUFFERS);
    while (rest.length > 0) {
      const count = readvSync(file, rest, from);
      if (count === 0) return false;
      from += count;
      rest = beyond(rest, count);
    }
  }
  return true;
}

/** What is left of buffers after their first bytes. */
function beyond(buffers: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let done = 0;
  let rest = bytes;
  while (done < buffers.length && rest >= buffers[done]!.length) rest -= buffers[done++]!.length;
  const left = buffers.slice(done);
  if (rest > 0) left[0] = left[0]!.subarray(rest);
  return left;
}

/** Makes a folder, and those above it, so that they last. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  onDisk('write', folder, () => mkdirSync(folder, { recursive: true }));
  syncFolder(dirname(folder));
}

/** Makes the names in a folder last. Windows has no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  onDisk('write', folder, () => {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

/** Does something with a file; failures of the system come out as errors of a store. */
export function onDisk<T>(doing: 'read' | 'write', path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSystemError(error) ? diskError(doing, path, error) : error;
  }
}

/** Whether the system has no file of that name. */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];

function diskError(doing: 'read' | 'write', path: string, error: NodeJS.ErrnoException): DataError {
  const { code = 'unknown' } = error;
  const context = { path, system: code };
  if (FULL.includes(code)) {
    const remedy = 'the store is as it was: make room and start the import again';
    return storeError('STORE_DISK_FULL', `no room to write "${path}" (${code})`, remedy, context, { cause: error });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    const remedy = 'name a folder, or a file NAME.duckdb';
    return storeError(
      'STORE_NO_ACCESS',
      `cannot ${doing} "${path}": a part of it is a file (${code})`,
      remedy,
      context,
      {
        cause: error,
      },
    );
  }
  const isForbidden = FORBIDDEN.includes(code);
  const remedy = isForbidden
    ? 'give this user the right to it, or name another folder'
    : 'look after the disk and try again';
  const what = `cannot ${doing} "${path}" (${code})`;
  return storeError(isForbidden ? 'STORE_NO_ACCESS' : 'STORE_FAILED', what, remedy, context, { cause: error });
}
