import type { Actor } from '../access/model.ts';
import type { NextAction, PlatformIncident } from '../connection/model.ts';
import type { CriterionName, InstantRange, Job, JobCriteria, Page, PageArguments } from '../jobs/model.ts';
import type { ScanPreferences } from '../preferences/model.ts';
import type { RequestPurpose } from '../upwork/model.ts';

export const scanTriggers = ['SCHEDULE', 'MANUAL', 'CATCH_UP', 'CONNECTED'] as const;
export type ScanTrigger = (typeof scanTriggers)[number];
export const scanStatuses = [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'PARTIAL',
  'FAILED',
  'CANCELLED',
  'SKIPPED',
  'INTERRUPTED',
] as const;
export type ScanStatus = (typeof scanStatuses)[number];
export const scanPhases = [
  'AUTHENTICATING',
  'FETCHING',
  'DEDUPLICATING',
  'FILTERING',
  'SCORING',
  'STORING',
  'NOTIFYING',
  'DONE',
] as const;
export type ScanPhase = (typeof scanPhases)[number];
export const scanVerdicts = [
  'HEALTHY',
  'PARTLY_READ',
  'NO_NEW_POSTINGS',
  'ALL_DUPLICATES',
  'ALL_FILTERED',
  'UPSTREAM_EMPTY',
  'UPSTREAM_FAILED',
  'AUTH_FAILED',
  'RATE_LIMITED',
  'NOT_RUN',
] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

export interface ScanCounts {
  readonly fetched: number;
  readonly duplicates: number;
  readonly updated: number;
  readonly filteredOut: number;
  readonly new: number;
  readonly notified: number;
  readonly upstreamRequests: number;
}

/** One run, as the ledger has it. */
export interface Scan {
  readonly seq: number;
  readonly id: string;
  readonly trigger: ScanTrigger;
  readonly status: ScanStatus;
  readonly phase: ScanPhase;
  readonly queuedAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly durationMs?: number;
  readonly counts: ScanCounts;
  readonly incident?: PlatformIncident;
  readonly preferencesVersion: number;
  /** It stored nothing and told nobody. */
  readonly isDryRun: boolean;
}

export interface ScanDropReason {
  readonly criterion: CriterionName;
  readonly dropped: number;
  /** Sample job ids. */
  readonly samples: readonly string[];
}
export interface ScanFunnelStep {
  readonly name: string;
  readonly description: string;
  readonly input: number;
  readonly output: number;
  readonly reasons: readonly ScanDropReason[];
}
export interface ScanSuggestion {
  readonly message: string;
  readonly estimatedGain?: number;
  readonly patch?: Readonly<Record<string, unknown>>;
}
export interface ScanDiagnosis {
  readonly verdict: ScanVerdict;
  readonly summary: string;
  readonly funnel: readonly ScanFunnelStep[];
  readonly suggestions: readonly ScanSuggestion[];
  readonly nextAction: NextAction;
}

export interface ScanPause {
  readonly reason: string;
  readonly since: Date;
  readonly by: Actor;
}
export interface ScanFilter {
  readonly statuses?: readonly ScanStatus[];
  readonly triggers?: readonly ScanTrigger[];
  readonly queuedAt?: InstantRange;
  /** Also those. */
  readonly dryRuns?: boolean;
}
export const scanOrderFields = ['QUEUED_AT', 'DURATION', 'NEW_COUNT'] as const;
export interface ScanOrder {
  readonly field: (typeof scanOrderFields)[number];
  readonly direction: 'ASC' | 'DESC';
}
export interface ScansQuery extends PageArguments {
  readonly filter?: ScanFilter | null;
  readonly orderBy: ScanOrder;
}

