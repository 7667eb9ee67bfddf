import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolveCategories } from '../../../../src/services/categories/resolve.ts';
import type { JobCriteria, Posting } from '../../../../src/services/jobs/model.ts';
import { aPosting } from '../../../support/posting.ts';
import { posting as anyPosting } from './arbitrary.ts';
import { retentionMs, setUp } from './set-up.ts';

type App = ReturnType<typeof setUp>;
const outcomesOf = (app: App, postings: readonly Posting[], ...criteria: [object?]) =>
  app.intake.store(postings, criteria[0]).outcomes.map(({ outcome }) => outcome);
const changesOf = (app: App, posting: Posting) =>
  app.intake.store([posting], undefined).outcomes.map(({ outcome, changed }) => [outcome, ...changed]);

it('gives back a job as it was posted', () => {
  using app = setUp();
  const [job] = app.add([aPosting(1, { preferredLocations: ['Germany', 'Austria'], isLocationMandatory: true })], {
    skills: ['React'],
  });
  const { id, score, ...rest } = job as NonNullable<typeof job>;
  expect(id).toMatch(/^job_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(score?.computedAt).toEqual(app.clock.now());
  const {
    externalId,
    ciphertext: _c,
    categoryId: _i,
    categoryLabel: _l,
    subcategoryId: _s,
    subcategoryLabel,
    ...own
  } = aPosting(1);
  const { proposals, interviewing, applied: _a, ...content } = own;
  expect(rest).toEqual({
    ...content,
    preferredLocations: ['Germany', 'Austria'],
    isLocationMandatory: true,
    externalId,
    seq: 1,
    url: `https://www.upwork.com/jobs/~02${externalId}`,
    category: subcategoryLabel,
    activity: { proposals, interviewing, observedAt: app.clock.now() },
    triage: 'NEW',
    tags: [],
    firstSeenAt: app.clock.now(),
    updatedAt: app.clock.now(),
    contentExpiresAt: new Date(app.clock.now().getTime() + retentionMs),
    contentPurged: false,
  });
});

it('leaves out what Upwork left out, instead of making it up', () => {
  using app = setUp();
  const bare = { externalId: '1', title: '', description: '', skills: [], questions: [], client: {}, applied: false };
  const [job] = app.add([{ ...bare, state: 'UNKNOWN' }]);
  const { id: _id, ...rest } = job as NonNullable<typeof job>;
  const now = app.clock.now();
  expect(rest).toEqual({
    seq: 1,
    externalId: '1',
    url: 'https://www.upwork.com/jobs/~021',
    title: '',
    description: '',
    skills: [],
    preferredLocations: [],
    questions: [],
    client: {},
    state: 'OPEN',
    triage: 'NEW',
    tags: [],
    postedAt: now,
    firstSeenAt: now,
    updatedAt: now,
    contentExpiresAt: new Date(now.getTime() + retentionMs),
    contentPurged: false,
  });
});

it('stores a job once, however often and under whichever of its ids Upwork lists it', () => {
  using app = setUp();
  const { externalId } = aPosting(1);
  const forms = [externalId, `~02${externalId}`, `https://www.upwork.com/jobs/Some-Title_~02${externalId}/?x=1`];
  expect(
    outcomesOf(
      app,
      forms.map((form) => aPosting(1, { externalId: form })),
    ),
  ).toEqual(['new']);
  for (const form of forms) expect(outcomesOf(app, [aPosting(1, { externalId: form })])).toEqual(['duplicate']);
  expect(app.db.sql.prepare('SELECT count(*) FROM jobs').pluck().get()).toBe(1);
  expect(new Set(forms.map((form) => app.jobs.byExternalId(form)?.id)).size).toBe(1);
});

it('knows an older job, whose ciphertext holds no number, by either id', () => {
  using app = setUp();
  const { ciphertext: _none, ...old } = aPosting(1, { externalId: '~01abcdef0123456789' });
  expect(outcomesOf(app, [old])).toEqual(['new']);
  expect(outcomesOf(app, [aPosting(1, { externalId: '42', ciphertext: '~01abcdef0123456789' })])).toEqual([
    'duplicate',
  ]);
  const job = app.jobs.byExternalId('42');
  expect(job).toMatchObject({ externalId: '42', url: 'https://www.upwork.com/jobs/~01abcdef0123456789' });
  expect(app.jobs.byExternalId('https://www.upwork.com/jobs/~01abcdef0123456789')).toEqual(job);
});

it('takes an edit for an update and names what changed', () => {
  using app = setUp();
  app.add([aPosting(1)]);
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  const edits: [Partial<Posting>, string[]][] = [
    [{ title: 'Another' }, ['title']],
    [{ description: 'More', skills: ['Vue'] }, ['description', 'skills']],
    [{ hourlyRate: { max: usd('70') } }, ['hourlyRate']],
    [{ hourlyRate: { max: { amount: '70', currency: 'EUR' } } }, ['hourlyRate']],
    [{ type: 'FIXED_PRICE', fixedBudget: usd('500') }, ['type', 'hourlyRate', 'fixedBudget']],
    [{ experienceLevel: 'EXPERT', workload: 'AS_NEEDED' }, ['experienceLevel', 'workload']],
    [{ duration: 'LESS_THAN_1_MONTH', connectsRequired: 8 }, ['connectsRequired', 'duration']],
    [{ subcategoryId: '9', subcategoryLabel: 'Other' }, ['category']],
    [{ questions: [], state: 'CLOSED' }, ['state']],
    [{ questions: [{ position: 0, text: 'Why?', required: false }] }, ['screeningQuestions']],
    [{ client: { country: 'US', paymentVerified: false } }, ['client']],
  ];
  let current = aPosting(1);
  for (const [edit, changed] of edits) {
    if (edit.type) current = { ...current, hourlyRate: {} };
    current = { ...current, ...edit };
    expect(changesOf(app, current)).toEqual([['updated', ...changed]]);
    expect(changesOf(app, current)).toEqual([['duplicate']]);
  }
});

it('dates an edit, and drops the rate of a job that became fixed-price even where nothing replaces it', async () => {
  using app = setUp();
  const [before] = app.add([aPosting(1)]);
  await app.clock.advance(1_000);
  const { hourlyRate: _gone, ...rest } = aPosting(1, { type: 'FIXED_PRICE' });
  expect(changesOf(app, rest)).toEqual([['updated', 'type', 'hourlyRate']]);
  const { hourlyRate: _rate, ...kept } = before as NonNullable<typeof before>;
  const activity = { ...kept.activity, observedAt: app.clock.now() };
  expect(app.jobs.bySeq(1)).toEqual({ ...kept, type: 'FIXED_PRICE', updatedAt: app.clock.now(), activity });
});

it('takes no moving number, no raw text and no application for an edit, but keeps the newest of each', async () => {
  using app = setUp();
  const [before] = app.add([aPosting(1)]);
  await app.clock.advance(60_000);
  const moved = aPosting(1, {
    proposals: 40,
    interviewing: 3,
    invitesSent: 2,
    hires: 1,
    raw: '{"id":"2"}',
    applied: true,
    client: {
      ...aPosting(1).client,
      rating: '4.9',
      reviewCount: 8,
      totalSpent: { amount: '3000', currency: 'USD' },
      hires: 5,
    },
  });
  expect(changesOf(app, moved)).toEqual([['duplicate']]);
  expect(app.jobs.bySeq(1)).toEqual({
    ...before,
    raw: '{"id":"2"}',
    triage: 'APPLIED',
    activity: { proposals: 40, interviewing: 3, invitesSent: 2, hires: 1, observedAt: app.clock.now() },
    client: moved.client,
  });
});

it('takes a field that is missing this time for withheld, neither for an edit nor for gone', () => {
  using app = setUp();
  const [before] = app.add([aPosting(1)]);
  const { externalId, title } = aPosting(1);
  const withheld: Posting = {
    externalId,
    title,
    description: '',
    skills: [],
    questions: [],
    client: {},
    state: 'UNKNOWN',
    applied: false,
  };
  for (const posting of [withheld, aPosting(1), withheld]) expect(changesOf(app, posting)).toEqual([['duplicate']]);
  expect(app.jobs.bySeq(1)).toEqual(before);
});

it('never touches what the person decided', () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  const own = { triage: 'DISMISSED', notes: 'Too far', tags: ['no'] } as const;
  app.jobs.update({ jobId: job?.id ?? '', ...own });
  expect(outcomesOf(app, [aPosting(1, { title: 'Edited', applied: true })])).toEqual(['updated']);
  expect(app.jobs.bySeq(1)).toMatchObject({ ...own, title: 'Edited' });
});

