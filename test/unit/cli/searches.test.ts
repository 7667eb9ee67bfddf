import { describe, expect, it } from 'vitest';
import type { JobCriteria } from '../../../src/client/operations/answers.ts';
import type { SavedSearchWithJobs } from '../../../src/client/operations/search-answers.ts';
import { startScriptedServer } from '../client/scripted-server.ts';
import { job } from './answers.ts';
import { createTestShell } from './test-shell.ts';

const criteria: JobCriteria = {
  keywords: ['graphql'],
  excludedKeywords: [],
  skills: [],
  categories: [],
  jobTypes: [],
  experienceLevels: [],
  workloads: [],
  durations: [],
  hourlyRate: { min: { amount: '40', currency: 'USD', formatted: '$40.00' }, max: null },
  fixedBudget: null,
  clientCountries: ['DE', 'FR'],
  excludedClientCountries: [],
  clientHistory: [],
  clientPaymentVerified: null,
  clientMinimumRating: null,
  clientSpend: null,
  maximumProposals: null,
  maximumAge: null,
  minimumMatchScore: null,
  requireKnown: [],
};

function search(more: Partial<SavedSearchWithJobs> = {}): SavedSearchWithJobs {
  return {
    id: 'search_1',
    name: 'GraphQL,\u001b[31m Europe',
    query: '"apollo server"',
    criteria,
    scan: true,
    enabled: true,
    snoozedUntil: null,
    lastScanAt: '2026-05-24T11:30:00.000Z',
    notify: true,
    unseenCount: 2,
    createdAt: '2026-05-23T12:00:00.000Z',
    updatedAt: '2026-05-23T12:00:00.000Z',
    version: 1,
    jobs: { nodes: [job()], totalCount: 7 },
    ...more,
  };
}

const shown = `Name: GraphQL,[31m Europe
Id: search_1
State: on
Asked of Upwork: at every scan, last 2026-05-24T11:30:00Z
Unseen: 2
Text: "apollo server"
Keywords: graphql
Hourly rate: from $40.00
Client countries: DE, FR
`;

/** A server that knows one saved search; `inputs` is what it was told to change. */
async function startServer(more: object = {}) {
  const inputs: unknown[] = [];
  const server = await startScriptedServer({
    answer: ({ name, body }) => {
      const payload = { savedSearch: search(), warnings: [{ code: 'X', message: 'Twice.' }], errors: [], ...more };
      if (body.variables?.['input']) inputs.push(body.variables['input']);
      const answers: Record<string, object> = {
        SavedSearches: {
          savedSearches: {
            nodes: [
              search(),
              search({ id: 'search_2', name: 'Night', scan: false, lastScanAt: null, notify: false }),
              search({ id: 'search_3', name: 'Later', snoozedUntil: '2026-05-24T20:00:00.000Z' }),
              search({ id: 'search_4', name: 'Awake', snoozedUntil: '2026-05-24T11:00:00.000Z' }),
              search({ id: 'search_5', name: 'Off', enabled: false, snoozedUntil: '2026-05-24T20:00:00.000Z' }),
            ],
            totalCount: 6,
            pageInfo: { hasNextPage: true, endCursor: 's5' },
          },
        },
        SavedSearch: { savedSearch: body.variables?.['id'] === 'search_1' ? search() : null },
        CreateSavedSearch: { createSavedSearch: payload },
        UpdateSavedSearch: { updateSavedSearch: payload },
        DeleteSavedSearch: { deleteSavedSearch: { deletedSavedSearchId: 'search_1', errors: [], ...more } },
      };
      return { data: answers[name] };
    },
  });
  return Object.assign(server, { inputs });
}

