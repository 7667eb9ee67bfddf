import { expect, it } from 'vitest';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { hour, minute, setUp, start } from './rig.ts';

const since = new Date(0);
const at = (minutes: number) => new Date(start.getTime() + minutes * minute);

it('has covered nothing before the first scan, and everything since it while nothing is missed', async () => {
  await using app = setUp();
  expect(app.scanner.coverage({ since })).toEqual({ since, gaps: [], coveredShare: 0 });
  app.list(5);
  await app.scan();
  await app.clock.advance(30 * minute);
  app.upwork.post(6);
  await app.scan();
  expect(app.scanner.coverage({ since })).toEqual({ since: start, gaps: [], coveredShare: 1 });
  expect(app.scanner.coverage({ since: at(20) })).toEqual({ since: at(20), gaps: [], coveredShare: 1 });
});

it('says which stretch the bound left out, and fills it when the bound is raised', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 20 } });
  app.list(20);
  await app.scan();
  await app.clock.advance(100 * minute);
  // One a minute for 60 minutes, of which the newest 20 are read.
  for (let number = 100; number < 160; number += 1) app.upwork.post(number, { postedAt: at(number - 60) });
  const scan = await app.scan();
  expect(scan).toMatchObject({ status: 'SUCCEEDED', counts: { fetched: 20, new: 20 } });
  const gap = { from: start, to: new Date(at(82).getTime() + 1_000), cause: 'TRUNCATED' };
  expect(app.scanner.coverage({ since }).gaps).toEqual([gap]);
  expect(app.scanner.coverage({ since }).coveredShare).toBeCloseTo(1 - 82 / 100, 2);

  app.scanner.start();
  app.preferences.change({ maxResultsPerScan: 200 });
  await app.clock.advance(0);
  expect((await app.scan()).counts).toMatchObject({ new: 40, notified: 40 });
  expect(app.scanner.coverage({ since })).toEqual({
    since: start,
    gaps: [{ ...gap, filledAt: app.clock.now() }],
    coveredShare: 1,
  });
});

it('fills a part of a gap and keeps the rest visible', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 50 } });
  app.list(50);
  await app.scan();
  app.scanner.pause('holiday', { kind: 'CLI', name: 'owner' });
  await app.clock.advance(100 * minute);
  for (let number = 100; number < 200; number += 1) app.upwork.post(number, { postedAt: at(number - 99) });
  expect(app.scanner.coverage({ since })).toEqual({
    since: start,
    gaps: [{ from: start, to: at(100), cause: 'PAUSED' }],
    coveredShare: 0,
  });
  app.scanner.resume();
  await app.scan();
  const reach = new Date(at(53).getTime() + 1_000);
  expect(app.scanner.coverage({ since }).gaps).toEqual([
    { from: start, to: reach, cause: 'PAUSED' },
    { from: reach, to: at(100), cause: 'PAUSED', filledAt: at(100) },
  ]);
});

it('names downtime, a dead authorization and outages as what they were', async () => {
  await using app = setUp();
  await app.scan();
  const fail = (code: 'network' | 'auth_expired' | 'rate_limited') => {
    app.upwork.answer = () => {
      throw new UpworkError(code, code);
    };
  };
  for (const [code, cause] of [
    ['network', 'UPSTREAM_ERROR'],
    ['auth_expired', 'AUTH_EXPIRED'],
    ['rate_limited', 'THROTTLED'],
  ] as const) {
    await app.clock.advance(hour);
    const from = app.clock.now();
    fail(code);
    await app.scan();
    const { gaps, coveredShare } = app.scanner.coverage({ since });
    expect(gaps.at(-1)).toMatchObject({ cause });
    expect(gaps.at(-1)?.filledAt).toBeUndefined();
    expect(coveredShare).toBeLessThan(1);
    delete app.upwork.answer;
    await app.scan();
    expect(app.scanner.coverage({ since })).toMatchObject({ coveredShare: 1 });
    expect(app.scanner.coverage({ since }).gaps.at(-1)).toMatchObject({ cause, filledAt: from });
  }

  app.scanner.start();
  await app.clock.advance(minute);
  app.clock.jump(9 * hour);
  await app.clock.advance(minute);
  expect(app.scanner.coverage({ since }).gaps.at(-1)).toMatchObject({ cause: 'DOWNTIME', filledAt: expect.any(Date) });
});

