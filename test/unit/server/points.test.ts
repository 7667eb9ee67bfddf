import { expect, it } from 'vitest';
import { createPoints, pointsHeaders } from '../../../src/server/points/points.ts';
import { createTestClock } from '../../support/clock.ts';

const start = '2026-10-01T12:00:00.000Z';
const limit = 3_600;

it('11.3 points come back evenly, one a second of 3,600 an hour, and never more than a token may have', async () => {
  const clock = createTestClock(new Date(start));
  const points = createPoints({ limit, clock });
  const spent = points.spend('a', limit);
  expect(spent).toEqual({
    granted: true,
    enoughInMs: 0,
    left: { limit, used: limit, remaining: 0, resetsAt: new Date('2026-10-01T13:00:00.000Z') },
  });
  await clock.advance(10_000);
  expect(points.left('a').remaining).toBe(10);
  expect(points.spend('a', 11)).toMatchObject({ granted: false, enoughInMs: 1_000, left: { remaining: 10 } });
  expect(points.spend('a', 10)).toMatchObject({ granted: true, left: { remaining: 0 } });
  await clock.advance(2 * 3_600_000);
  expect(points.left('a')).toMatchObject({ remaining: limit, used: 0, resetsAt: clock.now() });
});

it('11.3 asking what is left costs nothing, works when nothing is left, and what was not taken is given back', () => {
  const points = createPoints({ limit, clock: createTestClock(new Date(start)) });
  points.spend('a', limit);
  expect(points.spend('a', 0)).toMatchObject({ granted: true, left: { remaining: 0 } });
  expect(points.giveBack('a', 3_000)).toMatchObject({ remaining: 3_000, used: 600 });
  expect(points.giveBack('a', 3_000)).toMatchObject({ remaining: limit, used: 0 });
});

it('11.3 more than a token ever has is never enough, a large operation shuts out no small one, and no token another', () => {
  const points = createPoints({ limit, clock: createTestClock(new Date(start)) });
  expect(points.spend('a', limit + 1)).toMatchObject({ granted: false, enoughInMs: Number.POSITIVE_INFINITY });
  expect(points.spend('a', limit)).toMatchObject({ granted: true });
  expect(points.spend('b', limit)).toMatchObject({ granted: true });
});

it('19.K what was delivered is charged though less is left, and its debt takes time', async () => {
  const clock = createTestClock(new Date(start));
  const points = createPoints({ limit, clock });
  expect(points.debit('a', limit)).toBe(0);
  expect(points.debit('a', 5)).toBe(5_000);
  expect(points.left('a').remaining).toBe(0);
  await clock.advance(5_000);
  expect(points.debit('a', 0)).toBe(0);
});

it('11.3 the headers say what is left and when all is back', () => {
  const clock = createTestClock(new Date(start));
  const points = createPoints({ limit, clock });
  expect(pointsHeaders(points.spend('a', 90).left, clock.now())).toEqual({
    'ratelimit-policy': '"points";q=3600;w=3600',
    ratelimit: '"points";r=3510;t=90',
  });
});
