import { expect, it } from 'vitest';
import type { Posting } from '../../../../src/services/jobs/model.ts';
import { naughtyStrings } from '../../../support/naughty-strings.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

const big = 'lorem ipsum \ud800 '.repeat(330_000);

/** Postings as a hostile or broken platform could send them, past every check of the reader of its answers. */
const hostile: readonly Posting[] = [
  ...naughtyStrings.map((text, number) =>
    aPosting(number, {
      title: text,
      description: `${text} ${text}`,
      skills: [text, `${text}!`, '__proto__', 'constructor'],
      questions: [{ position: -1, text, required: true }],
      categoryLabel: text,
      client: { externalId: text, country: text, city: text, timeZone: text, memberSince: text },
      raw: JSON.stringify({ text }),
    }),
  ),
  ...naughtyStrings.map((externalId, number) => aPosting(1_000 + number, { externalId: `${externalId}#${number}` })),
  aPosting(2_000, {
    description: big,
    title: big,
    raw: big,
    questions: Array(1_000).fill({ position: 1, text: big, required: true }),
  }),
  aPosting(2_001, { skills: Array.from({ length: 10_000 }, (_, number) => `skill ${number % 7_000}`) }),
  aPosting(2_002, { skills: [big, '\0', '\ud800', ...Array(9_000).fill('React')] }),
  aPosting(2_003, {
    proposals: Number.NaN,
    interviewing: -1,
    hires: 1.5,
    invitesSent: Number.POSITIVE_INFINITY,
    connectsRequired: 1e300,
  }),
  aPosting(2_004, { postedAt: new Date(Number.NaN), renewedAt: new Date(8.64e15) }),
  aPosting(2_005, {
    hourlyRate: { min: { amount: '1', currency: '__proto__' }, max: { amount: '{"a":1}', currency: '' } },
  }),
];

it('takes hostile postings in without harm, and finds nothing changed when they come again', () => {
  using app = setUp();
  const criteria = { keywords: ['react', ...naughtyStrings.filter((text) => text.length <= 200)] };
  const counts = [1, 2, 3].map(() => {
    const outcomes = app.intake.store(hostile, criteria).outcomes;
    const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
    return { all: outcomes.length, updated: count('updated'), new: count('new') };
  });
  expect(counts[0]).toMatchObject({ all: hostile.length, updated: 0 });
  expect(counts.slice(1)).toEqual([
    { all: hostile.length, updated: 0, new: 0 },
    { all: hostile.length, updated: 0, new: 0 },
  ]);
  expect(app.db.sql.prepare('SELECT count(*) FROM jobs').pluck().get()).toBe(hostile.length);
});

it('keeps of oversized postings what fits, marked where it is cut, and every text well-formed', () => {
  using app = setUp();
  const jobs = app.add(hostile);
  for (const { raw: _escapes, ...job } of jobs) {
    expect(JSON.stringify(job)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(job.title.length).toBeLessThanOrEqual(500);
    expect(job.description.length).toBeLessThanOrEqual(60_000);
    expect(job.skills.length).toBeLessThanOrEqual(100);
    expect(job.questions.length).toBeLessThanOrEqual(50);
    expect(Object.getPrototypeOf(job.client)).toBe(Object.prototype);
  }
  const large = app.jobs.byExternalId(aPosting(2_000).externalId);
  expect(large?.description.endsWith('…')).toBe(true);
  expect(large).not.toHaveProperty('raw');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('shows and searches hostile postings without letting their text become markup', () => {
  using app = setUp();
  const jobs = app.add(hostile);
  for (const text of naughtyStrings) {
    for (const { node } of app.jobs.list({ query: text, first: 100 }).edges) {
      for (const fragment of app.jobs.highlights(node, text)) {
        expect(fragment.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"']/);
      }
    }
  }
  for (const job of jobs) expect(app.jobs.excerpt(job, 80, 'alert').length).toBeLessThanOrEqual(80);
});
