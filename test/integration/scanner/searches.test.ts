import { expect, it } from 'vitest';
import type { Posting } from '../../../src/services/jobs/model.ts';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { minute, setUp } from './rig.ts';

type App = ReturnType<typeof setUp>;

const hourly = { preferences: { criteria: { jobTypes: ['HOURLY' as const] } } };
const fixed: Partial<Posting> = {
  type: 'FIXED_PRICE',
  title: 'Web shop',
  fixedBudget: { amount: '500', currency: 'USD' },
};
const fixedOnly = { jobTypes: ['FIXED_PRICE' as const] };

/** Which searches each announcement names, oldest first. */
const named = (app: App) =>
  app.events
    .read({ types: ['JOB_POSTED'], limit: 100 })
    .flatMap((event) => (event.type === 'JOB_POSTED' ? [event.searchIds] : []));
const titles = (app: App) =>
  app.jobs.list({ orderBy: { field: 'FIRST_SEEN_AT', direction: 'ASC' } }).edges.map(({ node }) => node.title);

it('asks Upwork for a saved search too, and announces what only it finds, by its name', async () => {
  await using app = setUp(hourly);
  app.upwork.post(1);
  await app.scan();
  const search = app.save('Shops', fixedOnly);
  await app.clock.advance(minute);
  await app.scan();
  expect(app.searches.byId(search)?.lastScanAt).toEqual(app.clock.now());
  await app.clock.advance(minute);
  app.upwork.post(2, fixed);
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 1, filteredOut: 0 });
  expect(titles(app)).toEqual(['Build a React dashboard, part 1', 'Web shop']);
  expect(named(app)).toEqual([[search]]);
  expect(app.searches.ofJob(app.told('JOB_POSTED')[0] ?? '').map(({ id }) => id)).toEqual([search]);
  expect(app.upwork.asked.slice(-2).map(({ search: asked }) => asked)).toEqual([
    { jobType: 'HOURLY' },
    { jobType: 'FIXED' },
  ]);
});

it('stores and announces a job once that matches three saved searches, and names all three', async () => {
  await using app = setUp(hourly);
  await app.scan();
  const ids = [
    app.save('Shops', fixedOnly),
    app.save('Words', {}, { query: '"web shop"', scan: false }),
    app.save('Dear ones', { ...fixedOnly, fixedBudget: { min: '400' } }),
  ];
  app.save('Cheap ones', { ...fixedOnly, fixedBudget: { max: '400' } });
  await app.scan();
  await app.clock.advance(minute);
  app.upwork.post(1, fixed);
  await app.scan();
  await app.clock.advance(minute);
  expect((await app.scan()).counts).toMatchObject({ new: 0, duplicates: 1 });
  expect(app.jobs.count({ includeUnmatched: true }).count).toBe(1);
  expect(named(app)).toEqual([ids]);
  expect(app.searches.ofJob(app.told('JOB_POSTED')[0] ?? '').map(({ id }) => id)).toEqual(ids);
});

it('finds silently what a new saved search shows of the time before', async () => {
  await using app = setUp({ preferences: { criteria: { jobTypes: ['HOURLY'], experienceLevels: ['EXPERT'] } } });
  await app.clock.advance(60 * minute);
  await app.scan();
  const posted = new Date(app.clock.now().getTime() - 30 * minute);
  app.upwork.post(1, { ...fixed, postedAt: posted });
  app.upwork.post(2, { experienceLevel: 'INTERMEDIATE', postedAt: posted });
  const search = app.save('All', {});
  // In the second in which the scan looked, perhaps after it did.
  const justNow = app.upwork.post(5, { ...fixed, postedAt: new Date(app.clock.now().getTime() - 999) });
  await app.clock.advance(minute);
  const later = app.upwork.post(3, fixed);
  expect((await app.scan()).counts).toMatchObject({ new: 4, notified: 2 });
  expect(named(app)).toEqual([[search], [search]]);
  const idOf = ({ externalId }: Posting) => app.jobs.byExternalId(externalId)?.id;
  expect([app.searches.unseenCount(search), app.told('JOB_POSTED')]).toEqual([4, [justNow, later].map(idOf)]);
  app.upwork.post(4, { ...fixed, postedAt: posted });
  await app.clock.advance(minute);
  // Asked before by now: what it has not shown yet is news, whatever its date.
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 1 });
});

it('finds silently what only a new saved search shows of the time before, also where it passes the preferences', async () => {
  await using app = setUp({ preferences: { maxResultsPerScan: 2 } });
  const minutesAgo = (minutes: number) => new Date(app.clock.now().getTime() - minutes * minute);
  app.upwork.post(1, { ...fixed, postedAt: minutesAgo(60) });
  for (const number of [2, 3]) app.upwork.post(number, { postedAt: minutesAgo(30 - number) });
  await app.scan();
  const search = app.save('Shops', fixedOnly);
  await app.clock.advance(minute);
  app.upwork.post(4);
  expect((await app.scan()).counts).toMatchObject({ fetched: 3, new: 2, notified: 1 });
  expect([named(app), app.searches.unseenCount(search)]).toEqual([[[]], 1]);
});

