import { createRequire } from 'node:module';
import countries, { type LocaleData } from 'i18n-iso-countries/index.js';

// A JSON module by `import` makes Node 20 print a warning.
countries.registerLocale(createRequire(import.meta.url)('i18n-iso-countries/langs/en.json') as LocaleData);

/** Names in use that neither the list nor the platform's own English names have. */
const aliases: Readonly<Record<string, string>> = {
  burma: 'MM',
  'east timor': 'TL',
  england: 'GB',
  'great britain': 'GB',
  'holy see': 'VA',
  'hong kong': 'HK',
  korea: 'KR',
  macau: 'MO',
  macedonia: 'MK',
  'northern ireland': 'GB',
  palestine: 'PS',
  'saint martin': 'MF',
  scotland: 'GB',
  swaziland: 'SZ',
  'viet nam': 'VN',
  wales: 'GB',
};

const codes = new Map<string, string>();
const shown = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
for (const [code, names] of Object.entries(countries.getNames('en', { select: 'all' })))
  for (const name of [code, countries.alpha2ToAlpha3(code), shown.of(code), ...names])
    if (name) codes.set(fold(name), code);
for (const [name, code] of Object.entries(aliases)) codes.set(name, code);

/** ISO 3166-1 alpha-2 of a country's English name, alpha-2 or alpha-3 code (FACTS §5: `"United Kingdom"`, `"GBR"`), in any case; undefined for anything else. */
export function countryCode(text: string): string | undefined {
  return text.length > 100 ? undefined : codes.get(fold(text));
}

/** English names of all countries, for "did you mean". */
export const countryNames: readonly string[] = Object.values(countries.getNames('en')).sort();

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/\bst\b\.?/g, 'saint')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '');
}
