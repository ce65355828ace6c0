/** What was said against what came, drawn. */
import { type Html, html } from '@tradekit/core/html';
import { DOWN, reliability, UP } from '@tradekit/ml';
import type { Tested } from './tested.js';

const SIZE = 320;
const BINS = 20;

/** One drawing for up and one for down: on the line, probabilities mean what they say. The area of a point is its part of the samples. */
export function reliabilityDiagram(tested: Tested): Html {
  return html`<div class="legend">${[drawing('Up', tested, UP), drawing('Down', tested, DOWN)]}</div>`;
}

function drawing(name: string, { said, classes }: Tested, own: number): Html {
  const bins = reliability(
    {
      scores: Float64Array.from(classes, (_, row) => said[3 * row + own]!),
      labels: classes.map((came) => (came === own ? 1 : 0)),
    },
    BINS,
  );
  const x = (value: number): string => (value * SIZE).toFixed(1);
  const y = (value: number): string => ((1 - value) * SIZE).toFixed(1);
  const points = bins.map(
    ({ said: p, came, weight }) =>
      html`<circle cx="${x(p)}" cy="${y(came)}" r="${(2 + 10 * Math.sqrt(weight / classes.length)).toFixed(1)}" fill="var(--line)" fill-opacity="0.6"><title>said ${p.toFixed(3)}, came ${came.toFixed(3)}, ${weight} samples</title></circle>`,
  );
  return html`<figure><figcaption>${name}</figcaption><svg class="drawing" viewBox="-8 -8 ${SIZE + 16} ${SIZE + 36}" role="img" aria-label="Reliability of ${name}" style="max-width:360px">
<line x1="0" y1="${SIZE}" x2="${SIZE}" y2="0"></line><line x1="0" y1="${SIZE}" x2="${SIZE}" y2="${SIZE}"></line><line x1="0" y1="0" x2="0" y2="${SIZE}"></line>
${points}<text x="0" y="${SIZE + 20}">said 0 … 1, upwards what came</text></svg></figure>`;
}
