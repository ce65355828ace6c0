/** What the pages say is what there is: links, the order's life, figures, and nothing of anybody's machine. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { orderLife } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import { root } from '../walls/scratch.js';
import { files, pages, proseOf, tableAfter, textOf } from './pages.js';

/** A heading as the part of an address behind `#`, as GitHub makes it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));

/** What is wrong with a link of a page; `undefined` when it leads somewhere. */
function fault(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', hash] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link} leads nowhere`;
  if (hash !== undefined && !anchorsOf(target).includes(hash)) return `${page}: ${target} has no heading #${hash}`;
  return undefined;
}

test('every relative link leads to a file, and to a heading where it names one', () => {
  const links = pages.flatMap((page) =>
    [...proseOf(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => fault(page, link)),
  );
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((found) => found !== undefined)).toEqual([]);
});

test('the index of the documentation has every guide and every decision', () => {
  const index = textOf('docs/README.md');
  const listed = pages.filter((page) => /^docs\/(guide|decisions)\//.test(page));
  expect(listed.filter((page) => !index.includes(`(${page.replace('docs/', '')})`))).toEqual([]);
});

test('the guide prints the life of an order as it is', () => {
  const rows = tableAfter(textOf('docs/guide/engine.md'), '<!-- order-life');
  const printed = rows.map(([status = '', next = '']) => [
    status.replaceAll('`', ''),
    [...next.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
  ]);
  expect(printed).toEqual(Object.entries(orderLife));
});

describe('the table of speed figures in the README', () => {
  const results = 'bench/results.json';
  const rows = tableAfter(textOf('README.md').split('<!-- /speed -->')[0] ?? '', '<!-- speed');
  const isMeasured = files.includes(results);

  // Not the values: a measurement of today must not break the tests of a table that says when it was measured.
  it.skipIf(!isMeasured)('names figures of bench/results.json, with their limits', () => {
    const measured = JSON.parse(textOf(results)) as readonly { name: string; limit: number | null }[];
    expect(rows.length).toBeGreaterThan(3);
    for (const [name = '', , limit = ''] of rows) {
      const row = measured.find((found) => found.name === name);
      expect({ name, limit: limit === '' ? null : Number.parseFloat(limit) }).toEqual({ name, limit: row?.limit });
    }
  });
});

test('what the README prints of `npm start` is what the example system is pinned to', () => {
  const pinned = /toBe\('([0-9a-f]{64})'\)/.exec(textOf('examples/full-system/test/full-system.test.ts'))?.[1];
  const equity = /finalEquity\)\.toBe\(([\d.]+)\)/.exec(textOf('examples/full-system/test/full-system.test.ts'))?.[1];
  const money = Number(equity).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(textOf('README.md')).toContain(`Digest      ${pinned}`);
  expect(textOf('README.md')).toContain(`Final equity      ${money} USD`);
});

test('no tracked text names a place on somebody’s machine or a host of packages', () => {
  const texts = files.filter((file) =>
    /\.(md|ts|mts|mjs|js|json|ya?ml|csv|grit|html|npmrc)$|(^|\/)\.[a-z]+$/.test(file),
  );
  const told = texts.flatMap((file) => {
    if (file === 'tests/docs/pages.test.ts') return [];
    const found = PRIVATE.exec(textOf(file));
    return found === null ? [] : [`${file}: ${found[0]}`];
  });
  expect(told).toEqual([]);
});

/** Homes and working folders with something in them (`/home/me` is nobody's), and registries: a lockfile names none of them. */
const PRIVATE =
  /(?<![\w.~-])\/(?!home\/me\b)(?:home|Users|root|work|workspace|private|mnt|srv|var\/folders)\/[\w.-]+|[A-Za-z]:\\Users\\|\bregistry\.[\w.-]+\.\w+|\b[\w.-]*(?:artifactory|verdaccio|nexus)[\w-]*\.\w+\b/;
