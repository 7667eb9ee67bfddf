import { expect, it } from 'vitest';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { hour, minute, setUp, start } from './rig.ts';

it('finds the first postings silently, and announces what is posted from then on, once', async () => {
  await using app = setUp();
  app.list(50);
  const first = await app.scan();
  expect(first).toMatchObject({ status: 'SUCCEEDED', phase: 'DONE', trigger: 'MANUAL' });
  expect(first.counts).toEqual({
    fetched: 50,
    duplicates: 0,
    updated: 0,
    filteredOut: 0,
    new: 50,
    notified: 0,
    upstreamRequests: 1,
  });
  expect(app.told('JOB_POSTED')).toEqual([]);
  expect(app.scanner.diagnosis(first.id)).toMatchObject({
    verdict: 'HEALTHY',
    summary: '50 found. This first look is the starting point: what is posted from now on is announced.',
  });

  app.upwork.post(51);
  app.upwork.post(52);
  const second = await app.scan();
  expect(second.counts).toMatchObject({ fetched: 50, duplicates: 48, new: 2, notified: 2 });
  const jobs = app.scanner.jobs(second.id, {}).edges.map(({ node }) => node.title);
  expect(jobs).toEqual(['Build a React dashboard, part 52', 'Build a React dashboard, part 51']);
  const announced = app.told('JOB_POSTED').map((id) => app.jobs.byId(id)?.title);
  expect(announced).toEqual(['Build a React dashboard, part 51', 'Build a React dashboard, part 52']);

  const third = await app.scan();
  expect(third.counts).toMatchObject({ duplicates: 50, new: 0, notified: 0 });
  expect(app.told('JOB_POSTED')).toHaveLength(2);
});

it('announces an edit as an update of the job, not as a new one', async () => {
  await using app = setUp();
  app.list(2);
  await app.scan();
  app.upwork.postings[0] = { ...(app.upwork.postings[0] as (typeof app.upwork.postings)[0]), title: 'Another title' };
  const scan = await app.scan();
  expect(scan.counts).toMatchObject({ duplicates: 1, updated: 1, new: 0 });
  expect(app.told('JOB_POSTED')).toEqual([]);
  expect(app.told('JOB_UPDATED').map((id) => app.jobs.byId(id)?.title)).toEqual(['Another title']);
  expect(app.scanner.diagnosis(scan.id)?.verdict).toBe('NO_NEW_POSTINGS');
});

it('asks once for each job type and level, merges newest first and keeps all that was read', async () => {
  await using app = setUp({
    preferences: {
      maxResultsPerScan: 6,
      criteria: {
        jobTypes: ['HOURLY'],
        experienceLevels: ['INTERMEDIATE', 'EXPERT'],
        keywords: ['react native', 'vue'],
      },
    },
  });
  app.list(10, (number) => ({ experienceLevel: number % 2 === 0 ? 'EXPERT' : 'INTERMEDIATE' }));
  const scan = await app.scan();
  expect(app.upwork.asked.map(({ search }) => search)).toEqual([
    { expression: '(react AND native) OR vue', jobType: 'HOURLY', experienceLevel: 'INTERMEDIATE' },
    { expression: '(react AND native) OR vue', jobType: 'HOURLY', experienceLevel: 'EXPERT' },
  ]);
  expect(app.upwork.asked.map(({ purpose }) => purpose)).toEqual(['SCAN', 'SCAN']);
  expect(scan.counts).toMatchObject({ fetched: 10, upstreamRequests: 2 });
  expect(app.scanner.diagnosis(scan.id)?.funnel.map(({ name, input, output }) => [name, input, output])).toEqual([
    ['fetched', 10, 10],
    ['deduplicated', 10, 10],
    ['matched', 10, 0],
    ['new', 0, 0],
  ]);
});

it('never calls a failure "0 jobs": status, incident and verdict say what went wrong', async () => {
  const failures = [
    ['unavailable', 'UPSTREAM_ERROR', 'UPSTREAM_FAILED'],
    ['rate_limited', 'RATE_LIMITED', 'RATE_LIMITED'],
    ['auth_expired', 'AUTH_EXPIRED', 'AUTH_FAILED'],
    ['missing_scopes', 'INSUFFICIENT_SCOPES', 'AUTH_FAILED'],
    ['secret_store', 'SECRET_STORE_UNAVAILABLE', 'AUTH_FAILED'],
    ['budget_spent', 'RATE_LIMITED', 'RATE_LIMITED'],
  ] as const;
  await using app = setUp();
  app.list(5);
  for (const [code, incident, verdict] of failures) {
    app.upwork.answer = () => {
      throw new UpworkError(code, `It was ${code}.`, { requestId: 'trace-1' });
    };
    const scan = await app.scan();
    expect(scan).toMatchObject({
      status: 'FAILED',
      counts: { fetched: 0, new: 0 },
      incident: { code: incident, message: `It was ${code}.`, requestId: 'trace-1' },
    });
    expect(app.scanner.diagnosis(scan.id)).toMatchObject({ verdict, summary: `It was ${code}.` });
  }
});

