import { systemRandom } from '../../../../src/random.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import type { JobCriteria, Posting } from '../../../../src/services/jobs/model.ts';
import { createSearches } from '../../../../src/services/searches/create-searches.ts';
import type { CreateSearchInput } from '../../../../src/services/searches/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

/** Saved searches and jobs over a database of their own. Upwork has the one category "Web Development", and there is the channel `channel_1`. */
export function setUp() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const shared = { db, clock, random: systemRandom };
  const stored = createJobs({ ...shared, retentionMs: 86_400_000, savedSearch: (id) => searches.byId(id) });
  const searches = createSearches({
    ...shared,
    jobs: stored.jobs,
    explain: stored.explain,
    unknownCategories: (names) =>
      names
        .filter((name) => name !== 'Web Development')
        .map((name) => ({ name, suggestions: name.startsWith('Web') ? ['Web Development'] : [] })),
    isChannel: (id) => id === 'channel_1',
  });
  return {
    clock,
    db,
    searches,
    jobs: stored.jobs,
    retention: stored.retention,
    /** Creates a search that is not scanned, unless told; answers with it. */
    create: (more: Partial<CreateSearchInput> = {}) =>
      searches.create({ name: 'Dashboards', scan: false, notify: true, ...more }).search,
    /** Stores postings as a scan with these criteria would; answers with the ids of their jobs. */
    store: (postings: readonly Posting[], criteria: JobCriteria = {}) =>
      db
        .transaction(() => stored.intake.store(postings, criteria, searches.active()))
        .outcomes.map(({ jobId, searchIds }) => {
          searches.noteMatches(jobId, searchIds);
          return jobId;
        }),
    /** Ids of the jobs a search lists. */
    listed: (savedSearchId: string) => stored.jobs.list({ filter: { savedSearchId } }).edges.map(({ node }) => node.id),
    [Symbol.dispose]: () => db[Symbol.dispose](),
  };
}
