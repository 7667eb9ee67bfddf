import { expect, it } from 'vitest';
import { schemaHash } from '../../../src/resolvers/index.ts';
import type { HealthCheck } from '../../../src/services/system/model.ts';
import { job, preferences, scan, status } from './answers.ts';
import { type Answers, ask, now } from './ask.ts';

it('says who asks, what it costs, and how the parts are, looked at once', async () => {
  let looks = 0;
  const checks = (...states: HealthCheck['state'][]): Answers => ({
    system: {
      version: '1.2.3',
      startedAt: now,
      retentionMs: 86_400_000,
      checks: async () => {
        looks++;
        return states.map((state, index) => ({ name: `part${index}`, state, latencyMs: 2, checkedAt: now }));
      },
    },
    events: { latestCursor: () => 'c9', followers: () => 2 },
  });
  const document = `{ viewer { actor { kind name } scopes apiToken { id } } rateLimit { cost limit remaining used resetsAt nodeCount }
    system { version schemaHash startedAt latestEventCursor retention webPushPublicKey health checks { name state latency message } subscribers } }`;
  expect(await ask(document, { services: checks('UP', 'DEGRADED'), scopes: ['READ'] })).toEqual({
    data: {
      viewer: { actor: { kind: 'API_TOKEN', name: 'test' }, scopes: ['READ'], apiToken: { id: 'tok_test' } },
      rateLimit: { cost: 3, limit: 100, remaining: 90, used: 10, resetsAt: '2026-10-01T12:00:00.000Z', nodeCount: 2 },
      system: {
        version: '1.2.3',
        schemaHash,
        startedAt: '2026-10-01T12:00:00.000Z',
        latestEventCursor: 'c9',
        retention: 'P1D',
        webPushPublicKey: null,
        health: 'DEGRADED',
        checks: [
          { name: 'part0', state: 'UP', latency: 'PT0.002S', message: null },
          { name: 'part1', state: 'DEGRADED', latency: 'PT0.002S', message: null },
        ],
        subscribers: 2,
      },
    },
  });
  expect(looks).toBe(1);
  expect(await ask('{ system { health } }', { services: checks('DOWN', 'UP') })).toEqual({
    data: { system: { health: 'DOWN' } },
  });
  await ask('{ system { version } }', { services: checks('UP') });
  expect(looks).toBe(2);
});