describe('Prospector searches', () => {
  it('lists saved searches with their state and what of them is unseen', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['searches'])).toEqual({
      exitCode: 0,
      out: `ID        STATE                               SCAN  LAST SCAN             UNSEEN  NAME
search_1  on                                  yes   2026-05-24T11:30:00Z  2       GraphQL,[31m Europe
search_2  on, quiet                           no    –                     2       Night
search_3  snoozed until 2026-05-24T20:00:00Z  yes   2026-05-24T11:30:00Z  2       Later
search_4  on                                  yes   2026-05-24T11:30:00Z  2       Awake
search_5  off                                 yes   2026-05-24T11:30:00Z  2       Off
`,
      err: '5 of 6\nMore: --after s5\n',
    });
    const listed = await shell.prospector(['searches', 'list', '--limit', '5', '--after', 's0', '--json']);
    expect([JSON.parse(listed.out).totalCount, listed.err]).toEqual([6, '']);
    expect(server.arrived.map(({ body }) => body.variables)).toEqual([{ first: 100 }, { first: 5, after: 's0' }]);
  });

  it('shows one with the jobs that match it, and says when there is none', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    const { exitCode, out, err } = await shell.prospector(['searches', 'show', 'search_1', '--limit', '1']);
    expect([exitCode, err]).toEqual([0, '1 of 7 jobs\n']);
    expect(out.startsWith(`${shown}\nID     POSTED `)).toBe(true);
    expect(out).toContain('GraphQL server in TypeScript');
    expect(server.arrived[0]?.body.variables).toEqual({ id: 'search_1', first: 1 });
    expect(JSON.parse((await shell.prospector(['searches', 'show', 'search_1', '--json'])).out)).toEqual(search());
    expect(await shell.prospector(['searches', 'show', 'search_9'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'There is no saved search search_9.\n',
    });
  });

  it('creates one from what is named, and passes warnings on', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    const words = ['--keyword', 'graphql', '--keyword', 'apollo, rest', '--country', 'de,FR', '--scan'];
    expect(await shell.prospector(['searches', 'create', 'GraphQL, Europe', ...words])).toEqual({
      exitCode: 0,
      out: shown,
      err: 'Warning: Twice.\n',
    });
    const all =
      '--query x --no-notify --type fixed --level expert --skill Go --category Web --exclude-keyword wix --exclude-country us --hourly-rate 40-80.5eur --budget 500- --verified-payment --max-proposals 0 --max-age 12h --min-score 60';
    await shell.prospector(['searches', 'create', 'All', ...all.split(' ')]);
    await shell.prospector(['searches', 'create', 'Bare', '--budget', '-900']);
    expect(server.inputs).toEqual([
      {
        name: 'GraphQL, Europe',
        criteria: { keywords: ['graphql', 'apollo, rest'], clientCountries: ['DE', 'FR'] },
        scan: true,
      },
      {
        name: 'All',
        query: 'x',
        notify: false,
        criteria: {
          jobTypes: ['FIXED_PRICE'],
          experienceLevels: ['EXPERT'],
          skills: ['Go'],
          categories: ['Web'],
          excludedKeywords: ['wix'],
          excludedClientCountries: ['US'],
          hourlyRate: { min: '40', max: '80.5', currency: 'EUR' },
          fixedBudget: { min: '500' },
          clientPaymentVerified: true,
          maximumProposals: 0,
          maximumAge: '12h',
          minimumMatchScore: 60,
        },
      },
      { name: 'Bare', criteria: { fixedBudget: { max: '900' } } },
    ]);
  });

  it('changes what is named and nothing else, and snoozes', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    const run = async (line: string) => (await shell.prospector(`searches ${line}`.split(' '))).exitCode;
    expect([
      await run('update search_1 --no-query --no-scan --clear countries,min-score --skill Go'),
      await run('update search_1 --name New --query x --notify --enable'),
      await run('update search_1 --disable --no-notify --scan'),
      await run('snooze search_1 1d8h'),
      await run('snooze search_1 2026-06-01T00:00:00Z'),
      await run('snooze search_1 off'),
    ]).toEqual([0, 0, 0, 0, 0, 0]);
    const savedSearchId = 'search_1';
    expect(server.inputs).toEqual([
      {
        savedSearchId,
        query: null,
        scan: false,
        criteria: { skills: ['Go'], clientCountries: null, minimumMatchScore: null },
      },
      { savedSearchId, name: 'New', query: 'x', notify: true, enabled: true },
      { savedSearchId, scan: true, notify: false, enabled: false },
      { savedSearchId, snoozedUntil: '2026-05-25T20:00:00.000Z' },
      { savedSearchId, snoozedUntil: '2026-06-01T00:00:00Z' },
      { savedSearchId, snoozedUntil: null },
    ]);
  });

  it('deletes one only when that is confirmed', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url, isTTY: true, input: ['no', 'yes'] });
    const words = ['searches', 'delete', 'search_1'];
    expect(await shell.prospector(words)).toEqual({ exitCode: 1, out: '', err: 'Nothing was deleted.\n' });
    expect(server.inputs).toEqual([]);
    expect((await shell.prospector(words)).out).toBe('Deleted: search_1\n');
    expect(shell.questions).toEqual([
      'Delete the saved search "GraphQL,[31m Europe"?',
      'Delete the saved search "GraphQL,[31m Europe"?',
    ]);
    using script = createTestShell({ url: server.url });
    expect((await script.prospector(words)).exitCode).toBe(2);
    expect((await script.prospector([...words, '--yes'])).exitCode).toBe(0);
    expect((await script.prospector(['searches', 'delete', 'search_9', '--yes'])).exitCode).toBe(1);
    expect(server.inputs).toEqual([{ savedSearchId: 'search_1' }, { savedSearchId: 'search_1' }]);
  });

  it('says what the server has against it', async () => {
    const errors = [{ code: 'VALIDATION', message: 'Too long.', path: ['input', 'name'] }];
    await using server = await startServer({ savedSearch: null, deletedSavedSearchId: null, errors });
    using shell = createTestShell({ url: server.url });
    for (const line of ['create x', 'update search_1 --scan', 'snooze search_1 1h', 'delete search_1 --yes'])
      expect(await shell.prospector(`searches ${line}`.split(' '))).toEqual({
        exitCode: 1,
        out: '',
        err: 'name: Too long.\n',
      });
  });

  it.each([
    'create',
    'update search_1',
    'snooze search_1',
    'snooze search_1 soon',
    'create x --hourly-rate 40',
    'create x --budget -',
    'update search_1 --clear everything',
    'show search_1 --limit 101',
  ])('is told of wrong usage: %s', async (line) => {
    using shell = createTestShell({ url: 'http://127.0.0.1:1' });
    const { exitCode, out, err } = await shell.prospector(`searches ${line}`.split(' '));
    expect([exitCode, out, err === '']).toEqual([2, '', false]);
  });
});