it('lets a search that is filter only judge what is read, and asks nothing of Upwork for it', async () => {
  await using app = setUp({ preferences: { criteria: { skills: ['React'] } } });
  await app.scan();
  const search = app.save('Vue', { skills: ['Vue'] }, { scan: false });
  const before = app.upwork.asked.length;
  app.upwork.post(1, { skills: ['Vue'] });
  app.upwork.post(2, { skills: ['Go'] });
  expect((await app.scan()).counts).toMatchObject({ fetched: 2, new: 1, notified: 1, filteredOut: 1 });
  expect(app.upwork.asked.length).toBe(before + 1);
  expect([named(app), app.searches.byId(search)?.lastScanAt]).toEqual([[[search]], undefined]);
});

it('collects for a snoozed or quiet search without a word, and names it where something else speaks', async () => {
  await using app = setUp(hourly);
  const snoozedUntil = new Date(app.clock.now().getTime() + 10 * minute);
  const snoozed = app.save('Snoozed', fixedOnly);
  const quiet = app.save('Quiet', fixedOnly, { notify: false });
  app.searches.update({ savedSearchId: snoozed, snoozedUntil });
  await app.scan();
  await app.clock.advance(minute);
  app.upwork.post(1, fixed);
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 0 });
  expect([app.told('JOB_POSTED'), app.searches.unseenCount(snoozed), app.searches.unseenCount(quiet)]).toEqual([
    [],
    1,
    1,
  ]);
  const words = app.save('Words', {}, { query: 'shop', scan: false });
  app.upwork.post(2, fixed);
  await app.scan();
  expect(named(app)).toEqual([[snoozed, quiet, words]]);
  app.searches.remove(words);
  await app.clock.advance(10 * minute);
  app.upwork.post(3, fixed);
  await app.scan();
  expect(named(app)).toEqual([
    [snoozed, quiet, words],
    [snoozed, quiet],
  ]);
});

it('does nothing for a search that is disabled or deleted', async () => {
  await using app = setUp(hourly);
  const [disabled, deleted] = [app.save('Off', fixedOnly), app.save('Gone', fixedOnly)];
  await app.scan();
  app.searches.update({ savedSearchId: disabled, enabled: false });
  app.searches.remove(deleted);
  app.upwork.post(1, fixed);
  await app.clock.advance(minute);
  expect((await app.scan()).counts).toMatchObject({ fetched: 0, new: 0 });
  expect([app.upwork.asked.at(-1)?.search, app.told('JOB_POSTED')]).toEqual([{ jobType: 'HOURLY' }, []]);
});

it('keeps saved searches out of what is asked when a scan has criteria of its own, and lets them judge', async () => {
  await using app = setUp(hourly);
  const search = app.save('Shops', fixedOnly);
  await app.scan();
  const before = app.upwork.asked.length;
  await app.clock.advance(minute);
  app.upwork.post(1, { ...fixed, experienceLevel: 'EXPERT' });
  const { counts } = await app.scan({ criteria: { experienceLevels: ['EXPERT'], skills: ['Go'] } });
  expect(counts).toMatchObject({ new: 1 });
  expect(app.upwork.asked.slice(before).map(({ search: asked }) => asked.jobType)).toEqual([undefined]);
  expect(named(app)).toEqual([[search]]);
});

it('judges by saved searches in a dry run without leaving a trace', async () => {
  await using app = setUp(hourly);
  const search = app.save('Shops', fixedOnly);
  app.upwork.post(1, fixed);
  expect((await app.scan({ dryRun: true })).counts).toMatchObject({ new: 1, notified: 0 });
  expect(app.jobs.count({ includeUnmatched: true }).count).toBe(0);
  expect([app.searches.byId(search)?.lastScanAt, app.told('JOB_POSTED')]).toEqual([undefined, []]);
  // The next one is the first look still.
  expect((await app.scan()).counts).toMatchObject({ new: 1, notified: 0 });
});

it('10.5 keeps everything that was read, of each search as much as the bound allows, the newest', async () => {
  await using app = setUp({ preferences: { ...hourly.preferences, maxResultsPerScan: 4 } });
  const minutesAgo = (minutes: number) => new Date(app.clock.now().getTime() - minutes * minute);
  for (let number = 9; number >= 1; number -= 1) app.upwork.post(number, { postedAt: minutesAgo(number) });
  for (let number = 19; number >= 11; number -= 1)
    app.upwork.post(number, { ...fixed, title: `Shop ${number}`, postedAt: minutesAgo(number + 50) });
  app.upwork.post(20, { ...fixed, experienceLevel: 'EXPERT', title: 'Expert shop', postedAt: minutesAgo(90) });
  app.save('Shops', fixedOnly);
  app.save('Experts', { experienceLevels: ['EXPERT'] });
  const { counts } = await app.scan();
  expect(counts).toMatchObject({ fetched: 8, new: 8 });
  expect(app.jobs.list({}).edges.map(({ node }) => node.title)).toEqual([
    'Build a React dashboard, part 1',
    'Build a React dashboard, part 2',
    'Build a React dashboard, part 3',
    'Build a React dashboard, part 4',
    'Shop 11',
    'Shop 12',
    'Shop 13',
    'Expert shop',
  ]);
});