it('keeps what it has read when a later page or search fails, and calls that partial', async () => {
  await using app = setUp({
    preferences: { maxResultsPerScan: 100, criteria: { experienceLevels: ['EXPERT', 'ENTRY'] } },
  });
  app.list(80, (number) => ({ experienceLevel: number % 4 === 0 ? 'ENTRY' : 'EXPERT' }));
  app.upwork.answer = (request, page) => {
    if (request === 2) throw new UpworkError('timeout', 'Upwork did not answer in time.');
    return page;
  };
  const scan = await app.scan();
  expect(app.upwork.asked.map(({ search, after }) => [search.experienceLevel, after])).toEqual([
    ['EXPERT', '0'],
    ['EXPERT', '50'],
    ['ENTRY_LEVEL', '0'],
  ]);
  expect(scan).toMatchObject({
    status: 'PARTIAL',
    counts: { fetched: 70, new: 70, notified: 0 },
    incident: { code: 'UPSTREAM_ERROR', message: 'Upwork did not answer in time.', attempts: 1 },
  });
  expect(app.scanner.diagnosis(scan.id)?.summary).toMatch(/A part could not be read: Upwork did not answer in time\./);
});

it('does not take a part that could not be read for nothing new', async () => {
  await using app = setUp({ preferences: { criteria: { experienceLevels: ['EXPERT', 'ENTRY'] } } });
  app.list(5, () => ({ experienceLevel: 'EXPERT' }));
  await app.scan();
  app.upwork.answer = (request, page) => {
    if (request === 4) throw new UpworkError('rate_limited', 'Upwork asked for a pause.');
    return page;
  };
  const scan = await app.scan();
  expect(scan).toMatchObject({ status: 'PARTIAL', counts: { duplicates: 5, new: 0 } });
  expect(app.scanner.diagnosis(scan.id)).toMatchObject({ verdict: 'RATE_LIMITED', nextAction: { kind: 'WAIT' } });
});

it('stops asking at once when the failure concerns every search', async () => {
  await using app = setUp({ preferences: { criteria: { experienceLevels: ['EXPERT', 'ENTRY'] } } });
  app.upwork.answer = () => {
    throw new UpworkError('auth_expired', 'Connect anew.');
  };
  await app.scan();
  expect(app.upwork.asked).toHaveLength(1);
});

it('10.16 counts postings that could not be read, says that something is missing, and calls that not healthy', async () => {
  await using app = setUp();
  app.list(5);
  app.upwork.answer = (_request, page) => ({ ...page, postings: page.postings.slice(1), nulled: 1, nulledAt: [0] });
  const scan = await app.scan();
  expect(scan).toMatchObject({ status: 'PARTIAL', counts: { fetched: 4, new: 4 } });
  expect(app.scanner.diagnosis(scan.id)).toMatchObject({
    verdict: 'PARTLY_READ',
    summary: expect.stringContaining(
      '1 of the postings could not be read this time: Upwork withheld them, or sent them without an id.',
    ),
  });
});

it('tells an empty Upwork, everything filtered and nothing new apart', async () => {
  await using app = setUp();
  expect(app.scanner.diagnosis((await app.scan()).id)?.verdict).toBe('UPSTREAM_EMPTY');

  app.list(10);
  app.preferences.change({ criteria: { excludedKeywords: ['dashboard'], hourlyRate: { min: '10' } } });
  const filtered = await app.scan();
  expect(filtered.counts).toMatchObject({ fetched: 10, filteredOut: 10, new: 0 });
  const diagnosis = app.scanner.diagnosis(filtered.id);
  expect(diagnosis).toMatchObject({
    verdict: 'ALL_FILTERED',
    suggestions: [
      {
        message: 'Without `excludedKeywords`, 10 more of the jobs kept here would match.',
        estimatedGain: 10,
        patch: { excludedKeywords: null },
      },
    ],
  });
  const matched = diagnosis?.funnel.find(({ name }) => name === 'matched');
  expect(matched?.reasons).toMatchObject([{ criterion: 'excludedKeywords', dropped: 10 }]);
  expect(matched?.reasons[0]?.samples.map((id) => app.jobs.byId(id)?.description)).toHaveLength(3);

  app.preferences.change({ criteria: { hourlyRate: { min: '10' } } });
  expect((await app.scan()).counts).toMatchObject({ fetched: 10, new: 10, notified: 0 });
  const again = await app.scan();
  expect(app.scanner.diagnosis(again.id)).toMatchObject({ verdict: 'NO_NEW_POSTINGS', suggestions: [] });
});

