import pino from 'pino';
import { systemRandom } from '../../../src/random.ts';
import { createBudget } from '../../../src/services/budget/budget.ts';
import type { ConnectionStatus, PlatformStatus } from '../../../src/services/connection/model.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import type { Database } from '../../../src/services/database/model.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import type { EventType } from '../../../src/services/events/model.ts';
import { createJobs } from '../../../src/services/jobs/jobs.ts';
import type { JobCriteria, Posting } from '../../../src/services/jobs/model.ts';
import type { ScanPreferences } from '../../../src/services/preferences/model.ts';
import { createScanner } from '../../../src/services/scanner/scanner.ts';
import { createSearches } from '../../../src/services/searches/create-searches.ts';
import type { CreateSearchInput } from '../../../src/services/searches/model.ts';
import type { SearchPage, UpstreamSearch, UpworkClient } from '../../../src/services/upwork/model.ts';
import { createTestClock, type TestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { aPosting } from '../../support/posting.ts';

export const minute = 60_000;
export const hour = 60 * minute;
/** What the test clock begins with. */
export const start = new Date('2026-10-01T12:00:00.000Z');

/** Upwork as a list of postings, newest first, that can be told to misbehave. */
export interface PretendedSearch {
  readonly postings: Posting[];
  readonly asked: { search: UpstreamSearch; first: number; after: string; purpose: string }[];
  /** Instead of the real answer; called with the number of the request. */
  answer?: (request: number, real: SearchPage, signal: AbortSignal | undefined) => SearchPage | Promise<SearchPage>;
  /** Adds one, posted now unless told otherwise, and answers with it. */
  post(number: number, more?: Partial<Posting>): Posting;
}

/** Its searches pass no budget: whoever counts requests counts pages. */
export function pretendSearch(clock: TestClock): PretendedSearch & Pick<UpworkClient, 'search'> {
  const world: PretendedSearch & Pick<UpworkClient, 'search'> = {
    postings: [],
    asked: [],
    post: (number, more = {}) => {
      const posting = aPosting(number, { postedAt: clock.now(), ...more });
      world.postings.unshift(posting);
      return posting;
    },
    search: async (search, { first, after }, { purpose, signal }) => {
      world.asked.push({ search, first, after, purpose });
      const fitting = world.postings.filter((posting) => fits(search, posting));
      const from = Number(after);
      const page = fitting.slice(from, from + first);
      const end = from + page.length;
      const real = {
        postings: page,
        received: page.length,
        nulled: 0,
        hasNextPage: end < fitting.length,
        endCursor: String(end),
        problems: [],
      };
      return world.answer ? world.answer(world.asked.length, real, signal) : real;
    },
  };
  return world;
}

function fits(search: UpstreamSearch, posting: Posting): boolean {
  const type = posting.type === 'FIXED_PRICE' ? 'FIXED' : posting.type;
  const level = posting.experienceLevel === 'ENTRY' ? 'ENTRY_LEVEL' : posting.experienceLevel;
  return (
    (search.jobType === undefined || search.jobType === type) &&
    (search.experienceLevel === undefined || search.experienceLevel === level)
  );
}

/** A connection whose status is set by the test. */
export function pretendConnection(clock: TestClock) {
  const listeners = new Set<(status: ConnectionStatus, previous: ConnectionStatus) => void>();
  let status: ConnectionStatus = 'CONNECTED';
  let changedAt = clock.now();
  const connection = {
    lifted: 0,
    listeners,
    become: (next: ConnectionStatus) => {
      const previous = status;
      status = next;
      changedAt = clock.now();
      for (const listener of listeners) listener(next, previous);
    },
    status: (): PlatformStatus => ({
      id: 'platform_upwork',
      status,
      message: `The connection is ${status}.`,
      statusChangedAt: changedAt,
      scopes: [],
      capabilities: [],
      nextAction:
        status === 'AUTH_EXPIRED'
          ? { kind: 'RECONNECT', message: 'Connect anew.', command: 'ghoststack prospector connect upwork' }
          : { kind: 'NONE', message: '' },
    }),
    isUsable: () => ['CONNECTED', 'INSUFFICIENT_SCOPES', 'ERROR'].includes(status),
    onStatusChange: (listener: (status: ConnectionStatus, previous: ConnectionStatus) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    liftRestriction: () => {
      connection.lifted += 1;
      if (status === 'RESTRICTED') connection.become('CONNECTED');
    },
  };
  return connection;
}

/** Preferences set by the test. */
export function pretendPreferences(first: Partial<ScanPreferences> = {}) {
  const listeners = new Set<(preferences: ScanPreferences) => void>();
  let current: ScanPreferences = {
    id: 'preferences_upwork',
    enabled: true,
    intervalMs: 30 * minute,
    criteria: {},
    scanEverything: true,
    maxResultsPerScan: 50,
    requestsPerDay: 500,
    scoreWeights: { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 },
    serviceFee: '10',
    warnings: [],
    version: 1,
    updatedAt: start,
    ...first,
  };
  return {
    listeners,
    current: () => current,
    change: (more: Partial<ScanPreferences>) => {
      current = { ...current, version: current.version + 1, ...more };
      for (const listener of listeners) listener(current);
    },
    onChange: (listener: (preferences: ScanPreferences) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a test of the scanner may arrange. `with`: another server on the database of this rig. */
export interface RigOptions {
  readonly preferences?: Partial<ScanPreferences>;
  readonly isSandbox?: boolean;
  /** Called before each lease is taken: what another process does at that moment. */
  readonly beforeLease?: () => void;
}

/** A scanner with real storage, and Upwork, connection and preferences in the test's hands. */
export function setUp(options: RigOptions = {}) {
  const clock = createTestClock(start);
  const db = createTestDatabase(clock);
  const upwork = pretendSearch(clock);
  const connection = pretendConnection(clock);
  const preferences = pretendPreferences(options.preferences);
  const shared = { clock, db, upwork, connection, preferences };
  const server = createServer(shared, options);
  return {
    ...shared,
    ...server,
    /** A second server on the same database. */
    another: () => createServer(shared, options),
    /** Posting numbers 1 to `count`, a minute apart, the newest first, the first of them a minute ago. */
    list: (count: number, more: (number: number) => Partial<Posting> = () => ({})) => {
      for (let number = count; number >= 1; number -= 1)
        upwork.post(number, { postedAt: new Date(clock.now().getTime() - number * minute), ...more(number) });
    },
    [Symbol.asyncDispose]: async () => {
      const closing = server.scanner.close();
      await clock.advance(5_000);
      await closing;
      db[Symbol.dispose]();
    },
  };
}

interface Shared {
  readonly clock: TestClock;
  readonly db: Database;
  readonly upwork: ReturnType<typeof pretendSearch>;
  readonly connection: ReturnType<typeof pretendConnection>;
  readonly preferences: ReturnType<typeof pretendPreferences>;
}

function createServer(
  { clock, db, upwork, connection, preferences }: Shared,
  { isSandbox = false, beforeLease = () => {} }: RigOptions,
) {
  const random = systemRandom;
  const log = pino({ level: 'silent' });
  const events = createEventLog({ db, clock, random });
  const budget = createBudget({ db, clock, random, perDay: () => preferences.current().requestsPerDay });
  const { jobs, intake, explain } = createJobs({
    db,
    clock,
    random,
    retentionMs: 24 * hour,
    savedSearch: (id) => searches.byId(id),
  });
  const searches = createSearches({ db, clock, random, jobs, explain, unknownCategories: () => [] });
  const leases = createLeases(db, clock, random);
  const scanner = createScanner({
    db,
    clock,
    random,
    log,
    events,
    leases: {
      take: (name, ttlMs) => {
        beforeLease();
        return leases.take(name, ttlMs);
      },
    },
    budget,
    upwork,
    connection,
    preferences,
    resolveCategories: async (names) => ({
      categoryIds: [],
      subcategoryIds: names.map((name) => `id of ${name}`),
      names,
      parents: [],
      unknown: names
        .filter((name) => name.startsWith('Unknown'))
        .map((name) => ({ name, suggestions: ['Web Development'] })),
    }),
    intake,
    jobs,
    searches,
    isSandbox,
  });
  return {
    events,
    budget,
    jobs,
    intake,
    scanner,
    searches,
    /** Saves a search that is asked of Upwork, unless told otherwise; answers with its id. */
    save: (name: string, criteria: JobCriteria, more: Partial<CreateSearchInput> = {}) =>
      searches.create({ name, criteria, scan: true, notify: true, ...more }).search.id,
    /** Scans by hand to the end. */
    scan: async (input: { criteria?: JobCriteria; dryRun?: boolean } = {}) => {
      const { scan } = await scanner.run({ trigger: 'MANUAL', dryRun: false, ...input });
      return scanner.finished(scan.id);
    },
    /** Bodies of all events of one type so far, without what is the same for every event. */
    told: <Type extends EventType>(type: Type) =>
      events.read({ types: [type], limit: 10_000 }).map(({ subjectId }) => subjectId as string),
    /** Trigger and status of all scans, oldest first. */
    history: () =>
      scanner
        .list({ first: 100, orderBy: { field: 'QUEUED_AT', direction: 'ASC' } })
        .edges.map(({ node }) => `${node.trigger} ${node.status}`),
  };
}
