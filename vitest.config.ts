import { defineConfig } from 'vitest/config';

const report = process.env['PROSPECTOR_TEST_REPORT'];

export default defineConfig({
  test: {
    // One realm of graphql: Vite would load index.mjs while Node gives libraries index.js.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/clean-environment.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
