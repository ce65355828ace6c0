/** Pages without a library: what is put into them is made safe. */

/** Text that has been made safe to stand in a page. */
export class Html {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** Text of our own that is HTML already. */
  static trusted(text: string): Html {
    return new Html(text);
  }
}

/** A piece of a page: everything put in is escaped unless it is {@link Html} itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0]!;
  for (const [place, value] of values.entries()) text += htmlOf(value) + parts[place + 1]!;
  return Html.trusted(text);
}

function htmlOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Data for a script of the page; no text in it can end the element. */
export function jsonScript(id: string, value: unknown): Html {
  const safe = JSON.stringify(value).replaceAll('<', '\\u003c');
  return Html.trusted(`<script type="application/json" id="${id}">${safe}</script>`);
}
