import { expect, it } from 'vitest';
import { DomainError } from '../../../../src/services/failures/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

const failuresOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.failures;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

it('keeps a saved search as it was made, over a restart too', () => {
  using app = setUp();
  const at = app.clock.now();
  const { search, warnings } = app.searches.create({
    name: '  Dash\nboards ',
    query: ' chart* \ud800 ',
    criteria: { skills: ['React'], keywords: [], hourlyRate: { min: '40' }, clientSpend: {}, jobTypes: null },
    scan: true,
    notify: false,
    channelIds: ['channel_1', 'channel_1'],
  });
  expect(search).toEqual({
    seq: 1,
    id: expect.stringMatching(/^search_[0-9A-Z]{26}$/),
    name: 'Dash boards',
    query: 'chart* \ufffd',
    criteria: { skills: ['React'], hourlyRate: { min: '40' } },
    scan: true,
    enabled: true,
    notify: false,
    channelIds: ['channel_1'],
    createdAt: at,
    updatedAt: at,
    version: 1,
  });
  expect(warnings).toEqual([]);
  expect(app.searches.byId(search.id)).toEqual(search);
  expect(app.searches.all()).toEqual([search]);
});

it('changes what is named of a saved search, leaves the rest, and counts its versions', async () => {
  using app = setUp();
  const made = app.create({ query: 'chart', criteria: { skills: ['React'], jobTypes: ['HOURLY'] } });
  await app.clock.advance(1_000);
  const snoozedUntil = new Date(app.clock.now().getTime() + 60_000);
  const { search } = app.searches.update({
    savedSearchId: made.id,
    criteria: { skills: null, maximumProposals: 5 },
    snoozedUntil,
    scan: true,
    enabled: false,
    expectedVersion: 1,
  });
  expect(search).toEqual({
    ...made,
    criteria: { jobTypes: ['HOURLY'], maximumProposals: 5 },
    snoozedUntil,
    scan: true,
    enabled: false,
    updatedAt: app.clock.now(),
    version: 2,
  });
  const cleared = app.searches.update({
    savedSearchId: made.id,
    name: 'All',
    query: null,
    criteria: null,
    snoozedUntil: null,
  }).search;
  const { query: _query, ...bare } = made;
  expect(cleared).toEqual({
    ...bare,
    name: 'All',
    criteria: {},
    scan: true,
    enabled: false,
    updatedAt: app.clock.now(),
    version: 3,
  });
  expect(failuresOf(() => app.searches.update({ savedSearchId: made.id, expectedVersion: 2 }))).toMatchObject([
    { type: 'ConflictError', code: 'CONFLICT', currentVersion: 3, path: ['input', 'expectedVersion'] },
  ]);
});

it('names everything that is wrong with a saved search at once, and changes nothing', () => {
  using app = setUp();
  const wrong = {
    name: ' ',
    query: '!?',
    criteria: { categories: ['Web Developmnt', 'Cooking'], maximumProposals: -1 },
    channelIds: ['channel_1', 'channel_2'],
  };
  const failures = failuresOf(() => app.create(wrong));
  expect(failures.map(({ code, path }) => [code, path?.join('.')])).toEqual([
    ['VALIDATION', 'input.name'],
    ['VALIDATION', 'input.query'],
    ['VALIDATION', 'input.criteria.maximumProposals'],
    ['VALIDATION', 'input.criteria.categories.0'],
    ['VALIDATION', 'input.criteria.categories.1'],
    ['VALIDATION', 'input.channelIds.1'],
  ]);
  expect(failures[3]?.message).toBe('Upwork has no category "Web Developmnt". Did you mean "Web Development"?');
  expect(failuresOf(() => app.create({ name: 'x'.repeat(101), query: 'y'.repeat(501) }))).toHaveLength(2);
  expect(app.searches.count()).toBe(0);

  const made = app.create({
    name: 'x'.repeat(100),
    query: 'y'.repeat(500),
    criteria: { categories: ['Web Development'] },
  });
  failuresOf(() => app.searches.update({ savedSearchId: made.id, name: 'New', query: '!' }));
  expect(app.searches.all()).toEqual([made]);
});

it('keeps at most 200 saved searches', () => {
  using app = setUp();
  for (let number = 1; number <= 200; number += 1) app.create({ name: `Search ${number}`, query: `word${number}` });
  expect(failuresOf(() => app.create())).toMatchObject([{ constraint: 'count', path: ['input', 'name'] }]);
  const [first] = app.searches.all();
  app.searches.update({ savedSearchId: first?.id ?? '', name: 'Still changes' });
  app.searches.remove(first?.id ?? '');
  expect(app.create().name).toBe('Dashboards');
});

