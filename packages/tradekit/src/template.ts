/** What `tradekit init` copies. Lies beside `src` and `dist`, so that this file must stay at their top. */
export const templateFolder: URL = new URL('../templates/system/', import.meta.url);