it('goes back over a stretch in which one of the searches failed, and fills it', async () => {
  await using app = setUp({ preferences: { criteria: { experienceLevels: ['EXPERT', 'ENTRY'] } } });
  app.upwork.post(1, { experienceLevel: 'EXPERT' });
  app.upwork.post(2, { experienceLevel: 'ENTRY' });
  await app.scan();
  await app.clock.advance(30 * minute);
  app.upwork.post(3, { experienceLevel: 'ENTRY' });
  app.upwork.answer = (_request, page) => {
    if (app.upwork.asked.at(-1)?.search.experienceLevel === 'ENTRY_LEVEL')
      throw new UpworkError('timeout', 'Too late.');
    return page;
  };
  expect(await app.scan()).toMatchObject({ status: 'PARTIAL' });
  expect(app.scanner.coverage({ since }).gaps).toEqual([{ from: start, to: at(30), cause: 'UPSTREAM_ERROR' }]);
  delete app.upwork.answer;
  await app.clock.advance(30 * minute);
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 1 });
  expect(app.scanner.coverage({ since })).toEqual({
    since: start,
    gaps: [{ from: start, to: at(60), cause: 'UPSTREAM_ERROR', filledAt: at(60) }],
    coveredShare: 1,
  });
});

it('finds what slipped between two pages when it looks over the same stretch again', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 300 } });
  app.list(60);
  await app.scan();
  await app.clock.advance(20 * hour);
  for (let number = 100; number < 300; number += 1) app.upwork.post(number, { postedAt: at(number) });
  const slipped = app.upwork.postings[150]?.externalId ?? '';
  // Once three pages have been read, the newest is closed: all others move up by one.
  app.upwork.answer = (request, page) => {
    if (request === 5) app.upwork.postings.shift();
    return page;
  };
  await app.scan();
  delete app.upwork.answer;
  expect(app.jobs.byExternalId(slipped)).toBeUndefined();
  await app.clock.advance(30 * minute);
  app.upwork.post(400);
  await app.scan();
  expect(app.jobs.byExternalId(slipped)).toBeDefined();
});

it('knows when a withheld posting may have been posted, and looks for it until it can be read', async () => {
  await using app = setUp();
  app.list(5);
  await app.scan();
  await app.clock.advance(30 * minute);
  for (const number of [10, 11, 12]) app.upwork.post(number, { postedAt: at(number) });
  app.upwork.answer = (_request, page) => ({
    ...page,
    postings: page.postings.toSpliced(1, 1),
    nulled: 1,
    nulledAt: [1],
  });
  expect(await app.scan()).toMatchObject({ status: 'PARTIAL', counts: { new: 2 } });
  const gap = {
    from: new Date(at(10).getTime() - 1_000),
    to: new Date(at(12).getTime() + 1_000),
    cause: 'UPSTREAM_ERROR',
  };
  expect(app.scanner.coverage({ since }).gaps).toEqual([gap]);
  await app.scan();
  expect(app.scanner.coverage({ since }).gaps).toEqual([gap]);
  delete app.upwork.answer;
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 1 });
  expect(app.scanner.coverage({ since }).gaps).toEqual([{ ...gap, filledAt: at(30) }]);
});

it('measures how long postings took from posted to pushed', async () => {
  await using app = setUp();
  expect(app.scanner.scanLatency({ since })).toEqual({ sampleSize: 0 });
  app.list(5);
  await app.scan();
  await app.clock.advance(100 * minute);
  for (let number = 100; number < 110; number += 1) app.upwork.post(number, { postedAt: at(number - 10) });
  await app.scan();
  // Posted 1 to 10 minutes before; the silent baseline does not count.
  expect(app.scanner.scanLatency({ since })).toEqual({
    p50Ms: 5 * minute,
    p90Ms: 9 * minute,
    p99Ms: 10 * minute,
    sampleSize: 10,
  });
  expect(app.scanner.scanLatency({ since: at(101) })).toEqual({ sampleSize: 0 });
});

it('does not take a job that an edit made a match for a slow one', async () => {
  await using app = setUp({ preferences: { criteria: { excludedKeywords: ['wordpress'] } } });
  await app.scan();
  await app.clock.advance(30 * minute);
  const posting = app.upwork.post(1, { description: 'WordPress, please.' });
  await app.scan();
  await app.clock.advance(5 * hour);
  app.upwork.postings[0] = { ...posting, description: 'A site, please.' };
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 1 });
  expect(app.scanner.scanLatency({ since })).toEqual({ sampleSize: 0 });
});

