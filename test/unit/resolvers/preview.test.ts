import { expect, it } from 'vitest';
import type { PreviewInput } from '../../../src/services/preview/model.ts';
import type { ScanDiagnosis } from '../../../src/services/scanner/model.ts';
import { job } from './answers.ts';
import { ask, now } from './ask.ts';

const reason = { criterion: 'skills', dropped: 1, samples: ['job_2', 'job_gone'] } as const;
const funnel = [{ name: 'skills', description: 'Jobs that also pass', input: 2, output: 1, reasons: [reason] }];
const suggestions = [{ message: 'Without `skills`, 1 more.', estimatedGain: 1, patch: { skills: null } }];
const jobs = { byId: (id: string) => (id === 'job_gone' ? undefined : job({ id })) };

it('previews a filter as it was asked for, and shows jobs for ids', async () => {
  const asked: PreviewInput[] = [];
  const services = {
    jobs,
    preview: {
      preview: (input: PreviewInput) => {
        asked.push(input);
        return {
          since: now,
          matches: 1,
          matchesPerDay: 0.5,
          peakPerHour: 1,
          sample: ['job_1'],
          onlyBefore: ['job_2', 'job_gone'],
          onlyBeforeCount: 2,
          onlyNow: ['job_3', 'job_4'],
          onlyNowCount: 2,
          funnel,
          suggestions,
        };
      },
    },
  };
  const document = `query ($criteria: JobCriteriaInput) {
    previewSearch(query: "react", criteria: $criteria, savedSearchId: "search_1", since: "-P1D") {
      since matches matchesPerDay peakPerHour sample { id } onlyBeforeCount onlyBefore { id } onlyNowCount onlyNow(first: 1) { id }
      funnel { name description input output reasons { criterion dropped samples { id } } } suggestions { message estimatedGain patch }
    } }`;
  const criteria = { skills: ['React'], maximumAge: '2h', keywords: null, hourlyRate: { min: '40' } };
  expect(await ask(document, { services, scopes: ['READ'], variables: { criteria } })).toEqual({
    data: {
      previewSearch: {
        since: '2026-10-01T12:00:00.000Z',
        matches: 1,
        matchesPerDay: 0.5,
        peakPerHour: 1,
        sample: [{ id: 'job_1' }],
        onlyBefore: [{ id: 'job_2' }],
        onlyBeforeCount: 2,
        onlyNow: [{ id: 'job_3' }],
        onlyNowCount: 2,
        funnel: [{ ...funnel[0], reasons: [{ ...reason, samples: [{ id: 'job_2' }] }] }],
        suggestions,
      },
    },
  });
  await ask('{ previewSearch { matches } }', { services });
  expect(asked).toEqual([
    {
      query: 'react',
      savedSearchId: 'search_1',
      criteria: { skills: ['React'], maximumAgeMs: 7_200_000, hourlyRate: { min: '40', currency: 'USD' } },
      since: new Date('2026-09-30T12:00:00.000Z'),
    },
    { since: new Date('2026-09-24T12:00:00.000Z') },
  ]);
});

it('says why a job did not match, and of what it was asked', async () => {
  const asked: unknown[] = [];
  const diagnosis: ScanDiagnosis = {
    verdict: 'ALL_FILTERED',
    summary: 'This job does not pass.',
    funnel,
    suggestions,
    nextAction: { kind: 'NONE', message: 'Nothing to do.' },
  };
  const services = {
    jobs,
    preview: {
      whyNot: (...words: unknown[]) => {
        asked.push(words);
        return diagnosis;
      },
    },
  };
  const whyNot = 'verdict summary funnel { name } suggestions { patch } nextAction { kind }';
  expect(await ask(`{ whyNot(jobId: "job_2") { ${whyNot} } }`, { services, scopes: ['READ'] })).toEqual({
    data: {
      whyNot: {
        verdict: 'ALL_FILTERED',
        summary: 'This job does not pass.',
        funnel: [{ name: 'skills' }],
        suggestions: [{ patch: { skills: null } }],
        nextAction: { kind: 'NONE' },
      },
    },
  });
  await ask('{ whyNot(jobId: "job_2", savedSearchId: "search_1") { verdict } }', { services });
  expect(asked).toEqual([
    ['job_2', undefined],
    ['job_2', 'search_1'],
  ]);
});
