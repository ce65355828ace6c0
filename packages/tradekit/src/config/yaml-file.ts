/** A YAML file that knows on which line each of its values stands. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isMap, isNode, isPair, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { type ConfigFault, ConfigFaults } from './faults.js';

/** A place in a file: keys of maps and places in lists, from the top. */
export type Path = readonly PropertyKey[];

/** A YAML file that was read. */
export interface YamlFile {
  readonly path: string;
  readonly value: unknown;
  /** Line of the value at a path, of the nearest thing above it where there is none. The first line is 1. */
  lineOf(path: Path): number;
  /** Line of a key of the map at a path. */
  lineOfKey(path: Path, key: string): number;
}

/** Reads a file. Throws `ConfigFaults` when it is missing, and then says `missing`, is no YAML, or has several documents. */
export function readYamlFile(path: string, missing = 'name a file that is there'): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path, missing), { lineCounter: lines });
  const file = basename(path);
  const faults = document.errors.map(({ message, pos }): ConfigFault => {
    const [what = ''] = message.split('\n');
    return {
      file,
      line: lines.linePos(pos[0]).line,
      message: `${what.replace(/ at line \d+, column \d+:?$/, '')}; correct the YAML there`,
    };
  });
  if (faults.length > 0) throw new ConfigFaults(faults);
  const lineAt = (node: Node | undefined): number => (node?.range ? lines.linePos(node.range[0]).line : 1);
  const root = document.contents ?? undefined;
  return {
    path,
    value: document.toJS(),
    lineOf: (at) => lineAt(nearestNode(root, at)),
    lineOfKey: (at, key) => lineAt(keyNode(mapAt(document.getIn(at, true)) ?? nearestNode(root, at), key)),
  };
}

function textOf(path: string, missing: string): string {
  const file = basename(path);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new ConfigFaults([{ file, message: `there is no file "${path}"; ${missing}` }]);
  }
  if (!stat.isFile()) throw new ConfigFaults([{ file, message: `"${path}" is not a file; name the file in it` }]);
  const text = readFileSync(path, 'utf8');
  if (text.trim() === '')
    throw new ConfigFaults([{ file, line: 1, message: 'the file is empty; write into it what the guide says' }]);
  return text;
}

function nearestNode(root: ParsedNode | undefined, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(step, true) : undefined;
    if (!isNode(next)) return node;
    // The value of a key may stand below it: what is meant is the line of the key.
    node =
      isMap(node) && (isMap(next) || isSeq(next)) && step === path.at(-1)
        ? (keyNode(node, String(step)) ?? next)
        : next;
  }
  return node;
}

function mapAt(node: unknown): Node | undefined {
  return isMap(node) ? node : undefined;
}

function keyNode(node: Node | undefined, key: string): Node | undefined {
  if (!isMap(node)) return node;
  for (const pair of node.items) {
    if (isPair(pair) && isNode(pair.key) && String(pair.key) === key) return pair.key;
  }
  return node;
}
