import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inside, outside } from '../../../../src/services/scanner/stretch.ts';

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

it('divides a stretch into what lies inside and outside of others, moment by moment', () => {
  fc.assert(
    fc.property(stretch, fc.array(stretch, { maxLength: 5 }), (whole, others) => {
      const holds = (pieces: readonly { from: number; to: number }[], at: number) =>
        pieces.filter(({ from, to }) => from <= at && at < to).length;
      const [within, without] = [inside(whole, others), outside(whole, others)];
      for (let at = -1; at <= 41; at += 1) {
        const isWhole = holds([whole], at) === 1;
        const isOther = holds(others, at) > 0;
        expect(holds(within, at)).toBe(isWhole && isOther ? 1 : 0);
        expect(holds(without, at)).toBe(isWhole && !isOther ? 1 : 0);
      }
    }),
  );
});
