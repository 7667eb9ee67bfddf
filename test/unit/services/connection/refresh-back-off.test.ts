import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refreshDelayMs } from '../../../../src/services/connection/tokens/refresh-back-off.ts';

it('backs off from 30 s to 15 min, spread by a quarter (F14)', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => refreshDelayMs(failures, 0) / 1_000)).toEqual([
    30, 60, 120, 240, 480, 720, 720, 720,
  ]);
  expect([1, 1_000].map((failures) => refreshDelayMs(failures, 1) / 1_000)).toEqual([37.5, 900]);
});

it('waits as long as Upwork says, an hour at most', () => {
  expect([0, -5, Number.NaN, 60_000, 1e12].map((asked) => refreshDelayMs(1, 0, asked))).toEqual([
    30_000, 30_000, 30_000, 60_000, 3_600_000,
  ]);
});

it('never asks again within half a minute, nor later than within an hour', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fraction, fc.option(fc.double()), (failures, jitter, asked) => {
      const ms = refreshDelayMs(failures, jitter, asked ?? undefined);
      expect(ms).toBeGreaterThanOrEqual(30_000);
      expect(ms).toBeLessThanOrEqual(3_600_000);
    }),
  );
});