it('asks once for what several searches share', async () => {
  await using app = setUp();
  app.save('Everything', {}, { query: '-wordpress' });
  app.save('Well paid', { hourlyRate: { min: '80' } });
  await app.scan();
  expect(app.upwork.asked.map(({ search }) => search)).toEqual([{}]);
});

it('starts with the search asked longest ago, so that none is left out for good', async () => {
  await using app = setUp(hourly);
  const first = app.save('First', fixedOnly);
  const second = app.save('Second', { experienceLevels: ['EXPERT'] });
  app.upwork.post(1);
  let isSpent = true;
  app.upwork.answer = (request, real) => {
    if (isSpent && request % 3 === 0) throw new UpworkError('budget_spent', 'The budget of the day is spent.');
    return real;
  };
  const asked = () => app.upwork.asked.slice(-3).map(({ search }) => search.jobType ?? search.experienceLevel);
  expect((await app.scan()).status).toBe('PARTIAL');
  expect(asked()).toEqual(['HOURLY', 'FIXED', 'EXPERT']);
  isSpent = false;
  await app.clock.advance(minute);
  await app.scan();
  expect(asked()).toEqual(['HOURLY', 'EXPERT', 'FIXED']);
  expect([first, second].map((id) => app.searches.byId(id)?.lastScanAt)).toEqual([app.clock.now(), app.clock.now()]);
});

it('scans on when a saved search names a category that Upwork does not have, and says so', async () => {
  await using app = setUp();
  const search = app.save('Odd', { categories: ['Unknown things'] });
  app.upwork.post(1);
  const { id, status, counts } = await app.scan();
  expect([status, counts.new]).toEqual(['SUCCEEDED', 1]);
  expect(app.scanner.diagnosis(id)?.summary).toContain(
    'The saved search "Odd" was not asked of Upwork. Upwork has no category "Unknown things" (did you mean "Web Development"?).',
  );
  expect(app.searches.byId(search)?.lastScanAt).toBeUndefined();
});

it('counts saved searches into the estimate and the interval the budget allows, as soon as they change', async () => {
  await using app = setUp({ preferences: { ...hourly.preferences, requestsPerDay: 100 } });
  app.scanner.start();
  // The second scan is measured: one request.
  await app.clock.advance(40 * minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
  const quotaMs = app.scanner.effectiveIntervalMs();
  expect(app.scanner.plan().requestsPerDay).toBe(48);
  const planned = app.scanner.nextScanAt()?.getTime() ?? 0;
  const ids = ['ENTRY', 'INTERMEDIATE', 'EXPERT'].map((level) =>
    app.save(level, { experienceLevels: [level as 'ENTRY'] }),
  );
  app.save('Filter only', { jobTypes: ['HOURLY'], experienceLevels: ['ENTRY'] }, { scan: false });
  await app.clock.advance(0);
  expect(app.scanner.plan().requestsPerDay).toBe(90);
  expect(app.scanner.effectiveIntervalMs() / quotaMs).toBeCloseTo((4 * 48) / 90, 3);
  expect(app.scanner.nextScanAt()?.getTime()).toBeGreaterThan(planned);
  for (const id of ids) app.searches.remove(id);
  await app.clock.advance(0);
  expect([app.scanner.plan().requestsPerDay, app.scanner.effectiveIntervalMs()]).toEqual([48, quotaMs]);
});

it('does not take the first look of a saved search, which reads far back, for what every scan costs', async () => {
  await using app = setUp({ preferences: { ...hourly.preferences, maxResultsPerScan: 200 } });
  app.list(150, () => fixed);
  await app.scan();
  app.save('Shops', fixedOnly);
  await app.clock.advance(minute);
  expect((await app.scan()).counts).toMatchObject({ new: 150, upstreamRequests: 4 });
  expect(app.scanner.plan().requestsPerDay).toBe(2 * 48);
});

it('lets a change of a saved search move nothing once scanning has been closed', async () => {
  await using app = setUp(hourly);
  app.scanner.start();
  await app.clock.advance(minute);
  await app.scanner.close();
  const planned = () => app.db.sql.prepare('SELECT next_due_at FROM scan_schedule').pluck().get();
  const before = planned();
  app.save('Shops', fixedOnly);
  await app.clock.advance(0);
  expect(planned()).toBe(before);
});
