/** `tradekit features list`: the indicators that a feature can name. */
import { type CatalogueEntry, catalogue } from '@tradekit/indicators';
import { EXIT } from '../errors.js';

/** Prints every indicator by family, with its parameters and their defaults, unit and warm-up; or everything as JSON. */
export async function featuresCommand({ json = false }: { readonly json?: boolean }): Promise<number> {
  const rows = [...catalogue.values()].map(described);
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
  return EXIT.done;
}

interface Row extends Pick<CatalogueEntry, 'name' | 'family' | 'formula' | 'parameters' | 'inputs'> {
  readonly unit: string;
  /** With the default parameters. */
  readonly warmUpBars: number;
}

function described({ name, family, formula, parameters, inputs, create }: CatalogueEntry): Row {
  const { unit, warmUpBars } = create(parameters, (['close', 'volume'] as const).slice(0, inputs === 2 ? 2 : 0));
  return { name, family, formula, parameters, inputs, unit, warmUpBars };
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map((row) => signature(row).length));
  const lines: string[] = [];
  for (const [place, row] of rows.entries()) {
    if (row.family !== rows[place - 1]?.family) lines.push(...(place > 0 ? [''] : []), row.family);
    const { unit, warmUpBars, formula } = row;
    const bars = String(warmUpBars).padStart(4);
    lines.push(`  ${signature(row).padEnd(width)}  ${(unit === 'none' ? '' : unit).padEnd(6)}  ${bars}  ${formula}`);
  }
  lines.push('', 'Columns: name and parameters with their defaults, unit, bars until the first value, what it is.');
  return `${lines.join('\n')}\n`;
}

/** `macdLine(input, fast 12, slow 26)`. */
function signature({ name, inputs, parameters }: Row): string {
  const given = Object.entries(parameters).map(([parameter, value]) => `${parameter} ${value}`);
  return `${name}(${[...['input', 'second'].slice(0, inputs), ...given].join(', ')})`;
}
