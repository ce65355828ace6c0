import { defineConfig } from 'vitest/config';
import usual from './vitest.config.js';

// What `npm run mutation` runs for every mutant: the tests of risk in one module graph, without the properties, which take
// seconds and may kill a mutant by chance.
export default defineConfig({
  resolve: usual.resolve ?? {},
  ssr: usual.ssr ?? {},
  test: {
    include: ['packages/risk/test/**/*.test.ts'],
    exclude: ['**/order-independence.test.ts', '**/order-of-symbols.test.ts', '**/passes-up-to.test.ts'],
    isolate: false,
  },
});
