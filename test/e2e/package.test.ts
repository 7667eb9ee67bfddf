import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { expect, it } from 'vitest';

it('packs the built programs and every migration, which the server reads at its start', () => {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8' })) as [
    { files: { path: string }[] },
  ];
  const files = packed.files.map(({ path }) => path);
  const migrations = readdirSync('drizzle/migrations').filter((name) => name.endsWith('.sql'));
  const needed = ['dist/cli/main.js', 'dist/dashboard/index.html', 'drizzle/migrations/meta/_journal.json'];
  expect(
    [...needed, ...migrations.map((name) => `drizzle/migrations/${name}`)].filter((path) => !files.includes(path)),
  ).toEqual([]);
});

it('12.11 no package wants a Node other than the one that is asked for, so that `npm ci` warns of none', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { engines?: { node?: string }; optional?: boolean }>;
  };
  const oldest = semver.minVersion(packages['']?.engines?.node ?? '')?.version ?? '';
  expect(oldest).toBe('20.19.0');
  const choosy = Object.entries(packages).filter(
    ([, { engines, optional }]) => engines?.node !== undefined && !optional && !semver.satisfies(oldest, engines.node),
  );
  expect(choosy.map(([name, { engines }]) => [name, engines?.node])).toEqual([]);
});

it('12.11 nobody is told to run a name of the registry that nobody owns, and the README says how the command gets on the PATH', () => {
  const files = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'sandbox/README.md'];
  for (const folder of ['src', 'dashboard', 'demo', 'docs', 'sandbox', 'scripts'])
    files.push(...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const texts = files.filter((name) => /\.(?:md|ts|tsx|mjs|html)$/.test(name));
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter((name) => /npx (?:--?\S+ )*ghoststack/.test(readFileSync(name, 'utf8')))).toEqual([]);
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toContain('npm link');
  expect(readme).toContain('npm install --global ./prospector-*.tgz');
});
