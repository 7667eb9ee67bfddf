import { expect, it } from 'vitest';
import { type App, startApp } from '../../support/app.ts';

const yaml = "platforms:\n  upwork:\n    scan_interval: '1h'\n    requests_per_day: 40000\n    keywords: ['zebra']\n";
const start = () => startApp({ connected: true, yaml });

/** Saves a search and answers with its id. */
async function save(app: App, input: object): Promise<string> {
  const { createSavedSearch } = await app.data(
    'mutation ($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) { savedSearch { id } errors { message path } } }',
    { input },
  );
  expect(createSavedSearch.errors).toEqual([]);
  return createSavedSearch.savedSearch.id;
}

/** Everything announced so far: the title, and the names of the searches that matched. */
async function announced(app: App): Promise<[string, ...string[]][]> {
  const { events } = await app.data(
    '{ events(types: [JOB_POSTED]) { nodes { ... on JobPostedEvent { job { title } matchedSearches { name } } } } }',
  );
  return events.nodes.map((event: { job: { title: string }; matchedSearches: { name: string }[] }) => [
    event.job.title,
    ...event.matchedSearches.map(({ name }) => name),
  ]);
}

const post = (app: App, title: string) => app.sandbox.control.post({ title, description: 'To be done.', skills: [] });

it('finds what only a saved search asks for, pushes it with its name, and names every search that matched', async () => {
  await using app = await start();
  const okapi = await save(app, { name: 'Okapis', criteria: { keywords: ['okapi'] }, scan: true });
  await save(app, { name: 'Striped', query: '"striped okapi" -horse' });
  await save(app, { name: 'Recent', criteria: { keywords: ['okapi'], maximumAge: 'P1D' }, scan: true });
  await app.scan();
  const { system } = await app.data('{ system { latestEventCursor } }');
  const feed = app.follow(
    'subscription ($after: String, $id: ID!) { jobPosted(after: $after, savedSearchId: $id) { job { title } matchedSearches { name } } }',
    { after: system.latestEventCursor, id: okapi },
  );
  post(app, 'A zebra');
  post(app, 'A striped okapi');
  expect((await app.scan()).counts).toMatchObject({ new: 2, notified: 2 });
  const names = ['Okapis', 'Striped', 'Recent'];
  expect((await feed.next()).data.jobPosted).toEqual({
    job: { title: 'A striped okapi' },
    matchedSearches: names.map((name) => ({ name })),
  });
  await feed.end();
  expect((await announced(app)).sort()).toEqual([['A striped okapi', ...names], ['A zebra']]);

  const { jobs, savedSearch } = await app.data(
    `query ($id: ID!) {
      jobs(filter: { savedSearchId: $id }) { totalCount nodes { title matchedSearches { name } } }
      savedSearch(id: $id) { unseenCount lastScanAt jobs { nodes { title } } }
    }`,
    { id: okapi },
  );
  expect(jobs).toEqual({
    totalCount: 1,
    nodes: [{ title: 'A striped okapi', matchedSearches: names.map((name) => ({ name })) }],
  });
  expect(savedSearch).toEqual({
    unseenCount: 1,
    lastScanAt: expect.any(String),
    jobs: { nodes: [{ title: 'A striped okapi' }] },
  });
});

it('keeps what a snoozed search finds, over a restart too, and says nothing', async () => {
  await using app = await start();
  const id = await save(app, { name: 'Okapis', criteria: { keywords: ['okapi'] }, scan: true });
  await app.scan();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const { updateSavedSearch } = await app.data(
    'mutation ($input: UpdateSavedSearchInput!) { updateSavedSearch(input: $input) { savedSearch { snoozedUntil version } errors { message } } }',
    { input: { savedSearchId: id, snoozedUntil: until, expectedVersion: 1 } },
  );
  expect(updateSavedSearch).toEqual({ savedSearch: { snoozedUntil: until, version: 2 }, errors: [] });
  await app.restart();
  post(app, 'An okapi');
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 0 });
  const { node } = await app.data('query ($id: ID!) { node(id: $id) { ... on SavedSearch { name unseenCount } } }', {
    id,
  });
  expect([node, await announced(app)]).toEqual([{ name: 'Okapis', unseenCount: 1 }, []]);
});

it('finds what was there before a search was saved without a word, and nothing for a deleted one', async () => {
  await using app = await startApp({ yaml });
  for (const hoursAgo of [3, 2]) {
    const publishedAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    app.sandbox.control.post({
      title: 'An old okapi',
      description: 'x',
      skills: [],
      createdAt: publishedAt,
      publishedAt,
    });
  }
  await app.connect();
  const id = await save(app, { name: 'Okapis', criteria: { keywords: ['okapi'] }, scan: true });
  expect((await app.scan()).counts).toMatchObject({ new: 2, notified: 0 });
  const { deleteSavedSearch } = await app.data(
    'mutation ($id: ID!) { deleteSavedSearch(input: { savedSearchId: $id }) { deletedSavedSearchId errors { message } } }',
    { id },
  );
  expect(deleteSavedSearch).toEqual({ deletedSavedSearchId: id, errors: [] });
  post(app, 'A new okapi');
  expect((await app.scan()).counts).toMatchObject({ new: 0, filteredOut: 0 });
  const { savedSearches, jobs } = await app.data(
    '{ savedSearches { totalCount } jobs { nodes { title matchedSearches { id } } } }',
  );
  expect(savedSearches.totalCount).toBe(0);
  expect(jobs.nodes).toEqual([
    { title: 'An old okapi', matchedSearches: [] },
    { title: 'An old okapi', matchedSearches: [] },
  ]);
  expect(await announced(app)).toEqual([]);
});

it('refuses a category that Upwork does not have, and a search that is not there', async () => {
  await using app = await start();
  await app.data('{ categories { label } }');
  const { createSavedSearch } = await app.data(
    'mutation { createSavedSearch(input: { name: "Odd", criteria: { categories: ["Web Developmnt"] } }) { savedSearch { id } errors { __typename code path message } } }',
  );
  expect(createSavedSearch).toEqual({
    savedSearch: null,
    errors: [
      {
        __typename: 'ValidationError',
        code: 'VALIDATION',
        path: ['input', 'criteria', 'categories', '0'],
        message: expect.stringContaining('"Web Development"'),
      },
    ],
  });
  const { errors } = await app.ask('{ jobs(filter: { savedSearchId: "search_0" }) { totalCount } }');
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
