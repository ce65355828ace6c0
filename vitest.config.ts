import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Tests read the source of every package, so that nothing has to be built before them.
const conditions = ['@tradekit/source', 'module', 'node', 'development|production'];
// A script that counts tests names a file for the result here.
const report = process.env.TRADEKIT_TEST_REPORT;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The default leaves a two-core machine with one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/test/**/*.test.ts'],
          benchmark: { include: ['packages/*/test/**/*.bench.ts'] },
        },
      },
      {
        extends: true,
        test: { name: 'examples', include: ['examples/*/test/**/*.test.ts'], benchmark: { include: [] } },
      },
      {
        extends: true,
        test: { name: 'system', include: ['tests/**/*.test.ts'], benchmark: { include: [] } },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { 'packages/core/src/**': { lines: 95, branches: 90 } },
    },
  },
});