it('marks a job as applied to once, so that the person can take it back', () => {
  using app = setUp();
  const [job] = app.add([aPosting(1, { applied: true })]);
  expect(job?.triage).toBe('APPLIED');
  app.jobs.update({ jobId: job?.id ?? '', triage: 'NEW' });
  app.add([aPosting(1, { applied: true })]);
  expect(app.jobs.bySeq(1)?.triage).toBe('NEW');
});

it('says of each posting of a batch what became of it, and which criteria kept it out', () => {
  using app = setUp();
  const criteria = { skills: ['React'], maximumProposals: 20 };
  app.add([aPosting(1), aPosting(2, { skills: ['Vue'] })], criteria);
  const { outcomes } = app.intake.store(
    [
      aPosting(4, { proposals: 30, skills: ['Go'] }),
      aPosting(2, { skills: ['Vue'], title: 'Edited' }),
      aPosting(1, { title: 'Edited' }),
      aPosting(3),
      aPosting(3),
    ],
    criteria,
  );
  expect(outcomes.map(({ seq, outcome, droppedBy, changed }) => ({ seq, outcome, droppedBy, changed }))).toEqual([
    { seq: 3, outcome: 'filtered', droppedBy: ['skills', 'maximumProposals'], changed: [] },
    { seq: 2, outcome: 'filtered', droppedBy: ['skills'], changed: [] },
    { seq: 1, outcome: 'updated', droppedBy: [], changed: ['title'] },
    { seq: 4, outcome: 'new', droppedBy: [], changed: [] },
  ]);
  // A job that matched once stays in the feed, whatever it becomes.
  expect(outcomesOf(app, [aPosting(1, { skills: ['Vue'] })], criteria)).toEqual(['updated']);
  expect(outcomesOf(app, [aPosting(2)], criteria)).toEqual(['new']);
  expect(outcomesOf(app, [aPosting(2)], criteria)).toEqual(['duplicate']);
});

