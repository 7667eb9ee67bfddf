import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One realm of graphql: Vite would load index.mjs while Node gives libraries index.js.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/clean-environment.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
