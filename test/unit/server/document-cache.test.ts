import { expect, it } from 'vitest';
import { createDocumentCache } from '../../../src/server/graphql/document-cache.ts';

it('Prospector keeps the documents that were used last, and none that is long', () => {
  const cache = createDocumentCache<number>();
  for (let at = 0; at < 250; at += 1) cache.set(`{ a${at} }`, at);
  expect(cache.get('{ a0 }')).toBe(0);
  cache.set('{ new }', 1);
  expect([cache.get('{ a0 }'), cache.get('{ a1 }'), cache.get('{ new }')]).toEqual([0, undefined, 1]);
  const long = `{ a } #${'x'.repeat(16_384)}`;
  cache.set(long, 2);
  expect(cache.get(long)).toBeUndefined();
});