it('takes a posting for new that matches nothing but searches, once, and names all it matches', () => {
  using app = setUp();
  const criteria = { skills: ['React'] };
  const searches = [
    { id: 'vue', criteria: { skills: ['Vue'] } },
    { id: 'shop', query: '"web shop"', criteria: {} },
    { id: 'cheap', query: 'shop', criteria: { maximumProposals: 5 } },
    { id: 'dashboard', query: 'dashboard', criteria: {} },
  ];
  const shop = aPosting(1, { title: 'Vue web shop', skills: ['Vue'], description: 'To be built.' });
  const batch = [shop, aPosting(2), aPosting(3, { title: 'Go', skills: ['Go'], description: 'To be built.' })];
  const judged = (postings: readonly Posting[]) =>
    app.intake.store(postings, criteria, searches).outcomes.map(({ outcome, meetsCriteria, searchIds, droppedBy }) => ({
      outcome,
      meetsCriteria,
      searchIds,
      droppedBy,
    }));
  const rehearsed = app.intake.rehearse(batch, criteria, searches).outcomes.map(({ searchIds }) => searchIds);
  expect(judged(batch)).toEqual([
    { outcome: 'new', meetsCriteria: false, searchIds: ['vue', 'shop'], droppedBy: [] },
    { outcome: 'new', meetsCriteria: true, searchIds: ['dashboard'], droppedBy: [] },
    { outcome: 'filtered', meetsCriteria: false, searchIds: [], droppedBy: ['skills'] },
  ]);
  expect(rehearsed).toEqual([['vue', 'shop'], ['dashboard'], []]);
  // What it has come to match is named as well; it is not new again.
  expect(judged([{ ...shop, proposals: 3 }])).toEqual([
    { outcome: 'duplicate', meetsCriteria: false, searchIds: ['vue', 'shop', 'cheap'], droppedBy: [] },
  ]);
  expect(app.intake.store([shop], undefined, searches).outcomes).toMatchObject([
    { meetsCriteria: true, searchIds: ['vue', 'shop'] },
  ]);
});

