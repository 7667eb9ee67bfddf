import pino from 'pino';
import { expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/control/faults.ts';
import { systemRandom } from '../../../src/random.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import { createJobs } from '../../../src/services/jobs/jobs.ts';
import { createScanner } from '../../../src/services/scanner/scanner.ts';
import { createUpworkClient } from '../../../src/services/upwork/client.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { connectUpwork } from '../upwork/rig.ts';
import { hour, minute, pretendConnection, pretendPreferences } from './rig.ts';

/** `5`: seeds 1 to 5; `195,351`: just these. */
const wanted = process.env['PROSPECTOR_TEST_SEEDS'] ?? '10';
const seeds = wanted.includes(',')
  ? wanted.split(',').map(Number)
  : Array.from({ length: Number(wanted) }, (_, index) => index + 1);
const scans = 10;

/** A repeatable sequence of numbers in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

const faults: Fault[] = [
  { target: 'graphql', operation: 'SearchJobs', kind: 'null-edges', count: 2 },
  { target: 'graphql', operation: 'SearchJobs', kind: 'repeat-cursor' },
  { target: 'graphql', operation: 'SearchJobs', kind: 'empty-page', skip: 1 },
  { target: 'graphql', operation: 'SearchJobs', kind: 'partial', field: 'experienceLevel' },
  { target: 'graphql', operation: 'SearchJobs', kind: 'graphql-error', message: 'Transform timeout', times: 9 },
  { target: 'graphql', operation: 'SearchJobs', kind: 'truncate' },
  { target: 'graphql', operation: 'SearchJobs', kind: 'html', times: 9, skip: 1 },
  { target: 'graphql', operation: 'SearchJobs', kind: 'graphql-error', message: 'Exception occurred', skip: 1 },
];

/*
 * Postings appear, are edited, renewed and closed between the scans and, through faults, scans read less than there is. Whatever happens: what is
 * still there at the end has been stored, or lies in a gap that says so; nothing has been announced twice; three scans of a world that stands still
 * change nothing.
 */
it.each(seeds)(
  'finds all that Upwork showed or says where it may be missing, and announces it once (seed %i)',
  async (seed) => {
    const next = sequence(seed);
    const pick = <Value>(values: readonly Value[]) => values[Math.floor(next() * values.length)] as Value;
    await using rig = await connectUpwork({ seed, backlog: 40, postingsPerMinute: 0.7 });
    const { control } = rig.sandbox;
    control.set({ cursors: pick(['count', 'opaque']) });
    using db = createTestDatabase(rig.clock);
    const { clock } = rig;
    const random = systemRandom;
    const events = createEventLog({ db, clock, random });
    const { jobs, intake } = createJobs({ db, clock, random, retentionMs: 1_000 * hour });
    const preferences = pretendPreferences({ maxResultsPerScan: pick([30, 70, 200]), requestsPerDay: 40_000 });
    const scanner = createScanner({
      db,
      clock,
      random,
      log: pino({ level: 'silent' }),
      events,
      leases: createLeases(db, clock, random),
      budget: {
        shares: () => [],
        meanPerDay: () => ({ SCAN: 0, DETAIL: 0, PROPOSALS: 0, CONTRACTS: 0, IDENTITY: 0, DIAGNOSIS: 0 }),
        state: () => ({
          perDay: 40_000,
          usedToday: 0,
          remainingToday: 40_000,
          resetsAt: new Date(0),
          perSecond: 5,
          byPurpose: [],
        }),
      },
      upwork: createUpworkClient({ api: rig.api, clock }),
      connection: pretendConnection(createTestClock()),
      preferences,
      resolveCategories: async () => ({ categoryIds: [], subcategoryIds: [], names: [], parents: [], unknown: [] }),
      intake,
      jobs,
      isSandbox: true,
    });
    const scan = async () => {
      const { scan: begun } = await scanner.run({ trigger: 'MANUAL', dryRun: false });
      return scanner.finished(begun.id);
    };

    const begin = clock.now();
    expect(await scan()).toMatchObject({ status: 'SUCCEEDED', counts: { notified: 0 } });
    for (let count = 0; count < scans; count += 1) {
      control.setClock({ advanceMs: Math.round(pick([5, 30, 40, 180]) * minute * (0.8 + 0.4 * next())) });
      if (next() < 0.5) control.fail({ ...pick(faults) });
      const ended = await scan();
      if (ended.status === 'FAILED') expect(ended.incident).toBeDefined();
      control.clearFaults();
    }
    let lastLook = begin;
    for (let count = 0; count < 2; count += 1) {
      control.setClock({ advanceMs: 10 * minute });
      lastLook = clock.now();
      expect((await scan()).status).toBe('SUCCEEDED');
    }

    const { gaps } = scanner.coverage({ since: new Date(0) });
    const open = gaps.filter(({ filledAt }) => filledAt === undefined);
    const missed = control
      .postings()
      .filter(({ status }) => status === 'ACTIVE')
      // The world goes on while the test reads it: what is posted after the last look is the next scan's.
      .filter(({ publishedAt }) => publishedAt > begin.getTime() && publishedAt <= lastLook.getTime())
      .filter(({ id }) => jobs.byExternalId(id) === undefined);
    const unexplained = missed.filter(
      ({ publishedAt }) => !open.some(({ from, to }) => from.getTime() <= publishedAt && publishedAt <= to.getTime()),
    );
    expect(unexplained.map(({ id, publishedAt }) => [id, new Date(publishedAt)])).toEqual([]);

    const announced = events.read({ types: ['JOB_POSTED'], limit: 10_000 }).map(({ subjectId }) => subjectId);
    expect(announced.length).toBeGreaterThan(20);
    expect(new Set(announced).size).toBe(announced.length);
    control.setStream({ paused: true });
    // What the bound left unread is read by the next scans, the oldest first, until nothing of the last day is missing.
    for (let last = 1, count = 0; last > 0 && count < 40; count += 1) last = (await scan()).counts.new;
    const dayAgo = clock.now().getTime() - 24 * hour;
    const stillOpen = scanner
      .coverage({ since: new Date(dayAgo) })
      .gaps.filter(({ filledAt, cause }) => filledAt === undefined && cause !== 'UPSTREAM_ERROR');
    expect(stillOpen).toEqual([]);
    for (let count = 0; count < 3; count += 1) expect((await scan()).counts).toMatchObject({ new: 0, updated: 0 });
    await scanner.close();
  },
);
