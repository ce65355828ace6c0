/** The lengths and units in the guide's tables are those of the specs. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FeatureSpec } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { expect, test } from 'vitest';

interface Row {
  readonly calls: readonly string[];
  readonly units: readonly string[];
  readonly first: readonly string[];
  readonly forgets: readonly string[];
}

const text = readFileSync(resolve(import.meta.dirname, '../../../../docs/guide/indicators.md'), 'utf8');

/** The rows of the tables that have a column `first`. */
function rowsOf(): readonly Row[] {
  const rows: Row[] = [];
  let heads: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      heads = [];
      continue;
    }
    const cells = line
      .replaceAll('\\|', ' ')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (heads.length === 0) heads = cells;
    else if (heads.includes('first') && !cells[0]?.startsWith('-')) {
      const cell = (name: string): string => cells[heads.indexOf(name)] ?? '';
      rows.push({
        calls: [...cell('function').matchAll(/`([^`]+)`/g)].map(([, call]) => call ?? ''),
        units: cell('unit').split(', '),
        first: cell('first').split('/'),
        forgets: cell('C').replaceAll(',', '').split('/'),
      });
    }
  }
  return rows;
}

/** Values for the names that stand for something in a call of the guide. */
const standsFor = {
  input: 'close',
  group: 'market',
  a: 'close',
  b: 'open',
  of: 'close',
  to: 'open',
  method: 'classic',
  level: 'p',
  date: '2024-01-02',
  minute: 0,
  n: 5,
  factor: 2,
  least: 0,
  most: 1,
};

const tail = (text.match(/`(\w+)`, `(\w+)` `(\(\{[^`]*\}\))`/) ?? []).slice(1);

function specOf(call: string): FeatureSpec {
  const names = [...Object.keys(own), ...Object.keys(standsFor)];
  // What clip keeps within limits has no unit.
  if (call.startsWith('clip(')) return own.clip(own.ratio('close', 'open'), 0, 1);
  const full = /\(/.test(call) ? call : `${call}${tail.includes(call) ? tail.at(-1) : "('close')"}`;
  return new Function(...names, `return ${full}`)(...Object.values(own), ...Object.values(standsFor)) as FeatureSpec;
}

const SIGNS = { price: '$', shares: '#', none: '–' } as const;
const SIGN_OF = { $: 'price', '#': 'shares', '–': 'none' } as const;
const nth = <T>(list: readonly T[], k: number): T | undefined => (list.length === 1 ? list[0] : list[k]);

test('the tables of the guide have the functions, first bars, lengths and units that the specs have', () => {
  const faults: string[] = [];
  let compared = 0;
  for (const { calls, units, first, forgets } of rowsOf()) {
    for (const [k, call] of calls.filter((one) => !one.startsWith('(')).entries()) {
      const spec = specOf(call);
      compared++;
      const says = nth(first, k);
      const bars = /^n \+ 1$/.test(says ?? '') ? String(standsFor.n + 1) : says;
      if (String(spec.warmUpBars) !== bars) faults.push(`${call}: first ${spec.warmUpBars}, the guide says ${says}`);
      const converges = own.convergenceBars(spec);
      const wanted = nth(forgets, k);
      if (wanted !== '' && wanted !== (Number.isFinite(converges) ? String(converges) : '∞'))
        faults.push(`${call}: C ${converges}, the guide says ${wanted}`);
      const unit = units.length === 1 || units.length === calls.length ? nth(units, k) : undefined;
      if (unit !== undefined && unit in SIGN_OF && unit !== SIGNS[spec.unit])
        faults.push(`${call}: unit ${spec.unit}, the guide says ${unit}`);
    }
  }
  expect(faults).toEqual([]);
  expect(compared).toBeGreaterThan(90);
});
