import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toDecimal, toUnits } from '../../../../src/services/jobs/criteria/units.ts';

it.each([
  ['0', 0],
  ['0.0', 0],
  ['1250.50', 12_505_000],
  ['007', 70_000],
  ['0.00005', 1],
  ['0.00004', 0],
  ['900719925474.0991', Number.MAX_SAFE_INTEGER],
  ['900719925474.0992', undefined],
  ['9999999999999999', undefined],
  ['-1', undefined],
  ['+1', undefined],
  ['1e3', undefined],
  ['1,000', undefined],
  ['.5', undefined],
  ['5.', undefined],
  ['', undefined],
  ['NaN', undefined],
  ['٣', undefined],
])('reads %s as %s ten-thousandths', (text, units) => {
  expect(toUnits(text)).toBe(units);
});

it('rounds limits away from what they exclude', () => {
  expect([toUnits('1.00001', 'up'), toUnits('1.00009', 'down'), toUnits('1.00000', 'up')]).toEqual([
    10_001, 10_000, 10_000,
  ]);
});

it('gives back every amount exactly and in one form', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (units) => {
      const text = toDecimal(units);
      expect(toUnits(text)).toBe(units);
      expect(text).toMatch(/^(?:0|[1-9]\d*)(?:\.\d{0,3}[1-9])?$/);
    }),
  );
});
