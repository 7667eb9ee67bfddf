import type {
  ConnectionFlow,
  ConnectionFlowUpdatedEvent,
  JobDetail,
  JobPostedEvent,
  JobSummary,
  LoggedEvent,
  Notice,
  PlatformStatus,
  Scan,
  ScanPreferences,
  ScanProgressEvent,
} from './answers.ts';
import { document } from './document.ts';
import {
  eventFields,
  flowFields,
  jobDetailFields,
  jobSummaryFields,
  noticeFields,
  platformStatusFields,
  preferencesFields,
  scanFields,
  warningFields,
} from './fragments.ts';

/** Documents about the connection, scans, jobs, events and preferences. */

export const platformStatus = document<{ platformStatus: PlatformStatus }, { platform: string }>(
  'query PlatformStatus($platform: Platform!) { platformStatus(platform: $platform) { ...PlatformStatusFields } }',
  platformStatusFields,
);

export const latestCursor = document<{ system: { latestEventCursor: string } }>(
  'query LatestCursor { system { latestEventCursor } }',
);

export const connectUpwork = document<
  {
    connectUpwork: {
      authorizationUrl: string | null;
      flowId: string | null;
      expiresAt: string | null;
      flow: { id: string; expiresAt: string; redirectUri: string } | null;
      warnings: Notice[];
      errors: Notice[];
    };
  },
  {
    input: {
      credentials?: { clientId: string; clientSecret: string };
      force: boolean;
      allowAccountChange: boolean;
    };
  }
>(
  `mutation ConnectUpwork($input: ConnectUpworkInput!) {
  connectUpwork(input: $input) {
    authorizationUrl flowId expiresAt
    flow { id expiresAt redirectUri }
    warnings { ...WarningFields }
    errors { ...ErrorFields }
  }
}`,
  warningFields,
  noticeFields,
);

export const completeUpworkConnection = document<
  {
    completeUpworkConnection: {
      platformStatus: PlatformStatus | null;
      flow: ConnectionFlow | null;
      warnings: Notice[];
      errors: Notice[];
    };
  },
  { input: { callbackUrl: string } }
>(
  `mutation CompleteUpworkConnection($input: CompleteUpworkConnectionInput!) {
  completeUpworkConnection(input: $input) {
    platformStatus { ...PlatformStatusFields }
    flow { ...FlowFields }
    warnings { ...WarningFields }
    errors { ...ErrorFields }
  }
}`,
  platformStatusFields,
  flowFields,
  warningFields,
  noticeFields,
);

export const connectionFlow = document<{ connectionFlow: ConnectionFlow | null }, { id: string }>(
  'query ConnectionFlow($id: ID!) { connectionFlow(id: $id) { ...FlowFields } }',
  flowFields,
);

export const connectionFlowUpdated = document<
  { connectionFlowUpdated: ConnectionFlowUpdatedEvent },
  { flowId: string; after?: string }
>(
  `subscription ConnectionFlowUpdated($flowId: ID!, $after: String) {
  connectionFlowUpdated(flowId: $flowId, after: $after) {
    id type cursor occurredAt replayed flow { ...FlowFields }
  }
}`,
  flowFields,
);

export const disconnectPlatform = document<
  {
    disconnectPlatform: {
      platformStatus: PlatformStatus | null;
      revoked: boolean | null;
      purgedRecords: number | null;
      errors: Notice[];
    };
  },
  { input: { platform: string; revoke: boolean; purgeData: boolean } }
>(
  `mutation DisconnectPlatform($input: DisconnectPlatformInput!) {
  disconnectPlatform(input: $input) {
    platformStatus { ...PlatformStatusFields }
    revoked purgedRecords
    errors { ...ErrorFields }
  }
}`,
  platformStatusFields,
  noticeFields,
);

export const runScan = document<
  { runScan: { scan: Scan | null; joined: boolean; warnings: Notice[]; errors: Notice[] } },
  { input: { dryRun: boolean } }
>(
  `mutation RunScan($input: RunScanInput!) {
  runScan(input: $input) {
    scan { ...ScanFields }
    joined
    warnings { ...WarningFields }
    errors { ...ErrorFields }
  }
}`,
  scanFields,
  warningFields,
  noticeFields,
);

