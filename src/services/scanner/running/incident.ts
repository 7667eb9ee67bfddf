import type { PlatformIncident } from '../../connection/model.ts';
import type { ErrorCode } from '../../failures/model.ts';
import { UpworkError, type UpworkErrorCode } from '../../upwork/model.ts';
import type { CoverageGapCause, ScanVerdict } from '../model.ts';

/** Why a scan could not do its work, for the ledger, the diagnosis and the coverage. */
export interface ScanFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly verdict: ScanVerdict;
  readonly cause: CoverageGapCause;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** It passes by itself: another try in a minute makes sense. */
  readonly isTransient: boolean;
  /** Upwork restricted the account: scanning stops until a person resumes it (F108). */
  readonly isRestriction: boolean;
}

type Meaning = readonly [ErrorCode, ScanVerdict, CoverageGapCause];
const upstream: Meaning = ['UPSTREAM_ERROR', 'UPSTREAM_FAILED', 'UPSTREAM_ERROR'];
const limited: Meaning = ['RATE_LIMITED', 'RATE_LIMITED', 'THROTTLED'];

const meanings: Readonly<Record<UpworkErrorCode, Meaning>> = {
  not_connected: ['PLATFORM_NOT_CONNECTED', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  auth_expired: ['AUTH_EXPIRED', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  credentials_invalid: ['CREDENTIALS_INVALID', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  unauthorized: ['UPSTREAM_ERROR', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  missing_scopes: ['INSUFFICIENT_SCOPES', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  authorization_failed: ['CAPABILITY_UNSUPPORTED', 'AUTH_FAILED', 'AUTH_EXPIRED'],
  restricted: ['ACCOUNT_RESTRICTED', 'AUTH_FAILED', 'PAUSED'],
  secret_store: ['SECRET_STORE_UNAVAILABLE', 'AUTH_FAILED', 'DOWNTIME'],
  rate_limited: limited,
  budget_spent: limited,
  invalid_query: upstream,
  bad_parameter: upstream,
  unavailable: upstream,
  challenge: upstream,
  timeout: upstream,
  network: upstream,
  unexpected_response: upstream,
  cancelled: upstream,
};

/** What an error of a scan means. Anything unforeseen is Prospector's own failure and says so; its text stays in the log. */
export function failureOf(error: unknown): ScanFailure {
  if (error instanceof ScanRefusal) return error.failure;
  if (!(error instanceof UpworkError)) {
    return {
      code: 'UPSTREAM_ERROR',
      message: 'The scan ended with a failure of Prospector itself, not of Upwork. The log has the details.',
      verdict: 'NOT_RUN',
      cause: 'DOWNTIME',
      isTransient: true,
      isRestriction: false,
    };
  }
  const [code, verdict, cause] = meanings[error.code];
  return {
    code,
    message: error.message,
    verdict,
    cause,
    ...(error.requestId !== undefined && { requestId: error.requestId }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    isTransient: verdict === 'UPSTREAM_FAILED' || error.code === 'unauthorized' || error.code === 'secret_store',
    isRestriction: error.code === 'restricted',
  };
}

/** The scan cannot be asked as the preferences have it. */
export class ScanRefusal extends Error {
  override readonly name = 'ScanRefusal';
  readonly failure: ScanFailure;
  constructor(message: string) {
    super(message);
    this.failure = {
      code: 'VALIDATION',
      message,
      verdict: 'NOT_RUN',
      cause: 'DOWNTIME',
      isTransient: false,
      isRestriction: false,
    };
  }
}

/** The failure as the ledger keeps it. `attempts`: failures in a row, this one included. */
export function incidentOf(
  { code, message, requestId }: ScanFailure,
  occurredAt: Date,
  attempts: number,
  nextRetryAt: Date | undefined,
): PlatformIncident {
  return {
    code,
    message,
    occurredAt,
    attempts,
    ...(requestId !== undefined && { requestId }),
    ...(nextRetryAt && { nextRetryAt }),
  };
}
