import type { Statement } from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RefusedError } from '../../../../src/services/failures/model.ts';
import { type Job, type JobOrder, jobOrderFields, type Posting } from '../../../../src/services/jobs/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

type App = ReturnType<typeof setUp>;
const usd = (amount: number) => ({ amount: String(amount), currency: 'USD' });
const start = new Date('2026-10-01T11:00:00.000Z').getTime();

/** Jobs whose every order has ties and unknown values. */
function mixed(count: number, from = 0): Posting[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const { proposals: _p, hourlyRate: _h, client: _c, ...rest } = aPosting(number);
    return {
      ...rest,
      title: number % 4 === 0 ? 'Rust and Go' : number % 2 === 0 ? 'Rust' : 'Other',
      description: 'rust go',
      postedAt: new Date(start + (number % 5) * 1_000),
      ...(number % 3 === 0 ? {} : { proposals: number % 4 }),
      ...(number % 3 === 1
        ? { type: 'FIXED_PRICE', fixedBudget: usd(100 * (number % 4)) }
        : number % 3 === 2
          ? { hourlyRate: { min: usd(10), max: usd(20 + (number % 3)) } }
          : {}),
      client: number % 2 === 0 ? {} : { totalSpent: usd(number % 6) },
    };
  });
}

const keyOf: Record<Exclude<JobOrder['field'], 'RELEVANCE'>, (job: Job) => number | undefined> = {
  POSTED_AT: ({ postedAt }) => postedAt.getTime(),
  FIRST_SEEN_AT: ({ firstSeenAt }) => firstSeenAt.getTime(),
  SCORE: ({ score }) => score?.value,
  BUDGET: ({ fixedBudget, hourlyRate }) =>
    Number((fixedBudget ?? hourlyRate?.max ?? hourlyRate?.min)?.amount ?? Number.NaN),
  CLIENT_SPEND: ({ client }) => Number(client.totalSpent?.amount ?? Number.NaN),
  PROPOSALS: ({ activity }) => activity?.proposals,
};

/** The order said a second time: by the key, then by age, what has no key last. */
function sorted(jobs: readonly Job[], { field, direction }: JobOrder): string[] {
  const sign = direction === 'ASC' ? 1 : -1;
  const known = (job: Job) => {
    const key = field === 'RELEVANCE' ? (job.title.match(/Rust|Go/g)?.length ?? 0) : keyOf[field](job);
    return key === undefined || Number.isNaN(key) ? undefined : key;
  };
  return [...jobs]
    .sort((a, b) => {
      const [x, y] = [known(a), known(b)];
      if (x === undefined || y === undefined) return x === y ? sign * (a.seq - b.seq) : x === undefined ? 1 : -1;
      return sign * (x - y || a.seq - b.seq);
    })
    .map(({ id }) => id);
}

const orders = jobOrderFields.flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })));
const everything = (app: App) =>
  (app.db.sql.prepare('SELECT seq FROM jobs').pluck().all() as number[]).map((seq) => app.jobs.bySeq(seq) as Job);
const idsOf = (page: ReturnType<App['jobs']['list']>) => page.edges.map(({ node }) => node.id);

it.each(orders)('lists by $field $direction, unknown values last, the same forwards and backwards', async (orderBy) => {
  using app = setUp();
  for (const from of [0, 7, 14]) {
    app.add(mixed(7, from));
    await app.clock.advance(1_000);
  }
  app.db.sql.exec("UPDATE jobs SET score = seq % 4, score_factors = '[]', scored_at = 1 WHERE seq % 3 > 0");
  const query = { query: 'rust go', orderBy };
  const expected = sorted(everything(app), orderBy);
  expect(idsOf(app.jobs.list({ ...query, first: 100 }))).toEqual(expected);
  expect(idsOf(app.jobs.list({ ...query, last: 100 }))).toEqual(expected);

  const forwards: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = app.jobs.list({ ...query, first: 4, after });
    forwards.push(...idsOf(page));
    expect(page.hasPreviousPage).toBe(after !== null);
    after = page.edges.at(-1)?.cursor ?? null;
    if (!page.hasNextPage) break;
  }
  expect(forwards).toEqual(expected);

  const backwards: string[] = [];
  for (let before: string | null = null; ; ) {
    const page = app.jobs.list({ ...query, last: 4, before });
    backwards.unshift(...idsOf(page));
    expect(page.hasNextPage).toBe(before !== null);
    before = page.edges[0]?.cursor ?? null;
    if (!page.hasPreviousPage) break;
  }
  expect(backwards).toEqual(expected);
});

