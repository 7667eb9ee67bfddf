import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';

/*
 * Which folder may import from which. `to`: values; `types`: also by `import type`. Files of one house (`src/services/jobs`, `src/server`, `sandbox` …) may import each other; which of them, `rooms.test.ts` says.
 * The first row whose `from` fits a file decides.
 */
const model = /^src\/services\/(?:[^/]+\/)?model\.ts$/;
const outside = /^src\/(?:clock|random|network)\.ts$/;
const arrows: { from: RegExp; to: RegExp[]; types?: RegExp[] }[] = [
  { from: /^drizzle\//, to: [] },
  { from: /^src\/config\.ts$/, to: [/^src\/(?:secret-file|limit-settings)\.ts$/] },
  { from: /^src\/(?:clock|random|network|log|secret-file|limit-settings|process-life)\.ts$/, to: [] },
  { from: model, to: [model] },
  {
    from: /^src\/services\/create-services\.ts$/,
    to: [/^src\/services\//],
    types: [outside, /^src\/log\.ts$/, /^src\/config\.ts$/],
  },
  {
    from: /^src\/services\//,
    // Every list is paged in the same way.
    to: [model, /^drizzle\/schema\//, /^src\/services\/paging\//, /^src\/(?:secret-file|process-life)\.ts$/],
    types: [outside, /^src\/log\.ts$/, /^src\/services\/[^/]+\//],
  },
  { from: /^src\/schema\//, to: [model] },
  { from: /^src\/resolvers\/index\.ts$/, to: [/^src\/(?:resolvers|schema)\//, model] },
  { from: /^src\/resolvers\//, to: [model, /^src\/schema\/|^src\/resolvers\//] },
  { from: /^src\/server\/(?:start|home|server-file|version|work-on-secrets)\.ts$/, to: [/^src\//, /^package\.json$/] },
  {
    from: /^src\/server\//,
    to: [
      model,
      /^src\/resolvers\/index\.ts$/,
      /^src\/schema\/context\.ts$/,
      outside,
      /^src\/(?:config|limit-settings|log)\.ts$/,
    ],
  },
  { from: /^src\/client\//, to: [] },
  {
    from: /^src\/cli\/commands\/home\/serve\.ts$/,
    to: [/^src\/cli\//, /^src\/server\/start\.ts$/, /^src\/(?:config|log)\.ts$/],
  },
  {
    from: /^src\/cli\/commands\/home\/secrets\.ts$/,
    to: [/^src\/cli\//, /^src\/server\/work-on-secrets\.ts$/, /^src\/(?:config|log)\.ts$/],
  },
  { from: /^src\/cli\//, to: [/^src\/cli\//, /^src\/client\//] },
  { from: /^sandbox\//, to: [/^sandbox\//] },
  { from: /^demo\//, to: [] },
  { from: /^dashboard\//, to: [] },
];

/** Where each library that shapes the code may be imported. */
const homes: [library: RegExp, home: RegExp][] = [
  [/^openid-client$/, /^src\/services\/upwork\//],
  [/^node-vault$/, /^src\/services\/secrets\//],
  [/^better-sqlite3$/, /^src\/services\/database\//],
  [/^@pothos\//, /^src\/(?:schema|resolvers)\//],
  [/^graphql-yoga$/, /^src\/server\//],
  [/^graphql-ws/, /^src\/server\/|^src\/client\/|^demo\/|^dashboard\//],
  [/^commander$/, /^src\/cli\//],
];

const statement = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a file that no arrow allows, as `file → import`. */
function strays(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const row = arrows.find(({ from }) => from.test(file));
  if (!row) return [`${file} stands in no row of the arrows`];
  const imports = [
    ...[...source.matchAll(statement)].map(([, type, name]) => ({ name: name ?? '', type: type !== undefined })),
    ...[...source.matchAll(dynamic)].map(([, name]) => ({ name: name ?? '', type: false })),
  ];
  return imports.filter((entry) => !isAllowed(file, row, entry)).map(({ name }) => `${file} → ${name}`);
}

function isAllowed(
  file: string,
  row: (typeof arrows)[number],
  { name, type }: { name: string; type: boolean },
): boolean {
  if (!name.startsWith('.')) {
    const home = homes.find(([library]) => library.test(name))?.[1];
    return home === undefined || home.test(file) || type;
  }
  const target = normalize(join(dirname(file), name));
  const house = houseOf(file);
  if (house !== undefined && houseOf(target) === house) return true;
  return row.to.some((rule) => rule.test(target)) || (type && (row.types ?? []).some((rule) => rule.test(target)));
}

/** The folder whose rooms belong together: a service, or a folder of `src` that is no list of services. */
function houseOf(file: string): string | undefined {
  return /^(?:src\/services\/[^/]+|src\/(?!services\/)[^/]+|sandbox|drizzle|demo|dashboard)(?=\/)/.exec(file)?.[0];
}

const files = globSync([
  'src/**/*.ts',
  'drizzle/**/*.ts',
  'sandbox/**/*.ts',
  'demo/**/*.ts',
  'dashboard/**/*.{ts,tsx}',
]);

it.each(files)('%s follows the arrows', (file) => {
  expect(strays(file)).toEqual([]);
});

/** Time, randomness, network and environment come in as arguments; each has one file that owns it. The command line and the client are programs of their own. */
const owned: [what: string, use: RegExp, owner: RegExp][] = [
  [
    'time',
    /\bDate\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval)\(|\bperformance\.now\(/,
    /^src\/clock\.ts$|^src\/cli\/system-shell\.ts$|^src\/client\//,
  ],
  ['randomness', /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/, /^src\/random\.ts$/],
  ['the network', /(?<![.\w])fetch\(/, /^src\/network\.ts$|^src\/cli\/system-shell\.ts$/],
  ['the environment', /\bprocess\.env\b/, /^src\/config\.ts$|^src\/cli\//],
];

it.each(owned)('%s is reached through the one file that owns it', (_what, use, owner) => {
  const offenders = files.filter(
    (file) => file.startsWith('src/') && !owner.test(file) && use.test(withoutComments(readFileSync(file, 'utf8'))),
  );
  expect(offenders).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

it('no source file is longer than 300 lines, but lists of nouns and of tables', () => {
  const long = files.filter(
    (file) => readFileSync(file, 'utf8').split('\n').length > 301 && !/model\.ts$|^drizzle\/schema\//.test(file),
  );
  expect(long).toEqual([]);
});
