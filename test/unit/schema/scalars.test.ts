import fc from 'fast-check';
import { assertScalarType, GraphQLError, Kind, parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/resolvers/index.ts';

const scalar = (name: string) => assertScalarType(schema.getType(name));

/** The value as it is inside, once from a variable and once from a literal; undefined where it is refused with BAD_USER_INPUT. */
function read(name: string, text: string): unknown {
  const results = [
    () => scalar(name).parseValue(text),
    () => scalar(name).parseLiteral(parseValue(JSON.stringify(text))),
  ].map(accepted);
  expect(results[0]).toEqual(results[1]);
  return results[0];
}

function accepted(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    expect((error as GraphQLError).extensions).toEqual({ code: 'BAD_USER_INPUT' });
    return undefined;
  }
}

const examples: Record<string, { good: [text: string, inside: unknown][]; bad: string[] }> = {
  DateTime: {
    good: [
      ['2026-05-24T12:00:00Z', new Date('2026-05-24T12:00:00.000Z')],
      ['2026-05-24T14:00:00.5+02:00', new Date('2026-05-24T12:00:00.500Z')],
    ],
    bad: ['2026-05-24', '2026-05-24T12:00Z', '2026-05-24T12:00:00', '2026-02-30T12:00:00Z', 'now', '1779624000000'],
  },
  Date: { good: [['2024-02-29', '2024-02-29']], bad: ['2026-02-29', '2026-2-1', '24.5.2026', '2026-05-24T12:00:00Z'] },
  Duration: { good: [['PT15M', 900_000]], bad: ['P1M', 'P1Y', '15', 'soon'] },
  DateTimeOrDuration: {
    good: [
      ['-P1D', { fromNowMs: -86_400_000 }],
      ['+1h30m', { fromNowMs: 5_400_000 }],
      ['PT0S', { fromNowMs: 0 }],
      ['2026-05-24T12:00:00Z', new Date('2026-05-24T12:00:00.000Z')],
    ],
    bad: ['-P1M', '--P1D', 'yesterday', '2026-05-24'],
  },
  Decimal: { good: [['1250.50', '1250.5']], bad: ['1e3', '1,5', 'much'] },
  CurrencyCode: {
    good: [
      ['USD', 'USD'],
      ['eur', 'EUR'],
    ],
    bad: ['US', 'ZZZ', '$'],
  },
  CountryCode: {
    good: [
      ['DE', 'DE'],
      ['us', 'US'],
    ],
    bad: ['DEU', 'XX', 'Germany'],
  },
  TimeZone: {
    good: [
      ['Europe/Berlin', 'Europe/Berlin'],
      ['UTC', 'UTC'],
    ],
    bad: ['+02:00', 'Europe/Nowhere', ''],
  },
  URL: {
    good: [
      ['http://localhost:4000/oauth/upwork/callback?code=a', 'http://localhost:4000/oauth/upwork/callback?code=a'],
    ],
    bad: ['/path', 'ftp://example.com', 'javascript:alert(1)', 'http://', 'example.com'],
  },
};

describe.each(Object.entries(examples))('%s', (name, { good, bad }) => {
  it.each(good)('takes %s', (text, inside) => {
    expect(read(name, text)).toEqual(inside);
  });
  it.each(bad)('refuses "%s"', (text) => {
    expect(read(name, text)).toBeUndefined();
  });
  it('takes nothing but strings', () => {
    for (const value of [1.5, true, {}, [], null])
      expect(accepted(() => scalar(name).parseValue(value))).toBeUndefined();
    for (const node of ['1.5', 'true', '{}', '[]', 'UTC'])
      expect(accepted(() => scalar(name).parseLiteral(parseValue(node)))).toBeUndefined();
  });
  it('says what it would take, and does not repeat what came', () => {
    expect(() => scalar(name).parseValue('s3cret')).toThrow(new RegExp(`^${name} must be an? .* such as "`));
    expect(() => scalar(name).parseValue('s3cret')).not.toThrow(/s3cret/);
  });
  it('has a specification or an example', () => {
    const { specifiedByURL, description } = scalar(name);
    expect(specifiedByURL ?? description).toMatch(/^https:|`[^`]+`/);
  });
});

it('takes whole numbers for a decimal, however long as a literal, and no floats', () => {
  const literal = (kind: Kind.INT | Kind.FLOAT, value: string) =>
    accepted(() => scalar('Decimal').parseLiteral({ kind, value }));
  expect(scalar('Decimal').parseValue(40)).toBe('40');
  expect(literal(Kind.INT, '123456789012345678901234567890')).toBe('123456789012345678901234567890');
  expect(accepted(() => scalar('Decimal').parseValue(40.5))).toBeUndefined();
  expect(accepted(() => scalar('Decimal').parseValue(2 ** 60))).toBeUndefined();
  expect(literal(Kind.FLOAT, '40.0')).toBeUndefined();
});

it('writes every instant in UTC with milliseconds and reads it back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (at) => {
      const text = scalar('DateTime').serialize(at) as string;
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(read('DateTime', text)).toEqual(at);
    }),
  );
});

it('writes moving windows as they are read', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fromNowMs) => {
      const text = scalar('DateTimeOrDuration').serialize({ fromNowMs }) as string;
      expect(read('DateTimeOrDuration', text)).toEqual({ fromNowMs });
    }),
  );
});