it('warns of a saved search that asks for the same as another, bears its name, or asks for everything', () => {
  using app = setUp();
  const criteria = { skills: ['React', 'Vue'], jobTypes: ['HOURLY'] as const };
  app.create({ query: 'chart', criteria });
  const made = (more: object) =>
    app.searches
      .create({ name: 'Other', scan: false, notify: true, ...more })
      .warnings.map(({ code, path }) => [code, path?.join('.')]);
  const swapped = { jobTypes: ['HOURLY'], skills: ['Vue', 'React'] };
  expect(made({ name: 'One', query: 'chart', criteria: swapped })).toEqual([
    ['DUPLICATE_SAVED_SEARCH', 'input.criteria'],
  ]);
  expect(made({ name: 'DASHBOARDS', criteria })).toEqual([['DUPLICATE_SAVED_SEARCH', 'input.name']]);
  expect(made({ name: 'Two' })).toEqual([['QUERY_TOO_BROAD', 'input.criteria']]);
  expect(made({ name: 'Three', query: 'graph' })).toEqual([]);
  const { search, warnings } = app.searches.update({ savedSearchId: app.searches.all()[0]?.id ?? '', notify: false });
  expect([search.name, warnings.map(({ code }) => code)]).toEqual([
    'Dashboards',
    ['DUPLICATE_SAVED_SEARCH', 'DUPLICATE_SAVED_SEARCH'],
  ]);
});

it('refuses to change or delete a saved search that is not there', () => {
  using app = setUp();
  const notFound = [{ type: 'NotFoundError', code: 'NOT_FOUND', nodeId: 'search_0' }];
  expect(failuresOf(() => app.searches.update({ savedSearchId: 'search_0' }))).toMatchObject(notFound);
  expect(failuresOf(() => app.searches.remove('search_0'))).toMatchObject(notFound);
  expect(app.searches.byId('search_0')).toBeUndefined();
});

it('pages through saved searches, oldest first, while others come and go', () => {
  using app = setUp();
  const [a, b, c] = ['A', 'B', 'C'].map((name) => app.create({ name, query: name }));
  const page = app.searches.list({ first: 2 });
  expect([page.edges.map(({ node }) => node.name), page.hasNextPage]).toEqual([['A', 'B'], true]);
  app.searches.remove(b?.id ?? '');
  app.create({ name: 'D', query: 'D' });
  const rest = app.searches.list({ first: 2, after: page.edges[1]?.cursor ?? '' });
  expect(rest.edges.map(({ node }) => node.name)).toEqual(['C', 'D']);
  expect([rest.hasNextPage, app.searches.count()]).toEqual([false, 3]);
  expect([a?.seq, c?.seq]).toEqual([1, 3]);
});

it('lets enabled searches take part in scans, those snoozed or told to be quiet without a word', async () => {
  using app = setUp();
  const names = () => app.searches.active().map(({ name, isSilent }) => `${name}${isSilent ? ' silently' : ''}`);
  const [loud, quiet, off] = ['loud', 'quiet', 'off'].map((name) =>
    app.create({ name, query: name, notify: name !== 'quiet' }),
  );
  app.searches.update({ savedSearchId: off?.id ?? '', enabled: false });
  expect(names()).toEqual(['loud', 'quiet silently']);
  const snoozedUntil = new Date(app.clock.now().getTime() + 60_000);
  app.searches.update({ savedSearchId: loud?.id ?? '', snoozedUntil });
  app.searches.update({ savedSearchId: quiet?.id ?? '', notify: true });
  expect(names()).toEqual(['loud silently', 'quiet']);
  await app.clock.advance(60_000);
  expect(names()).toEqual(['loud', 'quiet']);
});

it('tells of every change of a saved search once it is stored, and of no refusal', () => {
  using app = setUp();
  const seen: string[] = [];
  const stop = app.searches.onChange(() =>
    seen.push(
      app.searches
        .all()
        .map(({ name }) => name)
        .join(),
    ),
  );
  const made = app.create();
  app.searches.update({ savedSearchId: made.id, name: 'Changed' });
  failuresOf(() => app.create({ name: '' }));
  app.searches.remove(made.id);
  stop();
  app.create();
  expect(seen).toEqual(['Dashboards', 'Changed', '']);
});

