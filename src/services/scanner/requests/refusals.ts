import type { RequestBudget } from '../../budget/model.ts';
import type { ConnectionStatus, PlatformStatus } from '../../connection/model.ts';
import type { ErrorCode, UserFailure } from '../../failures/model.ts';
import type { CoverageGapCause, ScanPause } from '../model.ts';

/** Longer than this nobody waits for a request's turn (`Budget.take`). */
const longestWaitMs = 30_000;

/** What of the world decides whether a scan may be made now. */
export interface Circumstances {
  readonly status: PlatformStatus;
  readonly budget: RequestBudget;
  readonly pause: ScanPause | undefined;
  readonly now: Date;
}

/**
 * Why Upwork cannot be asked now, or undefined. A pause by hand is no reason: a person who scans by hand wants it. One by a restriction is: the
 * account is at stake (F108).
 */
export function refusalOf({ status, budget, pause, now }: Circumstances): UserFailure | undefined {
  if (pause?.by.kind === 'PLATFORM' || status.status === 'RESTRICTED')
    return unconnected(
      'ACCOUNT_RESTRICTED',
      status,
      'Upwork restricted the account, so nothing is asked of it. Settle it with Upwork, then run `ghoststack prospector resume`.',
    );
  const throttledUntil = budget.throttledUntil?.getTime() ?? 0;
  switch (status.status) {
    case 'SECRET_STORE_UNAVAILABLE':
      return { type: 'SecretStoreError', code: 'SECRET_STORE_UNAVAILABLE', message: said(status) };
    case 'CREDENTIALS_INVALID':
      return { type: 'AuthorizationFlowError', code: 'CREDENTIALS_INVALID', message: said(status) };
    case 'WRONG_ACCOUNT':
      return { type: 'AuthorizationFlowError', code: 'WRONG_ACCOUNT', message: said(status) };
    case 'AUTH_EXPIRED':
      return unconnected('AUTH_EXPIRED', status, said(status));
    case 'CONNECTING':
    case 'DISCONNECTED':
      return unconnected('PLATFORM_NOT_CONNECTED', status, said(status));
    default:
      if (throttledUntil - now.getTime() > longestWaitMs) return limited(throttledUntil, now);
      return missingScope(status);
  }
}

/** What a connection that cannot be used does to the coverage. */
export function causeOf(status: ConnectionStatus): CoverageGapCause {
  switch (status) {
    case 'RATE_LIMITED':
      return 'THROTTLED';
    case 'RESTRICTED':
      return 'PAUSED';
    case 'ERROR':
      return 'UPSTREAM_ERROR';
    case 'SECRET_STORE_UNAVAILABLE':
      return 'DOWNTIME';
    default:
      return 'AUTH_EXPIRED';
  }
}

function said({ message, nextAction }: PlatformStatus): string {
  return nextAction.command ? `${message} Run \`${nextAction.command}\`.` : message;
}

function unconnected(code: ErrorCode, { status }: PlatformStatus, message: string): UserFailure {
  return { type: 'PlatformConnectionError', code, message, status, missingConfiguration: [] };
}

function limited(until: number, now: Date): UserFailure {
  return {
    type: 'RateLimitedError',
    code: 'RATE_LIMITED',
    message: `No requests to Upwork before ${new Date(until).toISOString()}: it asked for a pause, or today's requests are spent. Scanning goes on by itself.`,
    retryAfterMs: until - now.getTime(),
  };
}

/** Other scopes may be missing; without this one there is nothing to scan with. */
function missingScope({ scopes }: PlatformStatus): UserFailure | undefined {
  const search = scopes.find(({ name }) => name === 'job_search');
  if (search?.granted !== 'NONE') return undefined;
  return {
    type: 'InsufficientScopesError',
    code: 'INSUFFICIENT_SCOPES',
    message: `The Upwork key may not search for jobs. Tick these on its form, then connect anew: ${search.keyFormLabels.join(', ')}.`,
    missingScopes: search.keyFormLabels,
  };
}
