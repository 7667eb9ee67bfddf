import { expect, it, onTestFinished } from 'vitest';
import { systemRandom } from '../../../src/random.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import type { EventBody } from '../../../src/services/events/model.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';
import { contract, job, milestone, proposal, scan, search, status } from './answers.ts';
import { ask, follow, now } from './ask.ts';

/** A real log with things happening in it; jobs but `job_gone`, scans and flows there are. */
function openLog() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  onTestFinished(() => db[Symbol.dispose]());
  const events = createEventLog({ db, clock, random: systemRandom });
  const write = (...bodies: EventBody[]) => {
    const written = db.transaction(() => bodies.map((body) => events.append(body)));
    events.announce();
    return written;
  };
  const services = {
    events,
    jobs: {
      byId: (id: string) => (id === 'job_gone' ? undefined : job({ id })),
      checkFilter: () => {},
      passes: (id: string, filter: { tags?: readonly string[] }) => filter.tags?.includes(id) ?? true,
    },
    scanner: { scan: (id: string) => scan({ id }) },
    searches: { byId: (id: string) => (id === 'search_gone' ? undefined : search({ id })) },
    proposals: { byId: (id: string) => proposal({ id }) },
    contracts: { byId: (id: string) => contract({ id, milestones: [milestone()] }) },
    connection: {
      status: () => status({ account: { externalId: '7', displayName: 'now', connectedAt: now } }),
      flow: (id: string) => ({
        id,
        status: 'COMPLETED' as const,
        redirectUri: 'http://localhost:4000/oauth/upwork/callback',
        createdAt: now,
        expiresAt: now,
      }),
    },
  };
  return { clock, events, write, services };
}

const posted = (id: string, searchIds: string[] = []): EventBody => ({
  type: 'JOB_POSTED',
  subjectId: id,
  scanId: 'scan_1',
  searchIds,
});
const then = {
  status: 'AUTH_EXPIRED' as const,
  message: 'Expired.',
  statusChangedAt: '2026-09-30T00:00:00.000Z',
  nextAction: { kind: 'RECONNECT' as const, message: 'Connect again.', notBefore: '2026-09-30T01:00:00.000Z' },
};

it('delivers what was missed, then what comes, each with its subject and its cursor', async () => {
  const { write, services, events } = openLog();
  const start = events.latestCursor();
  const [first] = write(posted('job_a'));
  const feed = await follow(
    'subscription ($after: String) { jobPosted(after: $after) { id type cursor replayed occurredAt job { id } scan { id } } }',
    { services, variables: { after: start } },
  );
  expect(await feed.next?.()).toEqual({
    data: {
      jobPosted: {
        id: first?.id,
        type: 'JOB_POSTED',
        cursor: first?.cursor,
        replayed: true,
        occurredAt: '2026-10-01T12:00:00.000Z',
        job: { id: 'job_a' },
        scan: { id: 'scan_1' },
      },
    },
  });
  const next = feed.next?.();
  write(posted('job_b'));
  expect(await next).toMatchObject({ data: { jobPosted: { replayed: false, job: { id: 'job_b' } } } });
  await feed.end?.();
});

it('lets go of the log at once when a subscription ends, also while it waits', async () => {
  const { services, events } = openLog();
  const feed = await follow('subscription { jobPosted { id } }', { services });
  const waiting = feed.next?.();
  expect(events.followers()).toBe(1);
  await feed.end?.();
  expect(events.followers()).toBe(0);
  expect(await waiting).toBe('ended');
});

it('ends a subscription when its operation is aborted', async () => {
  const { services, events } = openLog();
  const abort = new AbortController();
  const feed = await follow('subscription { events { id } }', { services, signal: abort.signal });
  const waiting = feed.next?.();
  abort.abort();
  expect(await waiting).toBe('ended');
  expect(events.followers()).toBe(0);
});

it('lets go of the log when a subject cannot be read', async () => {
  const { services, events, write } = openLog();
  const broken = {
    ...services,
    jobs: {
      byId: () => {
        throw new Error('SQLITE_IOERR');
      },
    },
  };
  const feed = await follow('subscription { jobPosted { id } }', { services: broken });
  const waiting = feed.next?.();
  write(posted('job_a'));
  await expect(waiting).rejects.toThrow('SQLITE_IOERR');
  expect(events.followers()).toBe(0);
});