it('shows every job once and skips none while others are inserted between the pages, in every order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...orders),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }),
      (orderBy, size, arrivals) => {
        using app = setUp();
        const present = app.add(mixed(17)).map(({ id }) => id);
        let next = 17;
        const seen: string[] = [];
        let page = app.jobs.list({ query: 'rust', orderBy, first: size });
        for (let turn = 0; ; turn += 1) {
          seen.push(...idsOf(page));
          if (!page.hasNextPage) break;
          const arriving = arrivals[turn] ?? 0;
          app.add(mixed(arriving, next));
          next += arriving;
          page = app.jobs.list({ query: 'rust', orderBy, first: size, after: page.edges.at(-1)?.cursor ?? '' });
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => present.includes(id)).sort()).toEqual([...present].sort());
      },
    ),
    { numRuns: 15 },
  );
});

it('lists newest posted first, 25 at a time, unless told', () => {
  using app = setUp();
  app.add(mixed(30));
  const page = app.jobs.list({});
  expect(idsOf(page)).toEqual(sorted(everything(app), { field: 'POSTED_AT', direction: 'DESC' }).slice(0, 25));
  expect([page.hasNextPage, page.hasPreviousPage]).toEqual([true, false]);
});

it('gives what lies between two cursors', () => {
  using app = setUp();
  app.add(mixed(9));
  const all = app.jobs.list({}).edges;
  const [after, before] = [all[1]?.cursor ?? '', all[6]?.cursor ?? ''];
  expect(idsOf(app.jobs.list({ after, before }))).toEqual(all.slice(2, 6).map(({ node }) => node.id));
  expect(idsOf(app.jobs.list({ after, before, last: 2 }))).toEqual(all.slice(4, 6).map(({ node }) => node.id));
});

it('knows that there are jobs beyond an empty page', () => {
  using app = setUp();
  app.add(mixed(2));
  const [first, last] = app.jobs.list({}).edges.map(({ cursor }) => cursor);
  expect(app.jobs.list({ after: last ?? '' })).toEqual({ edges: [], hasNextPage: false, hasPreviousPage: true });
  expect(app.jobs.list({ last: 1, before: first ?? '' })).toEqual({
    edges: [],
    hasNextPage: true,
    hasPreviousPage: false,
  });
  app.jobs.purgeAll();
  expect(app.jobs.list({ after: last ?? '' })).toEqual({ edges: [], hasNextPage: false, hasPreviousPage: false });
});

it.each<[object, RegExp]>([
  [{ first: 101 }, /`first` is 101. It can be 1 to 100/],
  [{ first: 0 }, /`first` is 0/],
  [{ last: -1 }, /`last` is -1/],
  [{ first: 1.5 }, /`first` is 1.5/],
  [{ first: 1, last: 1 }, /not both/],
  [{ after: 'garbage!' }, /no cursor/],
  [{ after: '' }, /no cursor/],
  [{ before: Buffer.from('["POSTED_AT DESC",1]').toString('base64url') }, /no cursor/],
  [{ before: Buffer.from('["POSTED_AT DESC","1",2]').toString('base64url') }, /no cursor/],
  [{ after: Buffer.from('["POSTED_AT DESC",1,2.5]').toString('base64url') }, /no cursor/],
])('refuses the page arguments %j and says why', (args, message) => {
  using app = setUp();
  expect(() => app.jobs.list(args)).toThrow(message);
  expect(() => app.jobs.list(args)).toThrow(RefusedError);
});