it('keeps jobs that never matched out of lists, unless asked for them', () => {
  using app = setUp();
  app.add([aPosting(1), aPosting(2, { skills: ['Vue'] })], { skills: ['React'] });
  const seqs = (includeUnmatched: boolean) =>
    app.jobs
      .list({ includeUnmatched, orderBy: { field: 'FIRST_SEEN_AT', direction: 'ASC' } })
      .edges.map(({ node }) => node.seq);
  expect(seqs(false)).toEqual([1]);
  expect(seqs(true)).toEqual([1, 2]);
});

it('rehearses without leaving a trace, inside a transaction and outside', () => {
  using app = setUp();
  app.add([aPosting(1)]);
  const dump = () =>
    JSON.stringify([
      app.db.sql.prepare('SELECT * FROM jobs').all(),
      app.db.sql.prepare('SELECT * FROM sqlite_sequence').all(),
    ]);
  const before = dump();
  const batch = [aPosting(1, { title: 'Edited' }), aPosting(2), aPosting(3, { skills: ['Vue'] })];
  const rehearse = () => app.intake.rehearse(batch, { skills: ['React'] }).outcomes.map(({ outcome }) => outcome);
  expect(rehearse()).toEqual(['updated', 'new', 'filtered']);
  expect(app.db.transaction(() => [rehearse(), rehearse()])).toEqual([
    ['updated', 'new', 'filtered'],
    ['updated', 'new', 'filtered'],
  ]);
  expect(dump()).toBe(before);
  expect(app.jobs.list({ query: 'edited' }).edges).toEqual([]);
});

it('dates a posting by what can be true of it', () => {
  using app = setUp();
  const now = app.clock.now();
  const dates = [new Date(Number.NaN), new Date(0), new Date('2200-01-01'), new Date(now.getTime() + 60_000)];
  const jobs = app.add(dates.map((postedAt, number) => aPosting(number, { postedAt })));
  expect(jobs.map(({ postedAt }) => postedAt)).toEqual([now, now, now, now]);
});

it.each(['1,000', '-1', '1e309', 'NaN', '', '99999999999999999999', 'Infinity'])(
  'takes the amount "%s" for unknown',
  (amount) => {
    using app = setUp();
    const money = { amount, currency: 'USD' };
    const [job] = app.add([
      aPosting(1, {
        type: 'FIXED_PRICE',
        hourlyRate: { min: money, max: money },
        fixedBudget: money,
        client: { totalSpent: money, rating: amount },
      }),
    ]);
    expect(job).not.toHaveProperty('hourlyRate');
    expect(job).not.toHaveProperty('fixedBudget');
    expect(job?.client).toEqual({});
  },
);

it('keeps amounts exactly, and in the currency they were given in', () => {
  using app = setUp();
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const [job] = app.add([
    aPosting(1, {
      hourlyRate: { min: eur('0.1'), max: eur('123456789012.3401') },
      client: { totalSpent: { amount: '0.30', currency: 'usd' } },
    }),
  ]);
  expect(job?.hourlyRate).toEqual({ min: eur('0.1'), max: eur('123456789012.3401') });
  expect(job?.client.totalSpent).toEqual({ amount: '0.3', currency: 'USD' });
});

it('takes an amount in a second currency for unknown rather than for one in the first', () => {
  using app = setUp();
  const usd = { amount: '30', currency: 'USD' };
  const [job] = app.add([aPosting(1, { hourlyRate: { min: usd, max: { amount: '60', currency: 'EUR' } } })]);
  expect(job?.hourlyRate).toEqual({ min: usd });
});

