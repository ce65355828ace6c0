/** Nothing in the public types of core and risk skips a rule, and nothing but a sealed order can be sent. */
import { mkdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { simulatedVenue } from '@tradekit/brokers/simulated';
import { ApprovedOrder, type BrokerCommand } from '@tradekit/core';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { marketOf, still } from '../../packages/brokers/test/simulated/kit.js';
import { makeScratch, root } from '../walls/scratch.js';

/** Words of a name that would let something pass that a rule forbids. */
const WAYS = [
  ...[
    'override',
    'bypass',
    'force',
    'skip',
    'ignore',
    'disable',
    'enable',
    'unsafe',
    'unchecked',
    'exempt',
    'suppress',
  ],
  ...['whitelist', 'allowlist', 'waive', 'trust', 'trusted', 'dry', 'emergency', 'manual', 'without', 'no'],
];
/** Names with such a word that stand for a rule or for nothing at all, not for a way around one. */
const HARMLESS = new Set([
  'noRisk', // the null object: a book without rules is asked for by name, as a risk manager of its own
  'timeInForce',
  'TimeInForce',
  'noJournal',
  'noRepeatedOrder',
  'NoRepeatedOrderOptions',
  'noWashTrade',
]);

/** Every name of the public types: what the entry points export, and every member, parameter and string literal in it. */
function namesOf(entry: string): ReadonlySet<string> {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@tradekit/source'],
    skipLibCheck: true,
    types: [],
  };
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const names = new Set<string>();
  const seen = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const named = node as { readonly name?: ts.Node };
    if (named.name !== undefined && (ts.isIdentifier(named.name) || ts.isStringLiteral(named.name)))
      names.add(named.name.text);
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) names.add(node.literal.text);
    // What a function does inside is its own business: only what is handed to it and what it gives is public.
    ts.forEachChild(node, (child) => {
      if (!ts.isBlock(child) && child.kind !== ts.SyntaxKind.PrivateIdentifier) visit(child);
    });
  };
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
    names.add(exported.name);
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    for (const declaration of symbol.declarations ?? []) visit(declaration);
  }
  return names;
}

/** `skipRules` and `skip-rules` as their words. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

describe.each(['core', 'risk'])('the public types of %s', (folder) => {
  const names = namesOf(join(root, 'packages', folder, 'src/index.ts'));

  it('are found', () => {
    expect(names.size).toBeGreaterThan(100);
    expect(names).toContain(folder === 'core' ? 'maxDecisionAgeMs' : 'limitFraction');
    expect(names).toContain(folder === 'core' ? 'reduce-only' : 'keep-legs');
  });

  it('have no name for a way around a rule', () => {
    const ways = [...names].filter((name) => !HARMLESS.has(name) && wordsOf(name).some((word) => WAYS.includes(word)));
    expect(ways).toEqual([]);
  });
});

it('the search would find one', () => {
  expect(['skipRules', 'FORCE', 'bypass-risk', 'isManualOverride'].map((name) => wordsOf(name))).toEqual([
    ['skip', 'rules'],
    ['force'],
    ['bypass', 'risk'],
    ['is', 'manual', 'override'],
  ]);
});

const request = {
  strategy: 0,
  instrument: 0,
  side: 'buy',
  quantity: 1_000_000,
  pricing: { type: 'market' },
  timeInForce: 'day',
  role: 'entry',
  reason: 'forged',
};

describe('an order that was not approved', () => {
  it('does not compile for Broker.send, however it is made', async () => {
    const scratch = await makeScratch();
    try {
      await mkdir(join(scratch.path, 'node_modules/@tradekit'), { recursive: true });
      const core = await realpath(join(root, 'packages/core'));
      await symlink(core, join(scratch.path, 'node_modules/@tradekit/core'), 'dir');
      await scratch.write('package.json', '{ "type": "module" }');
      const base = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8')) as { compilerOptions: object };
      const compilerOptions = { ...base.compilerOptions, noEmit: true, composite: false, declaration: false };
      const plain = { ...compilerOptions, emitDeclarationOnly: false, isolatedDeclarations: false, types: [] };
      await scratch.write('tsconfig.json', JSON.stringify({ compilerOptions: plain, include: ['*.ts'] }));
      await scratch.write(
        'forged.ts',
        [
          "import { ApprovedOrder, type Broker, type OrderRequest } from '@tradekit/core';",
          'export const ask = (broker: Broker, request: OrderRequest, approved: ApprovedOrder): void => {',
          "  broker.send([{ kind: 'submit', group: { kind: 'single', order: approved } }]);",
          "  broker.send([{ kind: 'submit', group: { kind: 'single', order: request } }]);",
          "  broker.send([{ kind: 'submit', group: { kind: 'single', order: { ...approved, request } } }]);",
          '  new ApprovedOrder();',
          '};',
        ].join('\n'),
      );
      const output = await scratch.output('typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false');
      const lines = [...output.matchAll(/^forged\.ts\((\d+),/gm)].map(([, line]) => line);
      expect(lines).toEqual(['4', '5', '6']);
    } finally {
      await scratch.remove();
    }
  }, 60_000);

  it('is no ApprovedOrder at run time: not a look-alike, not a copy of a prototype, not a constructed one', () => {
    const lookAlike = { number: 1, request, worstPrice: 10, id: 'x' };
    const inherited = Object.create(ApprovedOrder.prototype) as unknown;
    expect([lookAlike, inherited, undefined, null].map((order) => ApprovedOrder.is(order))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(() => Reflect.construct(ApprovedOrder, [Symbol('seal'), 1, request, 10])).toThrow('only the engine');
  });

  it('never trades: the venue does not take it', () => {
    const history = marketOf({ bars: { A: [still(10), still(10), still(10)] } });
    const venue = simulatedVenue(history, { initialCash: 100_000 });
    const forged = { kind: 'submit', group: { kind: 'single', order: { number: 1, request } } } as unknown;
    venue.send([forged as BrokerCommand]);
    const told: string[] = [];
    for (let step = 0; step < 8; step++) {
      for (let answer = venue.answer(); answer !== undefined; answer = venue.answer())
        told.push(answer.kind === 'order-update' ? answer.status : answer.kind);
      venue.step(Number.POSITIVE_INFINITY as never);
    }
    expect(told).not.toContain('fill');
    expect(told).toContain('rejected');
  });
});
