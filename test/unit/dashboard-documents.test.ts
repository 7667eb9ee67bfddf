import { parse } from 'graphql';
import { expect, it } from 'vitest';
import * as feed from '../../dashboard/feed/documents.ts';
import { measure } from '../../src/resolvers/index.ts';

it('11.3 the documents of the feed stay within the limit of one operation at the largest page it asks for', () => {
  const costs = Object.entries(feed).flatMap(([name, document]) => {
    const parsed = typeof document === 'string' ? parse(document) : document;
    return typeof parsed === 'object' && 'definitions' in parsed
      ? [[name, measure({ document: parsed, variables: { first: 60 } }).complexity] as const]
      : [];
  });
  expect(costs.filter(([, cost]) => cost > 1_000)).toEqual([]);
});