it('adds to the connection what the scanner and the budget know', async () => {
  const services: Answers = {
    connection: {
      status: () =>
        status({
          nextAction: { kind: 'WAIT', message: 'Wait.', notBefore: '2026-10-01T13:00:00.000Z' },
          lastIncident: { code: 'RATE_LIMITED', message: '429', occurredAt: now, attempts: 2 },
        }),
    },
    scanner: {
      latest: () => scan({ status: 'SUCCEEDED', durationMs: 1_500 }),
      nextScanAt: () => now,
      paused: () => ({ reason: 'Holiday', since: now, by: { kind: 'CLI', name: 'owner' } }),
    },
    budget: {
      state: () => ({
        perDay: 500,
        usedToday: 3,
        remainingToday: 497,
        resetsAt: now,
        perSecond: 2.5,
        byPurpose: [{ purpose: 'SCAN', count: 3 }],
        throttledUntil: now,
      }),
    },
  };
  const document = `{ platformStatus { platform lastScan { status duration } nextScanAt paused { reason by { kind } }
    requestBudget { perSecond byPurpose { purpose count } } nextAction { notBefore } lastIncident { code requestId attempts } } platformStatuses { id } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      platformStatus: {
        platform: 'UPWORK',
        lastScan: { status: 'SUCCEEDED', duration: 'PT1.5S' },
        nextScanAt: '2026-10-01T12:00:00.000Z',
        paused: { reason: 'Holiday', by: { kind: 'CLI' } },
        requestBudget: { perSecond: 2.5, byPurpose: [{ purpose: 'SCAN', count: 3 }] },
        nextAction: { notBefore: '2026-10-01T13:00:00.000Z' },
        lastIncident: { code: 'RATE_LIMITED', requestId: null, attempts: 2 },
      },
      platformStatuses: [{ id: 'platform_upwork' }],
    },
  });
});

it('shows preferences as they are and what they mean for the schedule', async () => {
  const services: Answers = {
    preferences: {
      current: () =>
        preferences({
          criteria: {
            hourlyRate: { min: '40' },
            fixedBudget: { max: '900', currency: 'EUR' },
            maximumAgeMs: 7_200_000,
          },
        }),
    },
    scanner: {
      effectiveIntervalMs: () => 3_600_000,
      plan: () => ({
        requestsPerScan: 1,
        intervalMs: 3_600_000,
        requestsPerDay: 48,
        scanMs: 500,
        latencyMs: 900_000,
        byPurpose: [{ purpose: 'SCAN', expected: 48, share: 300, most: 450 }],
      }),
    },
  };
  const document = `{ scanPreferences { interval effectiveInterval estimatedRequestsPerDay expectedLatency quietHours { start }
    criteria { keywords jobTypes hourlyRate { min { amount currency } max { amount } } fixedBudget { max { amount currency } } clientSpend { min { amount } } maximumAge requireKnown } } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      scanPreferences: {
        interval: 'PT30M',
        effectiveInterval: 'PT1H',
        estimatedRequestsPerDay: 48,
        expectedLatency: 'PT15M',
        quietHours: null,
        criteria: {
          keywords: [],
          jobTypes: [],
          hourlyRate: { min: { amount: '40', currency: 'USD' }, max: null },
          fixedBudget: { max: { amount: '900', currency: 'EUR' } },
          clientSpend: null,
          maximumAge: 'PT2H',
          requireKnown: [],
        },
      },
    },
  });
});

it('lists scans newest first unless told otherwise, with what they found and why', async () => {
  const asked: unknown[] = [];
  const services: Answers = {
    scanner: {
      list: (query) => {
        asked.push(query);
        return { edges: [{ node: scan(), cursor: 's1' }], hasNextPage: false, hasPreviousPage: true };
      },
      count: () => 1,
      diagnosis: () => ({
        verdict: 'ALL_FILTERED',
        summary: 'All dropped.',
        funnel: [
          {
            name: 'criteria',
            description: 'Criteria.',
            input: 2,
            output: 0,
            reasons: [{ criterion: 'skills', dropped: 2, samples: ['job_1', 'job_gone'] }],
          },
        ],
        suggestions: [{ message: 'Drop it.', estimatedGain: 2, patch: { skills: null } }],
        nextAction: { kind: 'NONE', message: 'Nothing.' },
      }),
    },
    jobs: { byId: (id) => (id === 'job_1' ? job() : undefined) },
  };
  const document = `query ($orderBy: ScanOrder, $filter: ScanFilter) { scans(orderBy: $orderBy, filter: $filter, first: 1) {
    totalCount pageInfo { hasPreviousPage } nodes { id diagnosis { verdict funnel { reasons { criterion dropped samples { id } } } suggestions { patch } } } } }`;
  expect(await ask(document, { services, variables: {} })).toEqual({
    data: {
      scans: {
        totalCount: 1,
        pageInfo: { hasPreviousPage: true },
        nodes: [
          {
            id: 'scan_1',
            diagnosis: {
              verdict: 'ALL_FILTERED',
              funnel: [{ reasons: [{ criterion: 'skills', dropped: 2, samples: [{ id: 'job_1' }] }] }],
              suggestions: [{ patch: { skills: null } }],
            },
          },
        ],
      },
    },
  });
  await ask(document, {
    services,
    variables: { orderBy: null, filter: { statuses: ['FAILED'], queuedAt: { gte: '-1h' }, triggers: null } },
  });
  await ask(document, { services, variables: { orderBy: { field: 'DURATION', direction: 'ASC' } } });
  const newestFirst = { field: 'QUEUED_AT', direction: 'DESC' };
  expect(asked).toEqual([
    { first: 1, filter: {}, orderBy: newestFirst },
    {
      first: 1,
      filter: { statuses: ['FAILED'], dryRuns: false, queuedAt: { gte: new Date('2026-10-01T11:00:00Z') } },
      orderBy: newestFirst,
    },
    { first: 1, filter: {}, orderBy: { field: 'DURATION', direction: 'ASC' } },
  ]);
});