it('notes when a search was asked of Upwork, without calling that a change', () => {
  using app = setUp();
  const made = app.create({ scan: true });
  const at = new Date(app.clock.now().getTime() + 5);
  app.searches.noteScanned([made.id], at);
  expect(app.searches.byId(made.id)).toEqual({ ...made, lastScanAt: at });
});

const vue = (number: number) => aPosting(number, { title: `Vue shop ${number}`, skills: ['Vue'] });

it('gives a new search what it matches among the stored jobs, also among those nothing had asked for', () => {
  using app = setUp();
  const [react, shop] = app.store([aPosting(1), vue(2)], { skills: ['React'] });
  expect(app.jobs.list({}).edges.map(({ node }) => node.id)).toEqual([react]);
  const made = app.create({ query: 'shop', criteria: { skills: ['Vue'] } });
  const wordless = app.create({ query: 'nothing' });
  expect(app.listed(made.id)).toEqual([shop]);
  expect(
    app.jobs
      .list({})
      .edges.map(({ node }) => node.id)
      .sort(),
  ).toEqual([react, shop].sort());
  expect(app.searches.ofJob(shop ?? '')).toEqual([made]);
  expect(app.searches.ofJob(react ?? '')).toEqual([]);
  expect([app.searches.unseenCount(made.id), app.searches.unseenCount(wordless.id)]).toEqual([1, 0]);
});

it('matches anew when what a search asks for has changed, and keeps what it matched of purged jobs', async () => {
  using app = setUp();
  const made = app.create({ criteria: { skills: ['React'] } });
  const [old] = app.store([aPosting(1)]);
  await app.clock.advance(86_400_000);
  expect(app.retention.purgeExpired()).toBe(1);
  const [react, shop] = app.store([aPosting(3), vue(4)]);
  const matched = () => [old, react, shop].map((id) => app.searches.ofJob(id ?? '').length);
  expect(matched()).toEqual([1, 1, 0]);
  app.searches.update({ savedSearchId: made.id, criteria: { skills: ['Vue'] } });
  expect(matched()).toEqual([1, 0, 1]);
  expect([app.listed(made.id), app.searches.unseenCount(made.id)]).toEqual([[shop], 1]);
});

it('asks for nothing with a disabled search until it is enabled again', () => {
  using app = setUp();
  const made = app.create({ criteria: { skills: ['Vue'] } });
  app.searches.update({ savedSearchId: made.id, enabled: false });
  const [shop] = app.store([vue(1)], { skills: ['React'] });
  expect([app.listed(made.id), app.searches.ofJob(shop ?? '')]).toEqual([[], []]);
  app.searches.update({ savedSearchId: made.id, enabled: true });
  expect(app.listed(made.id)).toEqual([shop]);
});

it('counts as unseen what the list of a search shows and nobody has decided about', () => {
  using app = setUp();
  const made = app.create({ criteria: { skills: ['Vue'] } });
  const [first, second] = app.store([vue(1), vue(2), aPosting(3)]);
  expect([app.listed(made.id), app.searches.unseenCount(made.id)]).toEqual([[second, first], 2]);
  app.jobs.triage([first ?? ''], 'SEEN');
  expect([app.listed(made.id).length, app.searches.unseenCount(made.id)]).toEqual([2, 1]);
});

it('forgets a deleted search and keeps the jobs it found', () => {
  using app = setUp();
  const made = app.create({ criteria: { skills: ['Vue'] } });
  const kept = app.create({ name: 'Shops', query: 'shop' });
  const [shop] = app.store([vue(1)], { skills: ['React'] });
  app.searches.remove(made.id);
  expect(app.searches.all()).toEqual([kept]);
  expect(app.searches.ofJob(shop ?? '')).toEqual([kept]);
  expect(app.jobs.list({}).edges.map(({ node }) => node.id)).toEqual([shop]);
  expect(app.db.sql.prepare('SELECT search_id FROM search_matches').pluck().all()).toEqual([kept.id]);
});

it('keeps searches and forgets their matches when everything read from Upwork is deleted', () => {
  using app = setUp();
  const made = app.create({ criteria: { skills: ['Vue'] } });
  app.store([vue(1)]);
  app.jobs.purgeAll();
  expect(app.searches.all()).toEqual([made]);
  expect(app.db.sql.prepare('SELECT count(*) FROM search_matches').pluck().get()).toBe(0);
});
