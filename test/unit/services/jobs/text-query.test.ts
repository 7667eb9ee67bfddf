import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RefusedError } from '../../../../src/services/failures/model.ts';
import { naughtyStrings } from '../../../support/naughty-strings.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

const titles = {
  react: 'React developer',
  native: 'React Native app, iOS',
  vue: 'Vue.js developer',
  cpp: 'C++ engineer',
  csharp: 'C# engineer',
  mail: 'E-mail templates',
};

function searchable() {
  const app = setUp();
  app.add(Object.values(titles).map((title, number) => aPosting(number, { title, description: '', skills: [] })));
  const nameOf = new Map(Object.entries(titles).map(([name, title]) => [title, name]));
  return {
    ...app,
    found: (query: string) =>
      app.jobs
        .list({ query })
        .edges.map(({ node }) => nameOf.get(node.title))
        .sort(),
  };
}

it.each<[string, (keyof typeof titles)[]]>([
  ['react', ['native', 'react']],
  ['  REACT  developer ', ['react']],
  ['developer react', ['react']],
  ['"react developer"', ['react']],
  ['"developer react"', []],
  ['devel*', ['react', 'vue']],
  ['devel', []],
  ['"react dev"*', ['react']],
  ['react -native', ['react']],
  ['developer -"vue js"', ['react']],
  ['engineer -c*', []],
  ['vue OR native', ['native', 'vue']],
  ['developer vue OR react', ['react', 'vue']],
  ['vue OR react developer', ['react', 'vue']],
  ['vue or native', []],
  ['c++', ['cpp']],
  ['c#', ['csharp']],
  ['c', []],
  ['e-mail', ['mail']],
  ['-react', ['cpp', 'csharp', 'mail', 'vue']],
  ['"react', ['native', 'react']],
  ['react !!!', ['native', 'react']],
  ['!!!', []],
  ['OR', []],
])('finds for %s: %j', (query, names) => {
  using app = searchable();
  expect(app.found(query)).toEqual(names);
});

it('takes a blank query for none', () => {
  using app = searchable();
  expect(app.found('   ')).toHaveLength(Object.keys(titles).length);
});

it('never fails over what is typed into a search box (F70)', () => {
  using app = searchable();
  const run = (query: string) => {
    app.jobs.list({ query });
    app.jobs.list({ query, includeUnmatched: true, filter: { criteria: { keywords: ['a', query.slice(0, 200)] } } })
      .edges;
    app.jobs.count({ query });
    app.jobs.facets({ query }, ['SKILL']);
    app.explain({ criteria: { keywords: [query], excludedKeywords: [query], skills: [query] }, query });
  };
  const isRefusal = (error: unknown) => error instanceof RefusedError && error.code === 'BAD_USER_INPUT';
  const attempt = (query: string) => {
    try {
      run(query);
    } catch (error) {
      if (!isRefusal(error)) throw new Error(`failed over ${JSON.stringify(query)}`, { cause: error });
    }
  };
  for (const query of naughtyStrings) attempt(query);
  attempt('a '.repeat(499));
  attempt('-a '.repeat(330));
  attempt('a OR '.repeat(199));
  const syntax = fc.constantFrom(
    '"',
    '*',
    '-',
    '(',
    ')',
    ':',
    '^',
    '+',
    ' ',
    'OR',
    'AND',
    'NOT',
    'NEAR',
    'a',
    'é',
    '\0',
    '{',
    '}',
    '|',
    '=',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(syntax).map((parts) => parts.join('')),
      ),
      attempt,
    ),
    { numRuns: 400 },
  );
});

it('refuses a query beyond 1,000 characters and says so', () => {
  using app = searchable();
  expect(() => app.found('a'.repeat(1_001))).toThrow(/has 1001 characters, at most 1000/);
});

it('ranks by how many of the words stand in title and skills', () => {
  using app = setUp();
  const add = (number: number, title: string, skills: string[], description: string) =>
    aPosting(number, { title, skills, description });
  app.add([
    add(1, 'Other', [], 'go rust'),
    add(2, 'Other', ['Go'], 'rust'),
    add(3, 'Go', [], 'rust'),
    add(4, 'Go and Rust', ['Rust'], ''),
    add(5, 'Other', [], 'go'),
  ]);
  const { edges } = app.jobs.list({ query: 'go rust', orderBy: { field: 'RELEVANCE', direction: 'DESC' } });
  expect(edges.map(({ node, rank }) => [node.seq, rank])).toEqual([
    [4, 11],
    [3, 5],
    [2, 3],
    [1, 1],
  ]);
  expect(app.jobs.list({ query: 'go rust' }).edges.map(({ node, rank }) => [node.seq, rank])).toEqual([
    [4, 11],
    [3, 5],
    [2, 3],
    [1, 1],
  ]);
  expect(app.jobs.list({}).edges[0]).not.toHaveProperty('rank');
});

it('refuses RELEVANCE where there is no word to be relevant to', () => {
  using app = searchable();
  for (const query of [undefined, '', '!!!', '-react']) {
    expect(() => app.jobs.list({ query: query ?? null, orderBy: { field: 'RELEVANCE', direction: 'DESC' } })).toThrow(
      /RELEVANCE orders by/,
    );
  }
});