it('pages through the jobs of a scan, and counts all of them by their traits', async () => {
  const pages: unknown[] = [];
  const services: Answers = {
    scanner: {
      scan: () => scan(),
      countJobs: () => 3,
      jobs: (_id, page) => {
        pages.push(page);
        return page.after
          ? { edges: [{ node: job({ id: 'job_3' }), cursor: 'j3' }], hasNextPage: false, hasPreviousPage: true }
          : {
              edges: ['job_1', 'job_2'].map((id) => ({ node: job({ id }), cursor: `cursor of ${id}` })),
              hasNextPage: true,
              hasPreviousPage: false,
            };
      },
    },
    jobs: {
      facets: ({ filter }, names) => [
        { name: names[0] ?? 'TYPE', buckets: [{ value: 'ids', label: String(filter?.ids), count: 3 }] },
      ],
    },
  };
  const document =
    '{ scan(id: "scan_1") { jobs(first: 2) { nodes { id } totalCount totalCountIsExact facets(names: [CATEGORY]) { name buckets { label } } } } }';
  expect(await ask(document, { services })).toEqual({
    data: {
      scan: {
        jobs: {
          nodes: [{ id: 'job_1' }, { id: 'job_2' }],
          totalCount: 3,
          totalCountIsExact: true,
          facets: [{ name: 'CATEGORY', buckets: [{ label: 'job_1,job_2,job_3' }] }],
        },
      },
    },
  });
  expect(pages).toEqual([{ first: 2 }, { first: 100 }, { first: 100, after: 'cursor of job_2' }]);
});

it('gives the category tree two levels deep', async () => {
  const tree = [{ externalId: '1', label: 'Web', subcategories: [{ externalId: '2', label: 'Shops' }] }];
  const reply = await ask('{ categories { label subcategories { externalId label subcategories { label } } } }', {
    services: { categories: async () => tree },
  });
  expect(reply).toEqual({
    data: { categories: [{ label: 'Web', subcategories: [{ externalId: '2', label: 'Shops', subcategories: [] }] }] },
  });
});

it('looks back a day for coverage and a week for latency, or as far as told', async () => {
  const asked: Date[] = [];
  const services: Answers = {
    scanner: {
      coverage: ({ since }) => {
        asked.push(since);
        return { since, gaps: [{ from: since, to: now, cause: 'PAUSED' }], coveredShare: 0.75 };
      },
      scanLatency: ({ since }) => {
        asked.push(since);
        return { p50Ms: 60_000, sampleSize: 3 };
      },
    },
  };
  const document = `{ coverage { since coveredShare gaps { from to cause filledAt } } scanLatency { p50 p90 p99 sampleSize }
    far: coverage(since: "-P30D") { coveredShare } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      coverage: {
        since: '2026-09-30T12:00:00.000Z',
        coveredShare: 0.75,
        gaps: [{ from: '2026-09-30T12:00:00.000Z', to: '2026-10-01T12:00:00.000Z', cause: 'PAUSED', filledAt: null }],
      },
      scanLatency: { p50: 'PT1M', p90: null, p99: null, sampleSize: 3 },
      far: { coveredShare: 0.75 },
    },
  });
  expect(asked.map((at) => at.toISOString())).toEqual([
    '2026-09-30T12:00:00.000Z',
    '2026-09-24T12:00:00.000Z',
    '2026-09-01T12:00:00.000Z',
  ]);
});
