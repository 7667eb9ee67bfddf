import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
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