/** 130 postings, half a minute apart, between two scans that read 50 each. */
async function postMoreThanTheBound(app: ReturnType<typeof setUp>) {
  app.list(50);
  await app.scan();
  await app.clock.advance(70 * minute);
  for (let number = 100; number < 230; number += 1)
    app.upwork.post(number, { postedAt: new Date(start.getTime() + (number - 99) * 30_000) });
}

it('10.5 more new postings than the bound: the next scans read the rest, and all arrive once, as news', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 50 } });
  await postMoreThanTheBound(app);
  const first = await app.scan();
  expect(first.counts).toMatchObject({ new: 50, notified: 50 });
  const { summary } = app.scanner.diagnosis(first.id) ?? { summary: '' };
  expect(summary).toMatch(/About \d+ postings of earlier hours could not be read yet; the next scans read on/);
  expect(summary).toMatch(/More than 50 for `max_results_per_scan`, or a shorter interval, reads them sooner/);
  const brought: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    await app.clock.advance(10 * minute);
    app.upwork.post(300 + count);
    const { counts } = await app.scan();
    expect(counts.new).toBeLessThanOrEqual(50);
    brought.push(counts.new);
  }
  expect(brought).toEqual([50, 32, 1]);
  const told = app.told('JOB_POSTED');
  expect([told.length, new Set(told).size]).toEqual([133, 133]);
  expect(app.scanner.coverage({ since }).coveredShare).toBe(1);
  const last = await app.scan();
  expect(app.scanner.diagnosis(last.id)?.summary).toMatch(/^Nothing has been posted since the last scan/);
  expect(last.counts.upstreamRequests).toBe(1);
});

it('10.5 more new postings than the bound: the oldest stretch is read first, wherever Upwork lets us jump to it', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 50 } });
  await postMoreThanTheBound(app);
  await app.scan();
  const between = app.clock.now();
  await app.clock.advance(70 * minute);
  for (let number = 400; number < 530; number += 1)
    app.upwork.post(number, { postedAt: new Date(between.getTime() + (number - 399) * 30_000) });
  await app.scan();
  const unread = () => {
    const { gaps } = app.scanner.coverage({ since });
    return gaps.filter(({ filledAt }) => filledAt === undefined).map(({ from, to }) => [from < between, to <= between]);
  };
  expect(unread()).toEqual([
    [true, true],
    [false, false],
  ]);
  for (let count = 0; count < 5 && unread().length > 1; count += 1) await app.scan();
  expect(unread()).toEqual([[false, false]]);
  for (let count = 0; count < 5 && unread().length > 0; count += 1) await app.scan();
  expect(unread()).toEqual([]);
  const told = app.told('JOB_POSTED');
  expect([told.length, new Set(told).size]).toEqual([260, 260]);
});

it('10.5 more new postings than the bound: where cursors tell no places, the stretch is walked to', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 50 } });
  const opaque = (after: string) => `page-${after}`;
  const { search } = app.upwork;
  app.upwork.search = async (wanted, { first, after }, options) => {
    if (after !== '0' && !after.startsWith('page-')) throw new UpworkError('bad_parameter', 'Exception occurred');
    const page = await search(wanted, { first, after: after.replace('page-', '') }, options);
    return { ...page, endCursor: opaque(page.endCursor ?? '') };
  };
  await postMoreThanTheBound(app);
  for (let count = 0; count < 3; count += 1) await app.scan();
  expect(new Set(app.told('JOB_POSTED')).size).toBe(130);
});

it('10.5 raising the bound announces nothing that is older than the first look', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 20 } });
  for (let number = 300; number >= 1; number -= 1)
    app.upwork.post(number, { postedAt: new Date(start.getTime() - number * 10_000) });
  expect((await app.scan()).counts).toMatchObject({ new: 20, notified: 0 });
  app.preferences.change({ maxResultsPerScan: 500 });
  await app.clock.advance(minute);
  app.upwork.post(400);
  const raised = await app.scan();
  expect(raised.counts).toMatchObject({ notified: 1 });
  expect(raised.counts.new).toBeGreaterThan(1);
});
