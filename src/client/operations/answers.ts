/** What the operations of `operations.ts` give, as the contract types it. Enums stay strings: they may grow. */

/** An expected failure of a mutation, or a warning: both have these. */
export interface Notice {
  code: string;
  message: string;
  path?: string[] | null;
}

export interface Money {
  amount: string;
  currency: string;
  formatted: string;
}

export interface NextAction {
  kind: string;
  message: string;
  command: string | null;
  url: string | null;
}

export interface ScopeGrant {
  name: string;
  required: string;
  granted: string;
  keyFormLabels: string[];
}

export interface PlatformStatus {
  id: string;
  platform: string;
  status: string;
  message: string;
  statusChangedAt: string;
  account: { externalId: string; displayName: string; organization: string | null; profileUrl: string | null } | null;
  scopes: ScopeGrant[];
  tokenExpiresAt: string | null;
  lastSyncAt: string | null;
  nextScanAt: string | null;
  requestBudget: {
    perDay: number;
    usedToday: number;
    remainingToday: number;
    resetsAt: string;
    throttledUntil: string | null;
    throttledBy: 'UPWORK' | 'BUDGET' | null;
  };
  paused: { reason: string; since: string } | null;
  lostFields: {
    path: string;
    since: string;
    figures: string[];
    criteria: string[];
    savedSearches: { name: string }[];
  }[];
  fieldIncidents: { message: string; since: string }[];
  lastIncident: { code: string; message: string; occurredAt: string; nextRetryAt: string | null } | null;
  nextAction: NextAction;
}

export interface ConnectionFlow {
  id: string;
  status: string;
  expiresAt: string;
  completedAt: string | null;
  error: Notice | null;
}

export interface ScanCounts {
  fetched: number;
  duplicates: number;
  updated: number;
  filteredOut: number;
  new: number;
  notified: number;
  upstreamRequests: number;
}

export interface Scan {
  id: string;
  trigger: string;
  status: string;
  phase: string;
  queuedAt: string;
  finishedAt: string | null;
  counts: ScanCounts;
  incident: { code: string; message: string } | null;
  diagnosis: {
    verdict: string;
    summary: string;
    funnel: {
      name: string;
      description: string;
      input: number;
      output: number;
      reasons: { criterion: string; dropped: number }[];
    }[];
    suggestions: { message: string; estimatedGain: number | null }[];
    nextAction: NextAction;
  } | null;
}

export interface JobSummary {
  id: string;
  externalId: string;
  url: string;
  title: string;
  type: string | null;
  hourlyRate: { min: Money | null; max: Money | null } | null;
  fixedBudget: Money | null;
  experienceLevel: string | null;
  category: string | null;
  client: { country: string | null; paymentVerified: boolean | null; rating: string | null; totalSpent: Money | null };
  state: string;
  triage: string;
  postedAt: string;
  contentPurged: boolean;
}

export interface JobDetail extends JobSummary {
  description: string;
  connectsRequired: number | null;
  workload: string | null;
  duration: string | null;
  preferredFreelancerLocations: string[];
  preferredFreelancerLocationMandatory: boolean | null;
  skills: string[];
  screeningQuestions: { position: number; text: string; required: boolean }[];
  client: JobSummary['client'] & {
    city: string | null;
    reviewCount: number | null;
    hires: number | null;
    jobsPosted: number | null;
    memberSince: string | null;
  };
  activity: { proposals: number | null; proposalsMinimum: number | null; proposalsMaximum: number | null } | null;
  notes: string | null;
  tags: string[];
  firstSeenAt: string;
  updatedAt: string;
  contentExpiresAt: string | null;
}

export interface JobCriteria {
  keywords: string[];
  excludedKeywords: string[];
  skills: string[];
  categories: string[];
  jobTypes: string[];
  experienceLevels: string[];
  workloads: string[];
  durations: string[];
  hourlyRate: { min: Money | null; max: Money | null } | null;
  fixedBudget: { min: Money | null; max: Money | null } | null;
  clientCountries: string[];
  excludedClientCountries: string[];
  clientHistory: string[];
  clientPaymentVerified: boolean | null;
  clientMinimumRating: string | null;
  clientSpend: { min: Money | null; max: Money | null } | null;
  maximumProposals: number | null;
  maximumAge: string | null;
  minimumMatchScore: number | null;
  requireKnown: string[];
}

export interface ScanPreferences {
  id: string;
  platform: string;
  enabled: boolean;
  interval: string;
  effectiveInterval: string;
  quietHours: { start: string; end: string; timeZone: string } | null;
  criteria: JobCriteria;
  maxResultsPerScan: number;
  requestsPerDay: number;
  estimatedRequestsPerDay: number;
  expectedLatency: string;
  requestPlan: { purpose: string; expected: number; share: number; most: number }[];
  scoreWeights: Record<string, number>;
  serviceFee: string;
  warnings: Notice[];
  version: number;
  updatedAt: string;
}

export interface ApiToken {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** An entry of the log; what is there beside the first five depends on `type`. */
export interface LoggedEvent {
  id: string;
  type: string;
  cursor: string;
  occurredAt: string;
  replayed: boolean;
  job?: JobSummary;
  changed?: string[];
  reason?: string;
  reasonMessage?: string;
  message?: string | null;
  previous?: string;
  platformStatus?: { status: string; message: string };
  flow?: { id: string; status: string };
  scan?: { id: string; status: string; phase: string };
  phase?: string;
  percent?: number;
}

export interface JobPostedEvent extends LoggedEvent {
  job: JobSummary;
}

export interface ScanProgressEvent extends LoggedEvent {
  scan: { id: string; status: string; phase: string };
  phase: string;
  percent: number;
  message: string | null;
}

export interface ConnectionFlowUpdatedEvent extends LoggedEvent {
  flow: ConnectionFlow & { id: string };
}
