/** The pages that people read, and the blocks of code in them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../walls/scratch.js';

/** A block between fences, with the words after its language. */
export interface Block {
  readonly language: string;
  /** `run`: it is executed. `file=name.ts`: others on the page import it by that name. */
  readonly words: readonly string[];
  readonly code: string;
  /** Line of its first line of code. */
  readonly line: number;
}

/** Files that belong to the repository: known to git or about to be, and there. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: root, encoding: 'utf8', maxBuffer: 16e6 },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)));

/** Every page, by its path from the root. The texts of changesets are not pages. */
export const pages: readonly string[] = files.filter((file) => file.endsWith('.md') && !file.startsWith('.changeset/'));

/** A file's text. */
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** All fenced blocks of a page. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let place = 0; place < lines.length; place++) {
    const fence = /^```(\S+)(.*)$/.exec(lines[place] ?? '');
    if (fence === null) continue;
    const end = lines.indexOf('```', place + 1);
    if (end < 0) throw new Error(`the block of line ${place + 1} has no end`);
    const words = (fence[2] ?? '').trim().split(/\s+/).filter(Boolean);
    blocks.push({
      language: fence[1] ?? '',
      words,
      code: `${lines.slice(place + 1, end).join('\n')}\n`,
      line: place + 2,
    });
    place = end;
  }
  return blocks;
}

/** The text without its blocks and spans of code. */
export function proseOf(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The rows of the first table after a mark, each as its cells; the header and the rule below it are left out. */
export function tableAfter(text: string, mark: string): readonly (readonly string[])[] {
  const at = text.indexOf(mark);
  if (at < 0) return [];
  const lines = text.slice(at).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const rows: (readonly string[])[] = [];
  for (let place = first; first >= 0 && (lines[place] ?? '').startsWith('|'); place++) {
    rows.push((lines[place] ?? '').split('|').slice(1, -1).map((cell) => cell.trim())); // biome-ignore format: one row
  }
  return rows.slice(2);
}
