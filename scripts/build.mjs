// Bundles the server with its command line, the sandbox and the demo into dist/. Packages stay outside the bundles: better-sqlite3 is native, and
// one installed copy of graphql must serve them all.
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import react from '@vitejs/plugin-react';
import { build } from 'esbuild';
import { build as buildPages } from 'vite';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    'cli/main': 'src/cli/main.ts',
    'sandbox/main': 'sandbox/main.ts',
    'sandbox/vault': 'sandbox/vault/main.ts',
    'demo/main': 'demo/main.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
// Links are relative, so that the dashboard also works below a path of a proxy.
await buildPages({
  configFile: false,
  root: 'dashboard',
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    assetsDir: 'assets/dashboard',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
const entry = 'dist/cli/main.js';
const text = await readFile(entry, 'utf8');
if (!text.startsWith('#!')) await writeFile(entry, `#!/usr/bin/env node\n${text}`);
await chmod(entry, 0o755);
