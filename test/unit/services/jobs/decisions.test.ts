import { expect, it } from 'vitest';
import { DomainError } from '../../../../src/services/failures/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

type Update = Parameters<ReturnType<typeof setUp>['jobs']['update']>[0];

function failuresOf(deed: () => unknown) {
  try {
    deed();
  } catch (error) {
    if (error instanceof DomainError)
      return error.failures.map(({ code, path, message }) => `${code} ${path?.join('.')}: ${message}`);
    throw error;
  }
  return [];
}

it('changes what is given, clears what is null, and leaves alone what is absent', async () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  const jobId = job?.id ?? '';
  await app.clock.advance(1_000);
  const updatedAt = app.clock.now();
  expect(
    app.jobs.update({ jobId, triage: 'SHORTLISTED', notes: ' Call\0 them \ud800', tags: [' a ', 'b', 'a'] }),
  ).toEqual({
    ...job,
    updatedAt,
    triage: 'SHORTLISTED',
    notes: 'Call them \ufffd',
    tags: ['a', 'b'],
  });
  expect(app.jobs.update({ jobId, notes: 'Other' })).toMatchObject({
    triage: 'SHORTLISTED',
    notes: 'Other',
    tags: ['a', 'b'],
  });
  expect(app.jobs.update({ jobId, tags: ['c'] })).toMatchObject({ notes: 'Other', tags: ['c'] });
  expect(app.jobs.update({ jobId, triage: null, notes: null, tags: null })).toEqual({ ...job, updatedAt });
});

it.each<[Partial<Update>, string[]]>([
  [
    { notes: 'x'.repeat(10_001) },
    ['VALIDATION input.notes: The notes have 10001 characters, at most 10000 are kept. Shorten them.'],
  ],
  [
    { tags: Array(51).fill('a') },
    ['VALIDATION input.tags: `tags` has 51 entries, at most 50 are allowed. Send fewer.'],
  ],
  [
    { tags: ['ok', ' ', 'x'.repeat(51)], triage: 'LATER' as 'NEW' },
    [
      'VALIDATION input.triage: There is no triage LATER. It is one of NEW, SEEN, SHORTLISTED, DISMISSED, APPLIED.',
      'VALIDATION input.tags.1: A tag is empty. Leave it out.',
      'VALIDATION input.tags.2: A tag has 51 characters. At most 50 are allowed.',
    ],
  ],
  [
    { jobId: 'job_unknown' },
    [
      'NOT_FOUND input.jobId: There is no job with this id. Use the `id` of a job that `jobs` or `jobByExternalId` gave.',
    ],
  ],
])('refuses %j, changes nothing and says everything that is wrong', (input, expected) => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  expect(failuresOf(() => app.jobs.update({ jobId: job?.id ?? '', ...input }))).toEqual(expected);
  expect(app.jobs.bySeq(1)).toEqual(job);
});

it('accepts notes and tags as long as they may be', () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  const tags = Array.from({ length: 50 }, (_, number) => String(number).padStart(50, 'x'));
  const notes = 'n'.repeat(10_000);
  expect(app.jobs.update({ jobId: job?.id ?? '', notes, tags })).toMatchObject({ notes, tags });
});

it('decides about several jobs at once and names those it does not know', () => {
  using app = setUp();
  const [first, second] = app.add([aPosting(1), aPosting(2)]);
  const ids = [second?.id ?? '', 'job_unknown', first?.id ?? '', second?.id ?? ''];
  expect(app.jobs.triage(ids, 'DISMISSED')).toEqual({
    jobs: [
      { ...second, triage: 'DISMISSED' },
      { ...first, triage: 'DISMISSED' },
    ],
    missing: ['job_unknown'],
  });
  expect(failuresOf(() => app.jobs.triage(Array(501).fill('job_x'), 'SEEN'))).toEqual([
    'VALIDATION input.jobIds: `jobIds` has 501 entries, at most 500 are allowed. Send fewer.',
  ]);
});
