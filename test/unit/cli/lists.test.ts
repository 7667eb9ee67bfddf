import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { job } from './answers.ts';
import { createTestShell } from './test-shell.ts';

describe('Prospector jobs', () => {
  const page = {
    nodes: [
      job(),
      job({ id: 'job_2', type: null, fixedBudget: null, experienceLevel: null, contentPurged: true, title: '' }),
    ],
    totalCount: 41,
    totalCountIsExact: true,
    pageInfo: { hasNextPage: true, endCursor: 'p2' },
  };

  it('prints a table and the way to the next page', async () => {
    await using server = await startScriptedServer({ answer: () => ({ data: { jobs: page } }) });
    using shell = createTestShell({ url: server.url });
    const words = 'jobs --query graphql --level expert --triage new,seen --since 36h --search search_1 --limit 2'.split(
      ' ',
    );
    expect(await shell.prospector(words)).toEqual({
      exitCode: 0,
      out: `ID     POSTED                TYPE         BUDGET   LEVEL   CLIENT            TRIAGE  TITLE
job_1  2026-05-24T11:00:00Z  Fixed price  $500.00  Expert  US ★4.9 verified  New     GraphQL server in TypeScript
job_2  2026-05-24T11:00:00Z  –            –        –       US ★4.9 verified  New     (content deleted)
`,
      err: '2 of 41\nMore: --after p2\n',
    });
    expect(server.arrived[0]?.body.variables).toEqual({
      first: 2,
      query: 'graphql',
      filter: {
        criteria: { experienceLevels: ['EXPERT'] },
        savedSearchId: 'search_1',
        triage: ['NEW', 'SEEN'],
        postedAt: { gte: '-PT36H' },
      },
    });
    expect(JSON.parse((await shell.prospector(['jobs', '--json'])).out)).toEqual(page);
  });

  it('finds one job under every form of its id, and says when there is none', async () => {
    await using server = await startScriptedServer({ answer: () => ({ data: { job: null, jobByExternalId: null } }) });
    using shell = createTestShell({ url: server.url });
    for (const id of [
      'job_01JD',
      '1890000000000000001',
      '~021890000000000000001',
      'https://www.upwork.com/jobs/Title_~01abcdef0123/?x=1',
    ]) {
      expect(await shell.prospector(['job', id])).toEqual({
        exitCode: 1,
        out: '',
        err: `No job is stored as ${id}.\n`,
      });
    }
    expect(server.arrived.map(({ body }) => body.variables)).toEqual([
      { id: 'job_01JD' },
      { externalId: '1890000000000000001' },
      { externalId: '~021890000000000000001' },
      { externalId: '~01abcdef0123' },
    ]);
  });
});

describe('Prospector tokens, open, preferences and disconnect', () => {
  it('print what the server gives, and send only what was named', async () => {
    const answers: Record<string, object> = {
      CreateApiToken: { createApiToken: { apiToken: null, secret: 'prs_new', errors: [] } },
      RevokeApiToken: { revokeApiToken: { apiToken: null, errors: [] } },
      ApiTokens: { apiTokens: [] },
      CreateLoginLink: {
        createLoginLink: { url: 'http://localhost:4000/login#x', expiresAt: '2026-05-24T12:05:00.000Z' },
      },
      UpdateScanPreferences: {
        updateScanPreferences: {
          scanPreferences: null,
          matchingJobs: 4,
          warnings: [{ code: 'X', message: 'Often.' }],
          errors: [],
        },
      },
      DisconnectPlatform: { disconnectPlatform: { platformStatus: null, revoked: true, purgedRecords: 7, errors: [] } },
    };
    await using server = await startScriptedServer({ answer: ({ name }) => ({ data: answers[name] }) });
    using shell = createTestShell({ url: server.url, isTTY: true, input: ['no', 'yes'] });
    expect((await shell.prospector(['tokens', 'create', 'reader', '--scope', 'read,raw_read'])).out).toBe('prs_new\n');
    expect((await shell.prospector(['tokens', 'revoke', 'token_1'])).out).toBe('Revoked: token_1\n');
    expect((await shell.prospector(['tokens', 'list'])).out).toBe('No tokens.\n');
    expect((await shell.prospector(['open'])).out).toBe('http://localhost:4000/login#x\n');
    expect(shell.opened).toEqual(['http://localhost:4000/login#x']);
    const set =
      'preferences set --interval 5m --type fixed --clear skills --quiet-hours 22:00-07:00@Europe/Berlin --dry-run';
    expect((await shell.prospector(set.split(' '))).err).toBe(
      'Warning: Often.\nStored jobs that match: 4\nDry run: nothing was changed.\n',
    );
    expect((await shell.prospector(['disconnect', 'upwork', '--purge'])).out).toBe('Nothing was changed.\n');
    expect((await shell.prospector(['disconnect', 'upwork', '--purge', '--no-revoke'])).out).toBe(
      'Disconnected from Upwork. The tokens were revoked. Records deleted: 7.\n',
    );
    expect(server.arrived.map(({ name, body }) => [name, body.variables])).toEqual([
      ['CreateApiToken', { input: { name: 'reader', scopes: ['READ', 'RAW_READ'] } }],
      ['RevokeApiToken', { input: { apiTokenId: 'token_1' } }],
      ['ApiTokens', { includeRevoked: false }],
      ['CreateLoginLink', {}],
      [
        'UpdateScanPreferences',
        {
          input: {
            interval: '5m',
            quietHours: { start: '22:00', end: '07:00', timeZone: 'Europe/Berlin' },
            criteria: { jobTypes: ['FIXED_PRICE'], skills: null },
            dryRun: true,
          },
        },
      ],
      ['DisconnectPlatform', { input: { platform: 'UPWORK', revoke: false, purgeData: true } }],
    ]);
  });
});
