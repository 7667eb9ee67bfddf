import type { ConnectionFlow, JobSummary, PlatformStatus, Scan } from '../../../src/client/operations/answers.ts';

/** A healthy connection, as the server describes it. */
export function platformStatus(overrides: Partial<PlatformStatus> = {}): PlatformStatus {
  const scope = (name: string, granted: string) => ({ name, granted, required: granted, keyFormLabels: [] });
  return {
    id: 'platform_1',
    platform: 'UPWORK',
    status: 'CONNECTED',
    message: 'Upwork accepts the token.',
    statusChangedAt: '2026-05-23T12:00:00.000Z',
    account: { externalId: '1', displayName: 'your-upwork-username', organization: null, profileUrl: null },
    scopes: [scope('contracts', 'READ_WRITE'), scope('job_search', 'READ'), scope('proposals', 'READ_WRITE')],
    tokenExpiresAt: '2026-05-24T12:00:00.000Z',
    lastSyncAt: null,
    nextScanAt: null,
    requestBudget: {
      perDay: 500,
      usedToday: 3,
      remainingToday: 497,
      resetsAt: '2026-05-25T00:00:00.000Z',
      throttledUntil: null,
      throttledBy: null,
    },
    paused: null,
    lostFields: [],
    fieldIncidents: [],
    lastIncident: null,
    nextAction: { kind: 'NONE', message: 'Nothing to do.', command: null, url: null },
    ...overrides,
  };
}

export function flow(overrides: Partial<ConnectionFlow> = {}): ConnectionFlow {
  return {
    id: 'flow_1',
    status: 'PENDING',
    expiresAt: '2026-05-24T12:10:00.000Z',
    completedAt: null,
    error: null,
    ...overrides,
  };
}

export function scan(overrides: Partial<Scan> = {}): Scan {
  return {
    id: 'scan_1',
    trigger: 'MANUAL',
    status: 'RUNNING',
    phase: 'FETCHING',
    queuedAt: '2026-05-24T12:00:00.000Z',
    finishedAt: null,
    counts: { fetched: 0, duplicates: 0, updated: 0, filteredOut: 0, new: 0, notified: 0, upstreamRequests: 0 },
    incident: null,
    diagnosis: null,
    ...overrides,
  };
}

export function job(overrides: Partial<JobSummary> = {}): JobSummary {
  const money = (amount: string) => ({ amount, currency: 'USD', formatted: `$${amount}` });
  return {
    id: 'job_1',
    externalId: '1890000000000000001',
    url: 'https://www.upwork.com/jobs/~021890000000000000001',
    title: 'GraphQL server in TypeScript',
    type: 'FIXED_PRICE',
    hourlyRate: null,
    fixedBudget: money('500.00'),
    experienceLevel: 'EXPERT',
    category: 'Web Development',
    client: { country: 'US', paymentVerified: true, rating: '4.9', totalSpent: money('1000.00') },
    state: 'OPEN',
    triage: 'NEW',
    postedAt: '2026-05-24T11:00:00.000Z',
    contentPurged: false,
    ...overrides,
  };
}
