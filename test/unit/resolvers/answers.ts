import type { PlatformStatus } from '../../../src/services/connection/model.ts';
import type { Contract, Milestone } from '../../../src/services/contracts/model.ts';
import type { Job } from '../../../src/services/jobs/model.ts';
import type { ScanPreferences } from '../../../src/services/preferences/model.ts';
import type { Proposal } from '../../../src/services/proposals/model.ts';
import type { Scan } from '../../../src/services/scanner/model.ts';
import type { SavedSearch } from '../../../src/services/searches/model.ts';
import { now } from './ask.ts';

/** Things services answer with, as small as they may be. */

export function job(more: Partial<Job> = {}): Job {
  return {
    seq: 1,
    id: 'job_1',
    externalId: '1001',
    url: 'https://www.upwork.com/jobs/~021001',
    title: 'A title',
    description: 'A description',
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
    contentPurged: false,
    ...more,
  };
}

export function search(more: Partial<SavedSearch> = {}): SavedSearch {
  return {
    seq: 1,
    id: 'search_1',
    name: 'Dashboards',
    criteria: {},
    scan: false,
    enabled: true,
    notify: true,
    channelIds: [],
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...more,
  };
}

export function scan(more: Partial<Scan> = {}): Scan {
  return {
    seq: 1,
    id: 'scan_1',
    trigger: 'MANUAL',
    status: 'RUNNING',
    phase: 'FETCHING',
    queuedAt: now,
    counts: { fetched: 0, duplicates: 0, updated: 0, filteredOut: 0, new: 0, notified: 0, upstreamRequests: 0 },
    preferencesVersion: 1,
    isDryRun: false,
    ...more,
  };
}

export function status(more: Partial<PlatformStatus> = {}): PlatformStatus {
  return {
    id: 'platform_upwork',
    status: 'CONNECTED',
    message: 'Connected.',
    statusChangedAt: now,
    scopes: [],
    capabilities: [],
    nextAction: { kind: 'NONE', message: 'Nothing to do.' },
    ...more,
  };
}

export function preferences(more: Partial<ScanPreferences> = {}): ScanPreferences {
  return {
    id: 'preferences_upwork',
    enabled: true,
    intervalMs: 1_800_000,
    criteria: {},
    scanEverything: false,
    maxResultsPerScan: 50,
    requestsPerDay: 500,
    scoreWeights: { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 },
    serviceFee: '10',
    warnings: [],
    version: 1,
    updatedAt: now,
    ...more,
  };
}

export function proposal(more: Partial<Proposal> = {}): Proposal {
  return {
    seq: 1,
    id: 'proposal_1',
    jobId: 'job_1',
    status: 'DRAFT',
    coverLetter: 'Hello',
    terms: { milestones: [] },
    answers: [],
    contentHash: 'abc',
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...more,
  };
}

export function milestone(more: Partial<Milestone> = {}): Milestone {
  return {
    id: 'milestone_1',
    contractId: 'contract_1',
    title: 'First',
    amount: { amount: '100', currency: 'USD' },
    status: 'FUNDED',
    overdue: false,
    ...more,
  };
}

export function contract(more: Partial<Contract> = {}): Contract {
  return {
    seq: 1,
    id: 'contract_1',
    externalId: '77',
    title: 'A contract',
    status: 'ACTIVE',
    type: 'FIXED_PRICE',
    client: {},
    milestones: [],
    syncedAt: now,
    ...more,
  };
}
