import { expect, it } from 'vitest';
import { aPosting } from '../../../support/posting.ts';
import { aSearch, setUpPreview } from './set-up.ts';

const now = new Date('2026-10-01T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const weekAgo = minutesAgo(7 * 24 * 60);

it('tells how many stored jobs a filter matches, how often, and which it loses and gains against a saved search', () => {
  using app = setUpPreview({}, [aSearch({ criteria: { skills: ['Rust'] } })]);
  const jobs = app.add([
    aPosting(1, { postedAt: minutesAgo(10), skills: ['React'], proposals: 5 }),
    aPosting(2, { postedAt: minutesAgo(20), skills: ['Rust'], proposals: 5 }),
    aPosting(3, { postedAt: minutesAgo(65), skills: ['React', 'Rust'], proposals: 5 }),
    aPosting(4, { postedAt: minutesAgo(300), skills: ['React'], proposals: 90 }),
    aPosting(5, { postedAt: minutesAgo(310), skills: ['React'], title: 'Nothing', description: '', proposals: 5 }),
  ]);
  const id = (number: number) => jobs[number - 1]?.id;
  const criteria = { skills: ['React'], maximumProposals: 50 };
  expect(app.preview({ query: 'dashboard', criteria, savedSearchId: 'search_1', since: weekAgo })).toEqual({
    since: minutesAgo(24 * 60),
    matches: 2,
    matchesPerDay: 2,
    peakPerHour: 2,
    sample: [id(1), id(3)],
    onlyBefore: [id(2)],
    onlyBeforeCount: 1,
    onlyNow: [id(1)],
    onlyNowCount: 1,
    funnel: [
      step('stored', 5, 5, 'Jobs posted since then whose content is still kept'),
      step('text', 5, 4, 'Jobs that hold the text'),
      step('skills', 4, 3, 'Jobs that also pass `skills`', [{ criterion: 'skills', dropped: 1, samples: [id(2)] }]),
      step('maximumProposals', 3, 2, 'Jobs that also pass `maximumProposals`', [
        { criterion: 'maximumProposals', dropped: 1, samples: [id(4)] },
      ]),
      step(
        'matched',
        4,
        2,
        'Jobs that pass everything. Reasons: what each criterion drops taken alone, the score of what passes the rest',
        [
          { criterion: 'skills', dropped: 1, samples: [id(2)] },
          { criterion: 'maximumProposals', dropped: 1, samples: [id(4)] },
        ],
      ),
    ],
    suggestions: [
      {
        message: 'Without `skills`, 1 more of the jobs kept here would match.',
        estimatedGain: 1,
        patch: { skills: null },
      },
      {
        message: 'With `maximumProposals` up to 100, 1 more of the jobs kept here would match.',
        estimatedGain: 1,
        patch: { maximumProposals: 100 },
      },
      {
        message: 'Without `maximumProposals`, 1 more of the jobs kept here would match.',
        estimatedGain: 1,
        patch: { maximumProposals: null },
      },
    ],
  });
});

it('tries the saved search itself where neither a text nor criteria are given', () => {
  using app = setUpPreview({}, [aSearch({ query: 'dashboard', criteria: { skills: ['Rust'] } })]);
  const [match] = app.add([aPosting(1, { skills: ['Rust'] }), aPosting(2)]);
  const preview = app.preview({ savedSearchId: 'search_1', since: weekAgo });
  expect([preview.sample, preview.onlyBefore, preview.onlyNow]).toEqual([[match?.id], [], []]);
});

it('looks back as asked, but no further than content is kept, and says so', async () => {
  using app = setUpPreview();
  app.add([aPosting(1, { postedAt: minutesAgo(600) }), aPosting(2, { postedAt: minutesAgo(60) })]);
  const day = 24 * 60;
  expect(app.preview({ since: minutesAgo(120) })).toMatchObject({
    since: minutesAgo(120),
    matches: 1,
    matchesPerDay: 12,
  });
  expect(app.preview({ since: weekAgo })).toMatchObject({ since: minutesAgo(day), matches: 2, matchesPerDay: 2 });
  expect(app.preview({ since: minutesAgo(-5) })).toMatchObject({ since: minutesAgo(-5), matches: 0, matchesPerDay: 0 });
  // Posted long ago and first seen now: its content is kept, so that it is examined; a rate of it would mean nothing.
  app.add([aPosting(3, { postedAt: minutesAgo(3 * day) })]);
  expect(app.preview({ since: weekAgo })).toMatchObject({ since: minutesAgo(3 * day), matches: 3, matchesPerDay: 2 });
});

it('counts jobs whose content has been deleted as stored, and examines none of them', async () => {
  using app = setUpPreview();
  app.add([aPosting(1)]);
  await app.clock.advance(12 * 3_600_000);
  app.add([aPosting(2, { postedAt: app.clock.now() })]);
  await app.clock.advance(12 * 3_600_000);
  app.jobs.purgeExpired();
  const { since, matches, funnel } = app.preview({ criteria: { skills: ['React'] }, since: weekAgo });
  expect([since, matches, funnel[0]]).toEqual([now, 1, step('stored', 1, 1, funnel[0]?.description)]);
});

it('finds the most matches posted within any one hour', () => {
  using app = setUpPreview();
  app.add(
    [0, 59, 60, 61, 100, 119, 121, 400].map((minutes, at) => aPosting(at + 1, { postedAt: minutesAgo(minutes) })),
  );
  expect(app.preview({ since: weekAgo }).peakPerHour).toBe(4);
});

it('says when a filter lets nothing, or everything, through', () => {
  using app = setUpPreview();
  app.add(Array.from({ length: 20 }, (_, at) => aPosting(at + 1)));
  const hintsOf = (criteria: object) =>
    app.preview({ criteria, since: weekAgo }).suggestions.map(({ message }) => message);
  expect(hintsOf({})).toEqual(['Too broad (QUERY_TOO_BROAD): without a text or criteria every job matches.']);
  expect(hintsOf({ skills: ['React'] })).toEqual(['Too broad (QUERY_TOO_BROAD): 20 of the 20 jobs kept here match.']);
  expect(hintsOf({ skills: ['Rust'], keywords: ['Rust'] })).toEqual([
    'Too narrow (QUERY_TOO_NARROW): none of the 20 jobs kept here matches.',
  ]);
});

it('refuses criteria that cannot be used, with every problem, and a saved search that is not there', () => {
  using app = setUpPreview();
  const criteria = { maximumProposals: -1, hourlyRate: { min: 'x' } };
  expect(() => app.preview({ criteria, since: weekAgo })).toThrow(
    expect.objectContaining({
      failures: [
        expect.objectContaining({ code: 'VALIDATION', path: ['criteria', 'hourlyRate', 'min'] }),
        expect.objectContaining({ code: 'VALIDATION', path: ['criteria', 'maximumProposals'] }),
      ],
    }),
  );
  expect(() => app.preview({ savedSearchId: 'search_9', since: weekAgo })).toThrow(
    expect.objectContaining({ failures: [expect.objectContaining({ code: 'NOT_FOUND', nodeId: 'search_9' })] }),
  );
});

it('writes nothing, whatever is asked', () => {
  using app = setUpPreview({ skills: ['Rust'], minimumMatchScore: 90 }, [aSearch({ query: 'dashboard' })]);
  const [job] = app.add([aPosting(1), aPosting(2, { skills: ['Rust'] })]);
  const written = () => app.db.sql.prepare('SELECT total_changes() AS changes').get();
  const before = written();
  app.preview({ since: weekAgo, criteria: { skills: ['React'], minimumMatchScore: 50 }, savedSearchId: 'search_1' });
  app.whyNot(job?.id ?? '');
  app.whyNot(job?.id ?? '', 'search_1');
  expect(written()).toEqual(before);
});

function step(name: string, input: number, output: number, description?: string, reasons: readonly object[] = []) {
  return { name, description, input, output, reasons };
}
