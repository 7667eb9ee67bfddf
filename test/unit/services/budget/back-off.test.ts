import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backOffMs } from '../../../../src/services/budget/back-off.ts';

it('obeys what Upwork asks for, within a second and an hour (F91)', () => {
  const asked = [0, -5_000, 500, 7_000, 3_600_000, 1e12, Number.POSITIVE_INFINITY];
  expect(asked.map((ms) => backOffMs(ms, 0, 0.5))).toEqual([
    1_000, 1_000, 1_000, 7_000, 3_600_000, 3_600_000, 3_600_000,
  ]);
});

it('backs off with full jitter over a range that doubles from two seconds to a quarter of an hour (F92)', () => {
  expect([0, 1, 2, 5, 9, 10, 1_000].map((throttles) => backOffMs(undefined, throttles, 1))).toEqual([
    2_000, 4_000, 8_000, 64_000, 900_000, 900_000, 900_000,
  ]);
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (throttles, fraction) => {
      for (const asked of [undefined, Number.NaN]) {
        const ms = backOffMs(asked, throttles, fraction);
        expect(ms).toBeGreaterThanOrEqual(1_000);
        expect(ms).toBeLessThanOrEqual(900_000);
      }
    }),
  );
});
