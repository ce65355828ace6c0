/** The tables of a report: what each strategy and each symbol has come to. */

import { type Html, html } from '@tradekit/core/html';
import type { RunResult } from '../result/run-result.js';
import { countText, dollarsText, percentText } from './numbers.js';

/** What a strategy or a symbol has come to. */
interface Line {
  readonly name: string;
  fills: number;
  trades: number;
  wins: number;
  commission: number;
  /** Closed round trips and open positions at the mark, net of commission. */
  profit: number;
  /** Market value of what is held. */
  value: number;
}

/** One line a strategy. */
export function strategyTable(result: RunResult): Html {
  const lines = result.strategies.map(emptyLine);
  collect(result, lines, ({ strategy }) => strategy);
  return table('Strategy', lines);
}

/** One line for every symbol that was traded, the best first. */
export function symbolTable(result: RunResult): Html {
  const lines = result.universe.instruments.map(({ id }) => emptyLine(id));
  collect(result, lines, ({ instrument }) => instrument);
  const traded = lines.filter(({ fills, value }) => fills > 0 || value !== 0);
  return table(
    'Symbol',
    traded.sort((a, b) => b.profit - a.profit),
  );
}

function emptyLine(name: string): Line {
  return { name, fills: 0, trades: 0, wins: 0, commission: 0, profit: 0, value: 0 };
}

type Whose = { readonly strategy: number; readonly instrument: number };

function collect(
  { fills, trades, positions }: RunResult,
  lines: readonly Line[],
  place: (whose: Whose) => number,
): void {
  for (let k = 0; k < fills.length; k++) {
    const line = lines[place({ strategy: fills.strategy[k]!, instrument: fills.instrument[k]! })]!;
    line.fills += 1;
    line.commission += fills.commission[k]!;
  }
  for (const trade of trades) {
    const line = lines[place(trade)]!;
    line.trades += 1;
    if (trade.profit > 0) line.wins += 1;
    line.profit += trade.profit;
  }
  for (const position of positions) {
    const line = lines[place(position)]!;
    line.profit += position.profit;
    line.value += position.quantity * position.mark;
  }
}

function table(what: string, lines: readonly Line[]): Html {
  if (lines.length === 0) return html`<p class="none">Nothing was traded.</p>`;
  return html`<div class="scroll"><table class="sortable">
<thead><tr><th scope="col">${what}</th><th>Profit</th><th>Round trips</th><th>Won</th><th>Fills</th><th>Commission</th><th>Held at the end</th></tr></thead>
<tbody>${lines.map(row)}</tbody></table></div>`;
}

function row({ name, fills, trades, wins, commission, profit, value }: Line): Html {
  const won = trades === 0 ? '–' : percentText(wins / trades);
  const tone = profit < 0 ? 'loss' : 'gain';
  return html`<tr><th scope="row">${name}</th><td class="${tone}">${dollarsText(profit)}</td><td>${countText(trades)}</td><td>${won}</td><td>${countText(fills)}</td><td>${dollarsText(commission)}</td><td>${dollarsText(value)}</td></tr>
`;
}