export const scan = document<{ scan: Scan | null }, { id: string }>(
  'query Scan($id: ID!) { scan(id: $id) { ...ScanFields } }',
  scanFields,
);

export const scanProgress = document<{ scanProgress: ScanProgressEvent }, { scanId: string; after?: string }>(
  `subscription ScanProgress($scanId: ID!, $after: String) {
  scanProgress(scanId: $scanId, after: $after) {
    id type cursor occurredAt replayed phase percent message scan { id status phase }
  }
}`,
);

type ScanningPayload = { platformStatus: PlatformStatus | null; errors: Notice[] };

export const pauseScanning = document<{ pauseScanning: ScanningPayload }, { input: { reason?: string } }>(
  `mutation PauseScanning($input: PauseScanningInput!) {
  pauseScanning(input: $input) { platformStatus { ...PlatformStatusFields } errors { ...ErrorFields } }
}`,
  platformStatusFields,
  noticeFields,
);

export const resumeScanning = document<{ resumeScanning: ScanningPayload }>(
  `mutation ResumeScanning {
  resumeScanning { platformStatus { ...PlatformStatusFields } errors { ...ErrorFields } }
}`,
  platformStatusFields,
  noticeFields,
);

export const jobs = document<
  {
    jobs: {
      nodes: JobSummary[];
      totalCount: number;
      totalCountIsExact: boolean;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  },
  { query?: string; filter?: object; orderBy?: { field: string; direction: string }; first: number; after?: string }
>(
  `query Jobs($query: String, $filter: JobFilter, $orderBy: JobOrder, $first: Int!, $after: String) {
  jobs(query: $query, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes { ...JobSummaryFields }
    totalCount totalCountIsExact
    pageInfo { hasNextPage endCursor }
  }
}`,
  jobSummaryFields,
);

export const job = document<{ job: JobDetail | null }, { id: string }>(
  'query Job($id: ID!) { job(id: $id) { ...JobDetailFields } }',
  jobDetailFields,
);

export const jobByExternalId = document<{ jobByExternalId: JobDetail | null }, { externalId: string }>(
  'query JobByExternalId($externalId: String!) { jobByExternalId(externalId: $externalId) { ...JobDetailFields } }',
  jobDetailFields,
);

export const jobPosted = document<{ jobPosted: JobPostedEvent }, { filter?: object; after?: string }>(
  `subscription JobPosted($filter: JobFilter, $after: String) {
  jobPosted(filter: $filter, after: $after) {
    id type cursor occurredAt replayed job { ...JobSummaryFields }
  }
}`,
  jobSummaryFields,
);

export const loggedEvents = document<
  { events: { edges: { node: LoggedEvent }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } },
  { types?: string[]; after?: string; first: number }
>(
  `query LoggedEvents($types: [EventType!], $after: String, $first: Int!) {
  events(types: $types, after: $after, first: $first) {
    edges { node { ...EventFields } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  eventFields,
);

export const followEvents = document<{ events: LoggedEvent }, { types?: string[]; after?: string }>(
  `subscription FollowEvents($types: [EventType!], $after: String) {
  events(types: $types, after: $after) { ...EventFields }
}`,
  eventFields,
);

export const scanPreferences = document<{ scanPreferences: ScanPreferences }>(
  'query ScanPreferences { scanPreferences { ...PreferencesFields } }',
  preferencesFields,
);

export const updateScanPreferences = document<
  {
    updateScanPreferences: {
      scanPreferences: ScanPreferences | null;
      matchingJobs: number | null;
      matchingJobsSince: string | null;
      warnings: Notice[];
      errors: Notice[];
    };
  },
  { input: object }
>(
  `mutation UpdateScanPreferences($input: UpdateScanPreferencesInput!) {
  updateScanPreferences(input: $input) {
    scanPreferences { ...PreferencesFields }
    matchingJobs matchingJobsSince
    warnings { ...WarningFields }
    errors { ...ErrorFields }
  }
}`,
  preferencesFields,
  noticeFields,
);
