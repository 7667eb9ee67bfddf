import { describe, expect, it } from 'vitest';
import type { Diagnosis, SearchPreview } from '../../../src/client/operations/filter-answers.ts';
import { startScriptedServer } from '../client/scripted-server.ts';
import { job } from './answers.ts';
import { createTestShell } from './test-shell.ts';

const nextAction = { kind: 'NONE', message: 'Nothing to do.', command: null, url: null };
const step = (name: string, input: number, output: number, dropped = 0) => ({
  name,
  description: `About ${name}.`,
  input,
  output,
  reasons: dropped > 0 ? [{ criterion: name, dropped }] : [],
});
const suggestions = [{ message: 'Without `skills`, 3 more would match.', estimatedGain: 3, patch: { skills: null } }];

describe('Prospector preview', () => {
  const preview: SearchPreview = {
    since: '2026-05-23T12:00:00.000Z',
    matches: 1,
    matchesPerDay: 1.5,
    peakPerHour: 1,
    sample: [job()],
    onlyBefore: [job({ id: 'job_2', title: 'Lost \u001b[31mjob' })],
    onlyBeforeCount: 1,
    onlyNow: [],
    onlyNowCount: 0,
    funnel: [step('stored', 5, 4), step('skills', 4, 1, 3), step('matched', 4, 1)],
    suggestions,
  };

  it('tells what a filter would have found, and sends only what was named', async () => {
    await using server = await startScriptedServer({ answer: () => ({ data: { previewSearch: preview } }) });
    using shell = createTestShell({ url: server.url });
    const words = 'preview --skill React --hourly-rate 50- --max-age 12h --since 36h --query graphql --search search_1';
    const table = (
      id: string,
      title: string,
    ) => `ID     POSTED                TYPE         BUDGET   LEVEL   CLIENT            TRIAGE  TITLE
${id}  2026-05-24T11:00:00Z  Fixed price  $500.00  Expert  US ★4.9 verified  New     ${title}
`;
    expect(await shell.prospector(words.split(' '))).toEqual({
      exitCode: 0,
      out: `Examined: 4 jobs posted since 2026-05-23T12:00:00Z
Matches: 1, 1.5 a day, at most 1 an hour
Beside the saved search: 0 gained, 1 lost
  skills: 4 → 1 (dropped: skills 3)
  matched: 4 → 1
Suggestion: Without \`skills\`, 3 more would match.

Lost:
${table('job_2', 'Lost [31mjob')}
${table('job_1', 'GraphQL server in TypeScript')}`,
      err: '',
    });
    expect(JSON.parse((await shell.prospector(['preview', '--json'])).out)).toEqual(preview);
    expect(server.arrived.map(({ body }) => body.variables)).toEqual([
      {
        since: '-PT36H',
        query: 'graphql',
        criteria: { skills: ['React'], hourlyRate: { min: '50' }, maximumAge: '12h' },
        savedSearchId: 'search_1',
      },
      { since: '-P7D' },
    ]);
  });
});

describe('Prospector why', () => {
  const diagnosis: Diagnosis = {
    verdict: 'ALL_FILTERED',
    summary: 'This job does not pass your preferences.',
    funnel: [step('skills', 1, 0, 1), step('jobTypes', 1, 1)],
    suggestions,
    nextAction,
  };

  it('says of each criterion whether a job passes it, under whichever id the job is named', async () => {
    const answers: Record<string, object> = {
      Job: { job: { ...job(), id: 'job_7' } },
      JobByExternalId: { jobByExternalId: { ...job(), id: 'job_8' } },
      WhyNot: { whyNot: diagnosis },
    };
    await using server = await startScriptedServer({ answer: ({ name }) => ({ data: answers[name] }) });
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['why', '~021890000000000000001', '--search', 'search_1'])).toEqual({
      exitCode: 0,
      out: `This job does not pass your preferences.
  NO   skills: About skills.
  yes  jobTypes: About jobTypes.
Suggestion: Without \`skills\`, 3 more would match.
`,
      err: '',
    });
    expect(JSON.parse((await shell.prospector(['why', 'job_7', '--json'])).out)).toEqual(diagnosis);
    const asked = server.arrived.filter(({ name }) => name === 'WhyNot');
    expect(asked.map(({ body }) => body.variables)).toEqual([
      { jobId: 'job_8', savedSearchId: 'search_1' },
      { jobId: 'job_7' },
    ]);
  });

  it('ends with 1 where no such job is stored', async () => {
    await using server = await startScriptedServer({ answer: () => ({ data: { job: null } }) });
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['why', 'job_7'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'No job is stored as job_7.\n',
    });
  });
});
