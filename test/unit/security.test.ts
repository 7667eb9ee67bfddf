import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('SECURITY.md names for each promise a test that exists', () => {
  const text = readFileSync('SECURITY.md', 'utf8');
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  for (const promise of text.split(/\n(?=- )/).slice(1)) {
    const own = promise.split('\n\n')[0] ?? '';
    expect([own, /`test\/[^`]+`/.test(own)]).toEqual([own, true]);
  }
  expect(readFileSync('README.md', 'utf8')).toContain('[SECURITY.md](SECURITY.md)');
});
