import countries from 'i18n-iso-countries/index.js';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Is it an ISO 3166-1 alpha-2 code, in capitals or not? */
export function isCountry(code: string): boolean {
  return /^[a-z]{2}$/i.test(code) && countries.isValid(code.toUpperCase());
}

/** The English name; the code itself where it is none. */
export function countryName(code: string): string {
  return isCountry(code) ? (names.of(code.toUpperCase()) ?? code) : code;
}

/** The alpha-2 code for an alpha-3 code or an English name; undefined for anything else. For messages. */
export function countryCodeOf(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  const codes = Object.keys(countries.getAlpha2Codes());
  return countries.alpha3ToAlpha2(text.toUpperCase()) ?? codes.find((code) => names.of(code)?.toLowerCase() === wanted);
}
