/** Issues of the schema become faults: with file, line, the value that stands there, and the remedy. */
import { basename } from 'node:path';
import { REMEDY_SEPARATOR } from './blocks.js';
import type { ConfigFault } from './faults.js';
import type { Issue } from './schema.js';
import type { Path, YamlFile } from './yaml-file.js';

/** The faults of a file, in the order of its lines. */
export function faultsOf(issues: readonly Issue[], file: YamlFile): readonly ConfigFault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, file)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function faultsOfIssue(issue: Issue, file: YamlFile): readonly ConfigFault[] {
  const { path, message } = issue;
  const name = basename(file.path);
  if (issue.code === 'unrecognized_keys') {
    const remedies = message.split(REMEDY_SEPARATOR);
    return issue.keys.map((key, place) => ({
      file: name,
      line: file.lineOfKey(path, key),
      message: `${dotted([...path, key])} is not known; ${remedies[place]}`,
    }));
  }
  const value = valueAt(file.value, path);
  // Of a map or a list that is not as it must be as a whole, its kind says nothing.
  const isOfWhole = issue.code === 'custom' && typeof value === 'object' && value !== null;
  const place = isOfWhole ? `${named(path)}: ` : `${found(path, value)}; `;
  return [{ file: name, line: file.lineOf(path), message: place + message }];
}

function named(path: Path): string {
  return path.length === 0 ? 'the file' : dotted(path);
}

function found(path: Path, value: unknown): string {
  const name = named(path);
  if (value === undefined) return `${name} is missing`;
  if (value === null) return `${name} is empty`;
  if (Array.isArray(value)) return `${name} is a list${value.length === 0 ? ' of nothing' : ''}`;
  return typeof value === 'object' ? `${name} is a map` : `${name} is ${JSON.stringify(value)}`;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function dotted(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
