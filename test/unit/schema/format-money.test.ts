import { expect, it } from 'vitest';
import { createMoneyFormat } from '../../../src/schema/scalars/format-money.ts';

it('writes the same amount the same way, however many languages come between', () => {
  const format = createMoneyFormat();
  const money = { amount: '1250.5', currency: 'USD' };
  const locales = ['en-US', 'de-DE', ...Array.from({ length: 120 }, (_, index) => `en-x-${index}a`), 'en-US', 'de-DE'];
  const written = locales.map((locale) => format(money, locale));
  expect(written.slice(0, 2)).toEqual(['$1,250.50', '1.250,50\u00a0$']);
  expect(written.slice(-2)).toEqual(written.slice(0, 2));
});

it('refuses a locale that is none, naming one that is', () => {
  expect(() => createMoneyFormat()({ amount: '1', currency: 'USD' }, 'not a locale')).toThrow(/such as "en-US"/);
});
