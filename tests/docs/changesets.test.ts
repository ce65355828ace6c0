/** Every changeset names packages that there are, in the form that the release reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = readdirSync(`${root}packages`).map(
  (folder): string => JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')).name,
);
const files = readdirSync(`${root}.changeset`).filter((name) => name.endsWith('.md') && name !== 'README.md');

describe('changesets', () => {
  test.each(files)('%s', (file) => {
    const [, head = '', summary = ''] =
      /^---\n(.+?)\n---\n(.+)$/s.exec(readFileSync(`${root}.changeset/${file}`, 'utf8')) ?? [];
    const bumps = head.split('\n').map((line) => /^["'](.+)["']: (patch|minor|major)$/.exec(line)?.[1]);
    expect(bumps.length).toBeGreaterThan(0);
    for (const name of bumps) expect(packages).toContain(name);
    expect(summary.trim()).not.toBe('');
  });
});