it('10.9 a job known from a proposal alone is no find, until a scan reads it', () => {
  using app = setUp();
  const job = app.rememberJob(aPosting(1).externalId, 'Found elsewhere');
  expect(job).toMatchObject({ title: 'Found elsewhere', triage: 'APPLIED', state: 'UNKNOWN' });
  expect(app.rememberJob(`~02${aPosting(1).externalId}`, 'Again')).toEqual(job);
  // It is no find before: in no list, filter, facet, count or preview, whatever is asked.
  const lists = () => [
    app.jobs.list({}).edges.length,
    app.jobs.list({ includeUnmatched: true }).edges.length,
    app.jobs.count({ filter: { ids: [job.id] } }).count,
    app.jobs.facets({ includeUnmatched: true }, ['TRIAGE'])[0]?.buckets.length,
    app.explain({ criteria: {} }).length,
    app.jobs.countMatching({}).count,
    Number(app.jobs.passes(job.id, {})),
  ];
  expect(lists()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(outcomesOf(app, [aPosting(1)], {})).toEqual(['updated']);
  expect(lists()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(app.jobs.byId(job.id)).toMatchObject({
    postedAt: aPosting(1).postedAt,
    title: aPosting(1).title,
    triage: 'APPLIED',
    contentExpiresAt: job.contentExpiresAt,
  });
});

it('settles after any two readings of a posting: a third says nothing new', () => {
  using app = setUp();
  const now = app.clock.now();
  let number = 0;
  fc.assert(
    fc.property(anyPosting(now), anyPosting(now), (first, second) => {
      number += 1;
      const read = (fields: Omit<Posting, 'externalId'>) => changesOf(app, { ...fields, externalId: `${number}` });
      expect(read(first)).toEqual([['new']]);
      expect(read(first)).toEqual([['duplicate']]);
      read(second);
      expect(read(second)).toEqual([['duplicate']]);
    }),
    { numRuns: 300 },
  );
});

it('10.7 what is withheld is no edit: neither a nulled job, nor a slug for a label, nor a hole in a list', () => {
  using app = setUp();
  const closed = aPosting(1, { state: 'CLOSED' });
  app.add([closed]);
  const { categoryId: _id, subcategoryId: _subId, type: _type, ...rest } = closed;
  const slugs = { categoryLabel: 'web_mobile_software_dev', subcategoryLabel: 'web_development' };
  const withheld: Posting = { ...rest, ...slugs, state: 'UNKNOWN', questions: [] };
  expect(changesOf(app, withheld)).toEqual([['duplicate']]);
  expect(changesOf(app, { ...closed, skills: ['React'], incomplete: ['skills'] })).toEqual([['duplicate']]);
  expect(changesOf(app, closed)).toEqual([['duplicate']]);
  expect(app.jobs.bySeq(1)).toMatchObject({ state: 'CLOSED', category: 'Web Development', skills: closed.skills });
});

it('10.7 a label in the place of its slug is no edit either', () => {
  using app = setUp();
  const { categoryId: _id, subcategoryId: _subId, ...rest } = aPosting(1);
  app.add([{ ...rest, categoryLabel: 'web_mobile_software_dev', subcategoryLabel: 'web_development' }]);
  expect(changesOf(app, aPosting(1))).toEqual([['duplicate']]);
  expect(changesOf(app, aPosting(1, { subcategoryId: '9', subcategoryLabel: 'Web Design' }))).toEqual([
    ['updated', 'category'],
  ]);
});

const tree = [
  {
    externalId: '531770282580668418',
    label: 'Web, Mobile & Software Dev',
    subcategories: [{ externalId: '531770282584862733', label: 'Web Development' }],
  },
  { externalId: '2', label: 'Writing', subcategories: [] },
];

it('10.7 slugs become labels by the kept tree', () => {
  using app = setUp({ categoryTree: () => tree });
  const { categoryId: _id, subcategoryId: _subId, ...rest } = aPosting(1);
  app.add([{ ...rest, categoryLabel: 'web_mobile_software_dev', subcategoryLabel: 'web_development' }]);
  expect(app.jobs.bySeq(1)?.category).toBe('Web Development');
  expect(changesOf(app, aPosting(1))).toEqual([['duplicate']]);
});

it('10.12 a posting without a subcategory passes a wish for one of its category, since nobody knows', () => {
  using app = setUp({
    categoryNames: (names) => resolveCategories(names, tree).names,
    parentCategories: (names) => resolveCategories(names, tree).parents,
  });
  const { subcategoryId: _id, subcategoryLabel: _label, ciphertext: _none, ...bare } = aPosting(1);
  const droppedBy = (posting: Posting, more: Partial<JobCriteria> = {}) =>
    app.intake.store([posting], { categories: ['Web Development'], ...more }).outcomes[0]?.droppedBy;
  expect(droppedBy(bare)).toEqual([]);
  expect(droppedBy({ ...bare, externalId: '2' }, { requireKnown: ['categories'] })).toEqual(['categories']);
  expect(droppedBy({ ...bare, externalId: '3', categoryId: '2', categoryLabel: 'Writing' })).toEqual(['categories']);
  expect(droppedBy({ ...bare, externalId: '4', subcategoryLabel: 'Web Design' })).toEqual(['categories']);
});
