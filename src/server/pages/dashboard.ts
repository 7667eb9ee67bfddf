import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Asset, createAsset } from './assets.ts';

/** The built dashboard: its one page, the paths that show it, and its files by path. */
export interface Dashboard {
  readonly page: string;
  /** Paths of the views; the page finds out by itself which one to show. */
  readonly paths: readonly string[];
  readonly files: ReadonlyMap<string, Asset>;
}

/** From the bundles in `dist`, and from the sources. */
const places = ['./dashboard', '../dashboard', '../../../dist/dashboard'];

/** What `npm run build` has made of `dashboard/`, read once. Undefined where nothing is built. */
export function readDashboard(): Dashboard | undefined {
  const folder = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(join(place, 'index.html')));
  if (folder === undefined) return undefined;
  const files = readdirSync(join(folder, 'assets/dashboard')).map((name): [string, Asset] => {
    const body = readFileSync(join(folder, 'assets/dashboard', name), 'utf8');
    const asset = createAsset(name.endsWith('.css') ? 'css' : 'javascript', body);
    return [`/assets/dashboard/${name}`, { ...asset, isImmutable: true }];
  });
  return {
    page: readFileSync(join(folder, 'index.html'), 'utf8'),
    paths: ['/', '/platforms', '/scanning'],
    files: new Map(files),
  };
}
