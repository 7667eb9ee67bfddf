import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weigh } from '../../../src/server/graphql/weigh.ts';

const most = 1_000_000;

it('11.J what an answer weighs is about what it is as JSON: never under a sixth of it (control characters alone), nor far over', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const bytes = Buffer.byteLength(JSON.stringify(value));
      expect(weigh(value, most)).toBeGreaterThanOrEqual(bytes / 6);
      expect(weigh(value, most)).toBeLessThanOrEqual(bytes * 9 + 20);
    }),
  );
});

it('11.J the same text under many names weighs as often, and weighing ends where it is too much', () => {
  const text = 'x'.repeat(1_000);
  const job = Object.fromEntries(Array.from({ length: 15 }, (_, name) => [`a${name}`, text]));
  expect(weigh({ nodes: Array.from({ length: 100 }, () => job) }, 10_000_000)).toBeGreaterThan(1_500_000);
  const unread = {
    get after(): never {
      throw new Error('weighed on');
    },
  };
  expect(weigh([text, text, unread], 1_500)).toBeGreaterThan(1_500);
  expect(() => weigh([text, unread], 1_500)).toThrow('weighed on');
});
