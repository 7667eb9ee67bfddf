import { GraphQLError } from 'graphql';
import type { Money } from '../../services/jobs/model.ts';

/** Locales and currencies come from outside, so what is kept is bounded. */
const keptMax = 50;

/**
 * Writes amounts for people, e.g. `$1,250.50`; exact however long they are, since Intl reads decimal strings without going through a float. Making a
 * format takes Intl about 80 µs, so those last used are kept.
 * @throws GraphQLError BAD_USER_INPUT for a locale that is none
 */
export function createMoneyFormat(): (money: Money, locale: string) => string {
  const formats = new Map<string, Intl.NumberFormat>();
  return ({ amount, currency }, locale) => {
    const key = `${locale} ${currency}`;
    const format = formats.get(key) ?? formatFor(locale, currency);
    formats.delete(key);
    formats.set(key, format);
    const oldest = formats.keys().next().value;
    if (formats.size > keptMax && oldest !== undefined) formats.delete(oldest);
    return format.format(amount as Intl.StringNumericLiteral);
  };
}

function formatFor(locale: string, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency });
  } catch {
    throw new GraphQLError('`locale` must be a BCP 47 language tag such as "en-US" or "de-DE".', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
}