it('fails clearly on a category that Upwork does not have, instead of finding nothing', async () => {
  await using app = setUp({ preferences: { criteria: { categories: ['Unknown thing'] } } });
  const scan = await app.scan();
  expect(app.upwork.asked).toEqual([]);
  expect(scan).toMatchObject({ status: 'FAILED', incident: { code: 'VALIDATION' } });
  expect(scan.incident?.message).toBe(
    'Upwork has no category "Unknown thing" (did you mean "Web Development"?). Correct `categories` in the preferences; the query `categories` lists all there are.',
  );
});

it('does not announce what was there before criteria that are new', async () => {
  await using app = setUp({ preferences: { criteria: { experienceLevels: ['EXPERT'] } } });
  app.list(4);
  await app.scan();
  await app.clock.advance(minute);
  app.upwork.post(5);
  app.preferences.change({ criteria: {} });
  const scan = await app.scan();
  expect(scan.counts).toMatchObject({ new: 5, notified: 1 });
  expect(app.told('JOB_POSTED').map((id) => app.jobs.byId(id)?.postedAt)).toEqual([new Date(start.getTime() + minute)]);
});

it('begins with a silent look again when everything has been purged', async () => {
  await using app = setUp();
  app.list(3);
  await app.scan();
  app.jobs.purgeAll();
  expect((await app.scan()).counts).toMatchObject({ new: 3, notified: 0 });
});

it('rehearses a dry run with other criteria and writes nothing but its own row', async () => {
  await using app = setUp();
  app.list(3);
  const { scan, joined } = await app.scanner.run({
    trigger: 'MANUAL',
    criteria: { excludedKeywords: ['dashboard'] },
    dryRun: true,
  });
  expect(joined).toBe(false);
  const ended = await app.scanner.finished(scan.id);
  expect(ended).toMatchObject({ status: 'SUCCEEDED', counts: { fetched: 3, filteredOut: 3 } });
  expect(app.scanner.diagnosis(scan.id)).toMatchObject({ verdict: 'ALL_FILTERED' });
  expect(app.jobs.list({ includeUnmatched: true }).edges).toEqual([]);
  expect(app.scanner.countJobs(scan.id)).toBe(0);
  expect(app.scanner.coverage({ since: new Date(0) }).coveredShare).toBe(0);
  expect((await app.scan()).counts).toMatchObject({ new: 3, notified: 0 });
});

it('tells how far it is, never going back, in few events', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 120 } });
  app.list(120);
  await app.scan();
  const progress = app.events.read({ types: ['SCAN_PROGRESS'], limit: 100 }) as unknown as {
    phase: string;
    percent: number;
  }[];
  expect(progress.map(({ phase }) => phase)).toEqual([
    'AUTHENTICATING',
    'FETCHING',
    'FETCHING',
    'FETCHING',
    'FETCHING',
    'DEDUPLICATING',
    'FILTERING',
    'STORING',
    'STORING',
    'NOTIFYING',
    'DONE',
  ]);
  const percents = progress.map(({ percent }) => percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
});

it('stores thousands of postings without keeping anybody waiting, each with its event', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 2_000 } });
  await app.scan();
  await app.clock.advance(hour);
  app.list(1_500, (number) => ({ postedAt: new Date(app.clock.now().getTime() - number) }));
  const { scan } = await app.scanner.run({ trigger: 'MANUAL', dryRun: false });
  let turns = 0;
  let isOver = false;
  const ending = app.scanner.finished(scan.id).then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await ending;
  expect(app.scanner.scan(scan.id)?.counts).toMatchObject({ new: 1_500, notified: 1_500 });
  expect(app.told('JOB_POSTED')).toHaveLength(1_500);
  expect(turns).toBeGreaterThan(10);
});

it('keeps for a week what a scan made of known and filtered postings, and for good what was new to it', async () => {
  await using app = setUp({ preferences: { criteria: { hourlyRate: { min: '50', currency: 'USD' } } } });
  app.list(4, (number) => ({ hourlyRate: { max: { amount: String(number * 20), currency: 'USD' } } }));
  const outcomes = () =>
    app.db.sql.prepare('SELECT outcome, count(*) FROM scan_jobs GROUP BY outcome ORDER BY outcome').raw().all();
  const first = await app.scan();
  expect(outcomes()).toEqual([
    ['filtered', 2],
    ['new', 2],
  ]);
  await app.clock.advance(6 * 24 * hour);
  await app.scan();
  expect(outcomes()).toEqual([
    ['filtered', 4],
    ['new', 2],
  ]);
  await app.clock.advance(2 * 24 * hour);
  await app.scan();
  expect(outcomes()).toEqual([
    ['filtered', 4],
    ['new', 2],
  ]);
  expect(app.scanner.countJobs(first.id)).toBe(2);
});