it('refuses a cursor of another order or another query', () => {
  using app = setUp();
  app.add(mixed(3));
  const after = app.jobs.list({ query: 'rust', first: 1 }).edges[0]?.cursor ?? '';
  expect(app.jobs.list({ query: ' rust ', after }).edges).toHaveLength(2);
  for (const other of [
    { query: 'go' },
    {},
    { query: 'rust', orderBy: { field: 'SCORE', direction: 'DESC' } as const },
  ]) {
    expect(() => app.jobs.list({ ...other, after })).toThrow(/another order or another query/);
  }
});

it('counts to 10,000 and says when there are more', () => {
  using app = setUp();
  app.add(mixed(1));
  const copy = app.db.sql.prepare(
    `WITH RECURSIVE numbers (value) AS (SELECT ? UNION ALL SELECT value + 1 FROM numbers WHERE value < ?)
     INSERT INTO jobs (id, platform, external_id, posted_at, first_seen_at, updated_at, matched_at, state, content_hash, title, skills, questions, description)
     SELECT 'job_' || value, 'upwork', 'x' || value, 1, 1, 1, 1, 'OPEN', '', '', '[]', '[]', '' FROM numbers`,
  );
  copy.run(1, 9_999);
  expect(app.jobs.count({})).toEqual({ count: 10_000, exact: true });
  copy.run(10_000, 10_000);
  expect(app.jobs.count({})).toEqual({ count: 10_000, exact: false });
});

it('reads the feed from an index, page after page, without sorting', () => {
  using app = setUp();
  app.add(mixed(30));
  const statements: string[] = [];
  const { prepare } = app.db.sql;
  // Every statement is prepared once; what a list runs is what it prepares on its first use.
  app.db.sql.prepare = ((text: string) => {
    statements.push(text);
    return prepare.call(app.db.sql, text);
  }) as typeof prepare;
  for (const field of ['POSTED_AT', 'FIRST_SEEN_AT'] as const) {
    const orderBy = { field, direction: 'DESC' } as const;
    const { edges } = app.jobs.list({ orderBy, first: 5 });
    app.jobs.list({ orderBy, first: 5, after: edges.at(-1)?.cursor ?? '' });
  }
  app.jobs.count({});
  const prepared = statements.length;
  app.jobs.list({ orderBy: { field: 'POSTED_AT', direction: 'DESC' }, first: 7 });
  app.jobs.count({});
  expect(statements).toHaveLength(prepared);
  const explain = (text: string) => {
    const values = Array.from(text.matchAll(/\?/g), () => 1);
    const statement: Statement = prepare.call(app.db.sql, `EXPLAIN QUERY PLAN ${text}`);
    const steps = statement.all(...values) as { detail: string }[];
    return steps.map(({ detail }) => detail).filter((detail) => /^(?:SCAN|SEARCH) jobs|TEMP B-TREE/.test(detail));
  };
  const rowsOfPage = 'SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)';
  expect(statements.map(explain)).toEqual([
    ['SCAN jobs USING INDEX jobs_feed', rowsOfPage],
    ['SEARCH jobs USING INDEX jobs_feed (posted_at<?)', rowsOfPage],
    ['SEARCH jobs USING INDEX jobs_feed (posted_at>?)'],
    ['SCAN jobs USING INDEX jobs_feed_seen', rowsOfPage],
    ['SEARCH jobs USING INDEX jobs_feed_seen (first_seen_at<?)', rowsOfPage],
    ['SEARCH jobs USING INDEX jobs_feed_seen (first_seen_at>?)'],
    ['SCAN jobs USING INDEX jobs_feed_seen'],
  ]);
});
