import { type Html, html } from '@tradekit/core/html';
import type { Check } from '../checks/check.js';

/** What a run was checked for, and what each check came to. */
export function checksSection(checks: readonly Check[] | undefined): Html {
  if (checks === undefined)
    return html`<section id="checks"><h2>Checks</h2><p class="none">This run was not checked.</p></section>`;
  return html`<section id="checks"><h2>Checks</h2><div class="scroll"><table>
<thead><tr><th scope="col">Check</th><th>Verdict</th><th>Evidence</th></tr></thead>
<tbody>${checks.map(
    ({ name, verdict, evidence }) =>
      html`<tr><th scope="row">${name}</th><td class="verdict ${verdict}">${verdict}</td><td class="wide">${evidence.map((sentence) => html`<div>${sentence}</div>`)}</td></tr>
`,
  )}</tbody></table></div></section>`;
}