it('leaves out events whose subject has been deleted', async () => {
  const { services, write, events } = openLog();
  const after = events.latestCursor();
  write(posted('job_gone'), posted('job_b'));
  const feed = await follow('subscription ($after: String) { jobPosted(after: $after) { job { id } } }', {
    services,
    variables: { after },
  });
  expect(await feed.next?.()).toEqual({ data: { jobPosted: { job: { id: 'job_b' } } } });
  await feed.end?.();
});

it.each([
  [
    'jobPosted(filter: {tags: ["job_b"]}) { job { id } }',
    posted('job_a'),
    posted('job_b'),
    { jobPosted: { job: { id: 'job_b' } } },
  ],
  [
    'jobPosted(savedSearchId: "search_1") { job { id } matchedSearches { id } }',
    posted('job_a', ['search_2']),
    posted('job_b', ['search_3', 'search_gone', 'search_1']),
    { jobPosted: { job: { id: 'job_b' }, matchedSearches: [{ id: 'search_3' }, { id: 'search_1' }] } },
  ],
  [
    'jobUpdated(jobIds: ["job_b"]) { job { id } changed }',
    { type: 'JOB_UPDATED', subjectId: 'job_a', changed: ['title'] },
    { type: 'JOB_UPDATED', subjectId: 'job_b', changed: ['title'] },
    { jobUpdated: { job: { id: 'job_b' }, changed: ['title'] } },
  ],
  [
    'connectionFlowUpdated(flowId: "flow_b") { flow { id status } }',
    { type: 'CONNECTION_FLOW_UPDATED', subjectId: 'flow_a', status: 'PENDING' },
    { type: 'CONNECTION_FLOW_UPDATED', subjectId: 'flow_b', status: 'EXCHANGING' },
    { connectionFlowUpdated: { flow: { id: 'flow_b', status: 'EXCHANGING' } } },
  ],
  [
    'scanProgress(scanId: "scan_b") { scan { id } phase percent message }',
    { type: 'SCAN_PROGRESS', subjectId: 'scan_a', phase: 'FETCHING', percent: 10 },
    { type: 'SCAN_PROGRESS', subjectId: 'scan_b', phase: 'STORING', percent: 80, message: 'Storing.' },
    { scanProgress: { scan: { id: 'scan_b' }, phase: 'STORING', percent: 80, message: 'Storing.' } },
  ],
  [
    'proposalUpdated(proposalIds: ["proposal_b"]) { proposal { id } previous }',
    { type: 'PROPOSAL_UPDATED', subjectId: 'proposal_a', previous: 'DRAFT' },
    { type: 'PROPOSAL_UPDATED', subjectId: 'proposal_b', previous: 'DRAFT' },
    { proposalUpdated: { proposal: { id: 'proposal_b' }, previous: 'DRAFT' } },
  ],
  [
    'contractUpdated(contractIds: ["contract_b"]) { contract { id } milestone { id } changed }',
    { type: 'CONTRACT_UPDATED', subjectId: 'contract_a', changed: ['status'] },
    { type: 'CONTRACT_UPDATED', subjectId: 'contract_b', milestoneId: 'milestone_1', changed: ['dueIn24h'] },
    { contractUpdated: { contract: { id: 'contract_b' }, milestone: { id: 'milestone_1' }, changed: ['dueIn24h'] } },
  ],
  [
    'events(types: [SCAN_PROGRESS]) { type ... on ScanProgressEvent { percent } }',
    posted('job_a'),
    { type: 'SCAN_PROGRESS', subjectId: 'scan_b', phase: 'DONE', percent: 100 },
    { events: { type: 'SCAN_PROGRESS', percent: 100 } },
  ],
] satisfies [string, EventBody, EventBody, object][])(
  'delivers only what is asked for: %s',
  async (field, other, wanted, delivered) => {
    const { services, write } = openLog();
    const feed = await follow(`subscription { ${field} }`, { services });
    const next = feed.next?.();
    write(other, wanted);
    expect(await next).toEqual({ data: delivered });
    await feed.end?.();
  },
);

