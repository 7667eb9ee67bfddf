import { expect, it } from 'vitest';
import { aPosting } from '../../../support/posting.ts';
import { aSearch, setUpPreview } from './set-up.ts';

const nextAction = { kind: 'NONE', message: 'Nothing to do.' };

it('explains a job criterion by criterion: what was asked for, what it has, and the smallest changes that let it pass', () => {
  using app = setUpPreview({
    skills: ['React'],
    excludedKeywords: ['Vue', 'dashboard'],
    hourlyRate: { min: '75.5', currency: 'USD' },
    clientCountries: ['US', 'DE'],
    clientMinimumRating: '4',
    maximumProposals: 20,
  });
  const [job] = app.add([
    aPosting(1),
    aPosting(2, { title: 'Site', description: 'Vue', hourlyRate: { max: { amount: '60', currency: 'USD' } } }),
  ]);
  const id = job?.id ?? '';
  const passes = (name: string, description: string) => ({ name, description, input: 1, output: 1, reasons: [] });
  const fails = (criterion: string, description: string) => ({
    name: criterion,
    description,
    input: 1,
    output: 0,
    reasons: [{ criterion, dropped: 1, samples: [id] }],
  });
  const hourlyRate = { min: '60', currency: 'USD' };
  expect(app.whyNot(id)).toEqual({
    verdict: 'ALL_FILTERED',
    summary:
      'This job does not pass your preferences: `excludedKeywords`, `hourlyRate`, `clientCountries` are in the way.',
    funnel: [
      fails('excludedKeywords', 'Asked for: none of Vue, dashboard. The job names one.'),
      passes('skills', 'Asked for: React. The job: React, TypeScript.'),
      fails('hourlyRate', 'Asked for: at least 75.5 USD. The job: 30 to 60 USD.'),
      fails('clientCountries', 'Asked for: US, DE. The job: CA.'),
      passes('clientMinimumRating', 'Asked for: at least 4. The job: 4.85.'),
      passes('maximumProposals', 'Asked for: at most 20. The job: 12.'),
    ],
    suggestions: [
      {
        message: 'With all of these changes this job passes.',
        estimatedGain: 1,
        patch: { excludedKeywords: ['Vue'], hourlyRate, clientCountries: ['US', 'DE', 'CA'] },
      },
      {
        message: 'With `excludedKeywords` none of Vue one reason less keeps this job out.',
        estimatedGain: 0,
        patch: { excludedKeywords: ['Vue'] },
      },
      {
        message: 'With `hourlyRate` at least 60 USD one reason less keeps this job out.',
        estimatedGain: 0,
        patch: { hourlyRate },
      },
      {
        message: 'With `clientCountries` US, DE, CA one reason less keeps this job out.',
        estimatedGain: 0,
        patch: { clientCountries: ['US', 'DE', 'CA'] },
      },
    ],
    nextAction,
  });
});

it('says that a job passes, why what is not known or cannot be compared does, and suggests nothing', () => {
  using app = setUpPreview({
    hourlyRate: { min: '10' },
    fixedBudget: { max: '5' },
    clientSpend: { min: '1', max: '5000' },
    clientMinimumRating: '4.5',
    maximumAgeMs: 7_200_000,
  });
  const { client, ...posting } = aPosting(1);
  const { rating: _unsaid, ...unrated } = client;
  const [job] = app.add([
    {
      ...posting,
      client: { ...unrated, totalSpent: { amount: '0', currency: 'EUR' } },
    },
  ]);
  expect(app.whyNot(job?.id ?? '')).toEqual({
    verdict: 'HEALTHY',
    summary: 'This job passes your preferences.',
    funnel: [
      ['hourlyRate', 'Asked for: at least 10 USD. The job: 30 to 60 USD.'],
      ['fixedBudget', 'Asked for: at most 5 USD. The job pays by the hour, which passes.'],
      ['clientMinimumRating', 'Asked for: at least 4.5. Upwork does not say, which passes.'],
      ['clientSpend', 'Asked for: 1 to 5000 USD. The job: 0 EUR, in another currency, which passes.'],
      ['maximumAge', 'Asked for: at most PT2H. The job: less than PT1H.'],
    ].map(([name, description]) => ({ name, description, input: 1, output: 1, reasons: [] })),
    suggestions: [],
    nextAction,
  });
});

it('says of a single reason that without it the job passes', () => {
  using app = setUpPreview({ jobTypes: ['FIXED_PRICE'], keywords: ['dashboard'] });
  const [job] = app.add([aPosting(1)]);
  expect(app.whyNot(job?.id ?? '').suggestions).toEqual([
    {
      message: 'With `jobTypes` FIXED_PRICE, HOURLY this job passes.',
      estimatedGain: 1,
      patch: { jobTypes: ['FIXED_PRICE', 'HOURLY'] },
    },
  ]);
});

it('suggests to let pass what Upwork does not say, and the score that the job reaches', () => {
  const criteria = { skills: ['React'], fixedBudget: { min: '10' }, requireKnown: ['fixedBudget'] };
  using app = setUpPreview({ ...criteria, minimumMatchScore: 99 });
  const { type: _unsaid, hourlyRate: _unsaidToo, ...posting } = aPosting(1);
  const [job] = app.add([posting], criteria);
  const score = job?.score?.value ?? 0;
  expect(app.whyNot(job?.id ?? '').suggestions.map(({ patch }) => patch)).toEqual([
    { requireKnown: null, minimumMatchScore: score },
    { requireKnown: null },
    { minimumMatchScore: score },
  ]);
});

it('holds a job against a saved search, its text included', () => {
  using app = setUpPreview({ skills: ['Rust'] }, [aSearch({ query: 'figma', criteria: { skills: ['React'] } })]);
  const [job] = app.add([aPosting(1)]);
  expect(app.whyNot(job?.id ?? '', 'search_1')).toEqual({
    verdict: 'ALL_FILTERED',
    summary: 'This job does not pass the search "Mine": its text is in the way.',
    funnel: [
      { name: 'text', description: 'Text: figma. The job does not hold it.', input: 1, output: 0, reasons: [] },
      {
        name: 'skills',
        description: 'Asked for: React. The job: React, TypeScript.',
        input: 1,
        output: 1,
        reasons: [],
      },
    ],
    suggestions: [],
    nextAction,
  });
});

it('has nothing to say of a job whose content has been deleted, and refuses ids nobody has', async () => {
  using app = setUpPreview({ skills: ['Rust'] });
  const [job] = app.add([aPosting(1)]);
  await app.clock.advance(24 * 3_600_000);
  app.jobs.purgeExpired();
  expect(app.whyNot(job?.id ?? '')).toMatchObject({ verdict: 'NOT_RUN', funnel: [], suggestions: [] });
  const refused = (path: string, nodeId: string) =>
    expect.objectContaining({ failures: [expect.objectContaining({ code: 'NOT_FOUND', path: [path], nodeId })] });
  expect(() => app.whyNot('job_9')).toThrow(refused('jobId', 'job_9'));
  expect(() => app.whyNot(job?.id ?? '', 'search_9')).toThrow(refused('savedSearchId', 'search_9'));
});
