import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDecimal } from '../../../src/schema/scalars/decimal.ts';

it.each([
  ['1250.50', '1250.5'],
  ['0001', '1'],
  ['0.10', '0.1'],
  ['5.000', '5'],
  ['-0', '0'],
  ['-0.00', '0'],
  ['-2.50', '-2.5'],
  ['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
])('writes %s as %s', (text, canonical) => {
  expect(parseDecimal(text)).toBe(canonical);
});

it.each(['', '.', '1.', '.5', '1e3', '+1', '1,000', ' 1', 'NaN', 'Infinity', '0x10', '1.2.3'])(
  'refuses "%s"',
  (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  },
);

it('means the same amount in every form, and has one form for each amount', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.nat({ max: 9_999 }),
      fc.nat({ max: 5 }),
      (whole, part, zeros) => {
        const plain = `${whole}.${String(part).padStart(4, '0')}`;
        const canonical = parseDecimal(plain);
        expect(parseDecimal(`${plain}${'0'.repeat(zeros)}`)).toBe(canonical);
        expect(parseDecimal(canonical ?? '')).toBe(canonical);
        const [units = '', fraction = ''] = (canonical ?? '').split('.');
        expect(`${BigInt(units)}.${fraction.padEnd(4, '0')}`).toBe(plain);
      },
    ),
  );
});