it('tells the status as it was, over the rest of the connection as it is', async () => {
  const { services, write } = openLog();
  const feed = await follow(
    `subscription { events { __typename
      ... on AuthExpiredEvent { platform reason message nextAction { kind notBefore } platformStatus { status statusChangedAt account { displayName } } }
      ... on AuthRestoredEvent { platformStatus { message } gap { from to cause filledAt } }
      ... on PlatformStatusChangedEvent { previous platformStatus { status } }
    } }`,
    { services },
  );
  const first = feed.next?.();
  const gap = { from: '2026-09-30T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' };
  write(
    { type: 'AUTH_EXPIRED', subjectId: 'platform_upwork', reason: 'REFRESH_REJECTED', message: 'Gone.', status: then },
    { type: 'AUTH_RESTORED', subjectId: 'platform_upwork', gap, status: then },
    { type: 'PLATFORM_STATUS_CHANGED', subjectId: 'platform_upwork', previous: 'CONNECTED', status: then },
  );
  expect([await first, await feed.next?.(), await feed.next?.()]).toEqual([
    {
      data: {
        events: {
          __typename: 'AuthExpiredEvent',
          platform: 'UPWORK',
          reason: 'REFRESH_REJECTED',
          message: 'Gone.',
          nextAction: { kind: 'RECONNECT', notBefore: '2026-09-30T01:00:00.000Z' },
          platformStatus: {
            status: 'AUTH_EXPIRED',
            statusChangedAt: '2026-09-30T00:00:00.000Z',
            account: { displayName: 'now' },
          },
        },
      },
    },
    {
      data: {
        events: {
          __typename: 'AuthRestoredEvent',
          platformStatus: { message: 'Expired.' },
          gap: { ...gap, cause: 'AUTH_EXPIRED', filledAt: null },
        },
      },
    },
    {
      data: {
        events: {
          __typename: 'PlatformStatusChangedEvent',
          previous: 'CONNECTED',
          platformStatus: { status: 'AUTH_EXPIRED' },
        },
      },
    },
  ]);
  await feed.end?.();
});

it('refuses a cursor it cannot follow as the only result, and follows nothing', async () => {
  const { services, events } = openLog();
  const { refused } = await follow('subscription { jobPosted(after: "not ours") { id } }', { services });
  expect(refused?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(events.followers()).toBe(0);
});

it.each([
  ['filter', `${'{not: '.repeat(11)}{}${'}'.repeat(11)}`],
  ['savedSearchId', '"search_gone"'],
])('refuses a %s that cannot be before anything is delivered', async (name, value) => {
  const { services, events } = openLog();
  const { refused } = await follow(`subscription { jobPosted(${name}: ${value}) { id } }`, { services });
  expect(refused?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(events.followers()).toBe(0);
});

it('says when a subscriber lags', async () => {
  const { services, write, clock } = openLog();
  const lags: string[] = [];
  const feed = await follow('subscription { jobPosted { id } }', { services, onLag: () => lags.push('lags') });
  write(posted('job_a'));
  await clock.advance(30_000);
  expect(lags).toEqual(['lags']);
  await expect(feed.next?.()).rejects.toMatchObject({ code: 'CURSOR_LAGGED' });
});

it('lets a polling client page through the log and poll on from its end', async () => {
  const { services, write, events } = openLog();
  const start = events.latestCursor();
  const written = write(posted('job_a'), posted('job_gone'), posted('job_b'));
  const document = `query ($after: String, $first: Int) { events(after: $after, first: $first) {
    nodes { replayed ... on JobPostedEvent { job { id } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`;
  const page = (after: unknown, first?: number) =>
    ask(document, { services, variables: { after, ...(first !== undefined && { first }) } });
  expect(await page(start, 2)).toEqual({
    data: {
      events: {
        nodes: [{ replayed: true, job: { id: 'job_a' } }],
        pageInfo: {
          hasNextPage: true,
          hasPreviousPage: false,
          startCursor: written[0]?.cursor,
          endCursor: written[1]?.cursor,
        },
      },
    },
  });
  expect(await page(written[1]?.cursor)).toMatchObject({
    data: {
      events: { nodes: [{ job: { id: 'job_b' } }], pageInfo: { hasNextPage: false, endCursor: written[2]?.cursor } },
    },
  });
  expect(await page(written[2]?.cursor)).toEqual({
    data: {
      events: {
        nodes: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: written[2]?.cursor },
      },
    },
  });
});

it.each([-1, 101])('refuses a page of %i events', async (first) => {
  const reply = await ask(`{ events(first: ${first}) { nodes { id } } }`, { services: openLog().services });
  expect(reply.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