export const coverageGapCauses = [
  'TRUNCATED',
  'DOWNTIME',
  'AUTH_EXPIRED',
  'THROTTLED',
  'UPSTREAM_ERROR',
  'PAUSED',
] as const;
export type CoverageGapCause = (typeof coverageGapCauses)[number];
/** A stretch of time in which postings may have been missed. */
export interface CoverageGap {
  readonly from: Date;
  /** Now, while it still grows. */
  readonly to: Date;
  readonly cause: CoverageGapCause;
  /** When a later scan reached back over it. */
  readonly filledAt?: Date;
}
export interface Coverage {
  /** As asked, but no earlier than the first scan. */
  readonly since: Date;
  readonly gaps: readonly CoverageGap[];
  /** 0–1: share of the time since then that lies in no open gap; 0 where nothing has ever been scanned. */
  readonly coveredShare: number;
}
/** From posted to pushed, measured; absent where there is no sample. */
export interface ScanLatency {
  readonly p50Ms?: number;
  readonly p90Ms?: number;
  readonly p99Ms?: number;
  readonly sampleSize: number;
}

/** What preferences cost and give. Lengths in ms. */
export interface ScanPlan {
  /** Mean of the last day's scans; before the first one, and for other criteria, what the plan says. */
  readonly requestsPerScan: number;
  /** The interval asked for, raised where the day's requests would not suffice for it. */
  readonly intervalMs: number;
  /** Of scanning; 0 while it is switched off. */
  readonly requestsPerDay: number;
  /** Median of the last day's scans. */
  readonly scanMs: number;
  /** Median time from posting to push at best. */
  readonly latencyMs: number;
  /** What each purpose takes a day, is sure of, and may use at most. */
  readonly byPurpose: readonly PurposePlan[];
}

/** Requests a day. */
export interface PurposePlan {
  readonly purpose: RequestPurpose;
  /** Of scanning what is planned; of all else what the last seven days took on average. */
  readonly expected: number;
  readonly share: number;
  readonly most: number;
}

export interface ScannerService {
  /**
   * Scans now, or joins the scan that is running. Returns as soon as the scan's row exists; follow `SCAN_PROGRESS` for the rest.
   * A scan of another kind (other criteria, dry run) is not joined.
   * @throws DomainError PLATFORM_NOT_CONNECTED, CREDENTIALS_INVALID, WRONG_ACCOUNT, INSUFFICIENT_SCOPES, AUTH_EXPIRED, ACCOUNT_RESTRICTED, RATE_LIMITED, SECRET_STORE_UNAVAILABLE, IDEMPOTENCY_CONFLICT, CONFLICT (a scan of another kind is running), VALIDATION
   */
  run(input: {
    trigger: ScanTrigger;
    criteria?: JobCriteria;
    dryRun: boolean;
    idempotencyKey?: string;
  }): Promise<{ scan: Scan; joined: boolean }>;
  /** Asks the running scan to stop. @throws DomainError NOT_FOUND, INVALID_TRANSITION */
  cancel(scanId: string): Promise<Scan>;
  /** Resolves when the scan has ended, in whichever process it runs. @throws DomainError NOT_FOUND */
  finished(scanId: string): Promise<Scan>;
  scan(id: string): Scan | undefined;
  latest(): Scan | undefined;
  list(query: ScansQuery): Page<Scan>;
  count(filter?: ScanFilter | null): number;
  /** Jobs that were new in this scan. */
  jobs(scanId: string, page: PageArguments): Page<Job>;
  countJobs(scanId: string): number;
  diagnosis(scanId: string): ScanDiagnosis | undefined;
  /** Explains the last scan, or that none has run. */
  latestDiagnosis(): ScanDiagnosis;
  /** What was looked at since then, and what was left out why. */
  coverage(options: { since: Date }): Coverage;
  /** How long postings took from posted to pushed, of those announced since then. */
  scanLatency(options: { since: Date }): ScanLatency;
  /** Undefined while scanning is off, paused, or waits for a person. */
  nextScanAt(): Date | undefined;
  /** The interval after quota and back-off: of the preferences in force, or of others before they are. */
  effectiveIntervalMs(preferences?: ScanPreferences): number;
  /** What the preferences in force, or others before they are, cost and give. */
  plan(preferences?: ScanPreferences): ScanPlan;
  pause(reason: string, by: Actor): void;
  resume(): void;
  paused(): ScanPause | undefined;
  /** Starts the schedule; interrupted scans of a crashed process become INTERRUPTED. */
  start(): void;
  /** Stops the schedule and ends the running scan, within 5 s. */
  close(): Promise<void>;
}
