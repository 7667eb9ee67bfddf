import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/schema/scalars/duration.ts';

it.each([
  ['PT15M', 900_000],
  ['P14D', 1_209_600_000],
  ['P2W', 1_209_600_000],
  ['P1DT2H', 93_600_000],
  ['PT1H30M', 5_400_000],
  ['PT0.25S', 250],
  ['PT0S', 0],
  ['30m', 1_800_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['45s', 45_000],
])('reads %s as %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  'P1Y',
  'P1M',
  'P1Y2M',
  'P1W2D',
  'P',
  'PT',
  'P1DT',
  'PT1H30',
  '-PT1H',
  '',
  '30',
  '1.5h',
  '30m1h',
  'pt1h',
  '1M',
  ' 30m',
  'PT1.2345S',
  `P${'9'.repeat(20)}D`,
])('refuses %s', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('reads back every length it writes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e13 }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});

it('writes the largest units first and nothing that is nought', () => {
  expect([0, 250, 61_000, 900_000, 86_400_000, 93_600_000, -86_400_000].map(formatDuration)).toEqual([
    'PT0S',
    'PT0.25S',
    'PT1M1S',
    'PT15M',
    'P1D',
    'P1DT2H',
    '-P1D',
  ]);
});
