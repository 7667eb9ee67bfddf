/** Every code an expected failure may carry (`ErrorCode` of the schema). */
export const errorCodes = [
  'VALIDATION',
  'NOT_FOUND',
  'CONFLICT',
  'IDEMPOTENCY_CONFLICT',
  'PLATFORM_NOT_CONFIGURED',
  'PLATFORM_NOT_CONNECTED',
  'AUTH_EXPIRED',
  'AUTHORIZATION_DENIED',
  'STATE_MISMATCH',
  'FLOW_EXPIRED',
  'INSUFFICIENT_SCOPES',
  'RATE_LIMITED',
  'UPSTREAM_ERROR',
  'SECRET_STORE_UNAVAILABLE',
  'CAPABILITY_UNSUPPORTED',
  'INVALID_TRANSITION',
  'CREDENTIALS_INVALID',
  'WRONG_ACCOUNT',
  'ACCOUNT_RESTRICTED',
  'JOB_CLOSED',
  'ALREADY_APPLIED',
  'INSUFFICIENT_CONNECTS',
  'SUBMISSION_REFUSED',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

interface FailureBase {
  readonly code: ErrorCode;
  /** One or two sentences for people: what is wrong and what to do. */
  readonly message: string;
  /** Where in the input, e.g. `['input', 'interval']`. */
  readonly path?: readonly string[];
  readonly docsUrl?: string;
}

/**
 * An expected failure as data; `type` is the name of its GraphQL type. Plain objects on purpose: graphql-js turns `Error` instances found in a
 * list into top-level errors (DEPENDENCIES §0.8).
 */
export type UserFailure =
  | (FailureBase & {
      readonly type: 'ValidationError';
      readonly constraint: string;
      readonly expected?: string;
      readonly received?: string;
    })
  | (FailureBase & { readonly type: 'NotFoundError'; readonly nodeId?: string })
  | (FailureBase & { readonly type: 'ConflictError'; readonly currentVersion?: number })
  | (FailureBase & {
      readonly type: 'PlatformConnectionError';
      readonly status: string;
      readonly missingConfiguration: readonly string[];
    })
  | (FailureBase & {
      readonly type: 'AuthorizationFlowError';
      readonly flowId?: string;
      readonly oauthError?: string;
      readonly oauthErrorDescription?: string;
    })
  | (FailureBase & { readonly type: 'InsufficientScopesError'; readonly missingScopes: readonly string[] })
  | (FailureBase & { readonly type: 'RateLimitedError'; readonly retryAfterMs: number })
  | (FailureBase & {
      readonly type: 'UpstreamError';
      readonly httpStatus?: number;
      readonly retryable: boolean;
      readonly requestId?: string;
    })
  | (FailureBase & { readonly type: 'SecretStoreError'; readonly sealed?: boolean })
  | (FailureBase & { readonly type: 'CapabilityError'; readonly capability: string; readonly handoffUrl?: string })
  | (FailureBase & { readonly type: 'ProposalError'; readonly reason?: string; readonly handoffUrl?: string })
  | (FailureBase & {
      readonly type: 'InvalidTransitionError';
      readonly from: string;
      readonly allowed: readonly string[];
    });

/** Thrown by services when the caller can do something about it. Becomes a payload's `errors`, or a top-level error of a query. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly failures: readonly UserFailure[];
  /** @param failures one or more; the message is that of the first. */
  constructor(failures: UserFailure | readonly UserFailure[]) {
    const list = Array.isArray(failures) ? (failures as readonly UserFailure[]) : [failures as UserFailure];
    super(list[0]?.message ?? 'The request could not be carried out.');
    this.failures = list;
  }
}

/** Codes of `Warning`. */
export const warningCodes = [
  'INTERVAL_BELOW_RECOMMENDED',
  'INTERVAL_RAISED_TO_QUOTA',
  'QUERY_TOO_BROAD',
  'QUERY_TOO_NARROW',
  'FILTER_CONTRADICTORY',
  'KEYWORD_IGNORED',
  'DUPLICATE_SAVED_SEARCH',
  'TOKEN_EXPIRES_SOON',
  'SCOPES_MISSING',
  'NO_NOTIFICATION_CHANNEL',
  'SCHEDULE_IN_QUIET_HOURS',
  'CONNECTS_LOW',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Accepted, but worth knowing. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  readonly path?: readonly string[];
  readonly docsUrl?: string;
}

/** A refusal that is a top-level GraphQL error rather than payload data: its code goes to `extensions.code`, `extensions` beside it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code:
    | 'UNAUTHENTICATED'
    | 'FORBIDDEN'
    | 'BAD_USER_INPUT'
    | 'CURSOR_EXPIRED'
    | 'CURSOR_LAGGED'
    | 'TOO_MANY_SUBSCRIPTIONS'
    | 'SERVICE_UNAVAILABLE'
    | 'RATE_LIMITED';
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(code: RefusedError['code'], message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.extensions = extensions;
  }
}
