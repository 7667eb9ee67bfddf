import { type GraphQLScalarLiteralParser, Kind } from 'graphql';
import { GraphQLCountryCode, GraphQLCurrency, GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';
import { builder } from '../builder.ts';
import { isDate, parseDateTime } from './date-time.ts';
import { parseDecimal } from './decimal.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { formatMoment, type Moment, parseMoment } from './moment.ts';
import { refuseValue } from './refuse-value.ts';

/** Reads a scalar that is written as a string, from variables and literals alike. `parse` gives undefined for what it does not accept. */
function fromText<Value>(scalar: string, expected: string, parse: (text: string) => Value | undefined) {
  const parseValue = (value: unknown): Value =>
    (typeof value === 'string' ? parse(value) : undefined) ?? refuseValue(scalar, expected);
  const parseLiteral: GraphQLScalarLiteralParser<Value> = (node) =>
    parseValue(node.kind === Kind.STRING ? node.value : undefined);
  return { parseValue, parseLiteral };
}

builder.scalarType('DateTime', {
  description: 'RFC 3339 timestamp, always UTC with `Z`, millisecond precision: `2026-05-24T12:00:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (at) => at.toISOString(),
  ...fromText('DateTime', 'an RFC 3339 timestamp such as "2026-05-24T12:00:00Z"', parseDateTime),
});

builder.scalarType('Date', {
  description: 'Calendar date `YYYY-MM-DD`, e.g. `2026-05-24`.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc3339#section-5.6',
  serialize: (date) => date,
  ...fromText('Date', 'a date such as "2026-05-24"', (text) => (isDate(text) ? text : undefined)),
});

builder.scalarType('Duration', {
  description:
    'ISO 8601 duration of fixed length, e.g. `PT15M`, `P14D`. Years and months are rejected. Input also takes `30m`, `1h30m`.',
  serialize: formatDuration,
  ...fromText('Duration', 'a duration of fixed length such as "PT15M", "P14D" or "1h30m"', parseDuration),
});

builder.scalarType('DateTimeOrDuration', {
  description:
    'A `DateTime`, or a signed `Duration` relative to now such as `-P1D`. Lets saved filters keep a moving window.',
  serialize: (moment) => formatMoment(moment as Moment),
  ...fromText(
    'DateTimeOrDuration',
    'a timestamp such as "2026-05-24T12:00:00Z" or a duration from now such as "-P1D"',
    parseMoment,
  ),
});

const decimalText = fromText('Decimal', 'a decimal as a string such as "1250.50"', parseDecimal);

builder.scalarType('Decimal', {
  description:
    'Arbitrary-precision decimal, sent as a string (`"1250.50"`). Integer literals are accepted as input; floats are not.',
  serialize: (decimal) => decimal,
  parseValue: (value) => decimalText.parseValue(Number.isSafeInteger(value) ? String(value) : value),
  parseLiteral: (node) =>
    node.kind === Kind.INT ? decimalText.parseValue(node.value) : decimalText.parseLiteral(node, {}),
});

builder.scalarType('CurrencyCode', {
  description: 'ISO 4217 code, e.g. `USD`.',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  serialize: (code) => code,
  ...fromText('CurrencyCode', 'an ISO 4217 code such as "USD"', listed(GraphQLCurrency)),
});

builder.scalarType('CountryCode', {
  description: 'ISO 3166-1 alpha-2 code, e.g. `DE`.',
  specifiedByURL: 'https://www.iso.org/iso-3166-country-codes.html',
  serialize: (code) => code,
  ...fromText('CountryCode', 'an ISO 3166-1 alpha-2 code such as "DE"', listed(GraphQLCountryCode)),
});

builder.scalarType('TimeZone', {
  description: 'IANA time-zone name, e.g. `Europe/Berlin`.',
  specifiedByURL: 'https://www.iana.org/time-zones',
  serialize: (name) => name,
  ...fromText('TimeZone', 'an IANA time-zone name such as "Europe/Berlin"', (text) =>
    isTimeZone(text) ? text : undefined,
  ),
});

builder.scalarType('URL', {
  description: 'Absolute http(s) URL, e.g. `https://example.com/path`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (url) => url,
  ...fromText('URL', 'an absolute http or https URL such as "https://example.com/path"', (text) =>
    /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined,
  ),
});

builder.addScalarType('JSONObject', GraphQLJSONObject, {
  description: 'JSON object. Only for raw upstream data, never for something the schema could name.',
});

builder.addScalarType('JSON', GraphQLJSON, {
  description: 'Any JSON value. Only in `ConfigurationChange`.',
});

/** Upper case, when the scalar's list has it. */
function listed(scalar: { parseValue: (value: unknown) => unknown }) {
  return (text: string): string | undefined => {
    const code = text.toUpperCase();
    try {
      scalar.parseValue(code);
      return code;
    } catch {
      return undefined;
    }
  };
}

/** Offsets such as `+02:00` are no names, though Intl takes them. */
function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
}
