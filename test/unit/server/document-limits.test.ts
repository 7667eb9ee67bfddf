import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { createParse, createValidate, createWeightRule } from '../../../src/server/graphql/document-limits.ts';
import { fixedLimits } from '../../../src/server/limits.ts';

const schema = buildSchema('type Query { a: Query b: Int }');
const weigh = (document: string) =>
  validate(schema, parse(document), [createWeightRule({ aliases: 2, directives: 2 })]).map(({ message }) => message);

it('Prospector counts aliases and directives wherever a fragment is used, and each operation by itself', () => {
  expect(weigh('{ x: b y: b }')).toEqual([]);
  expect(weigh('{ x: b y: b z: b }')).toEqual([expect.stringContaining('3 aliases')]);
  expect(weigh('{ ...F a { ...F a { ...F } } } fragment F on Query { x: b }')).toEqual([
    expect.stringContaining('3 aliases'),
  ]);
  expect(weigh('{ ... on Query { x: __typename ... { y: b z: b } } }')).toEqual([expect.stringContaining('3 aliases')]);
  expect(weigh('query A { x: b y: b } query B { x: b y: b }')).toEqual([]);
  expect(weigh('query A @x { b @x ...F @x }')).toEqual([expect.stringContaining('3 directives')]);
  expect(weigh('{ b ... @x { b @x ...F } } fragment F on Query @x { b }')).toEqual([
    expect.stringContaining('3 directives'),
  ]);
});

it('Prospector leaves cycles and unknown fragments to the rules that name them, and looks at fragments nobody uses', () => {
  expect(weigh('{ ...F } fragment F on Query { x: b ...F }')).toEqual([]);
  expect(weigh('{ ...Unknown }')).toEqual([]);
  expect(weigh('{ b } fragment F on Query { x: b y: b z: b }')).toEqual([expect.stringContaining('3 aliases')]);
});

it('Prospector counts tokens and brackets before it parses, comments and strings aside', () => {
  const read = createParse({ tokens: 5, brackets: 2 });
  expect(read('{ a b c }').kind).toBe('Document');
  expect(read(`{ a # ${'{ '.repeat(50)}\n b c }`).kind).toBe('Document');
  expect(() => read('{ a b c d }')).toThrow(/more than 5 tokens/);
  expect(() => read('{ a { b {')).toThrow(/more than 5 tokens|nested/);
  expect(() => read('[[[')).toThrow(/nested more than 2 brackets/);
  expect(() => read('{ a(x: "{{{{") }')).toThrow(/more than 5 tokens/);
  for (const [text, code] of [
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['\u0000', 'GRAPHQL_PARSE_FAILED'],
    ['{ a b c d }', 'QUERY_TOO_COMPLEX'],
  ] as const)
    expect(() => read(text)).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code }) }));
});

it('Prospector validates nothing further where a document is too heavy, and stops at five errors', () => {
  const check = createValidate(fixedLimits, { introspection: true });
  const conflicting = parse(`{ ${Array.from({ length: 600 }, (_, at) => `x: b${at}`).join(' ')} }`);
  expect(check(schema, conflicting).map(({ extensions }) => extensions['code'])).toEqual(['QUERY_TOO_COMPLEX']);
  expect(check(schema, parse(`{ ${'nothing '.repeat(30)} }`))).toHaveLength(5);
  expect(check(schema, parse('{ b }'))).toEqual([]);
});
