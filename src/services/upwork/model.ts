/** Why a call to Upwork failed. */
export const upworkErrorCodes = [
  'not_connected',
  'auth_expired',
  'secret_store',
  'credentials_invalid',
  'unauthorized',
  'missing_scopes',
  'authorization_failed',
  'restricted',
  'rate_limited',
  'budget_spent',
  'invalid_query',
  'bad_parameter',
  'unavailable',
  'challenge',
  'timeout',
  'network',
  'unexpected_response',
  'cancelled',
] as const;
export type UpworkErrorCode = (typeof upworkErrorCodes)[number];

/** The one class thrown by everything that talks to Upwork. The message says what to do next and holds no URL with a query, token or header. */
export class UpworkError extends Error {
  override readonly name = 'UpworkError';
  readonly code: UpworkErrorCode;
  readonly httpStatus?: number;
  /** `vnd-eo-trace-id`: Upwork's support asks for it. */
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** `Type.field` names of a missing scope. */
  readonly missing?: readonly string[];
  constructor(
    code: UpworkErrorCode,
    message: string,
    more: {
      httpStatus?: number;
      requestId?: string;
      retryAfterMs?: number;
      missing?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    if (more.httpStatus !== undefined) this.httpStatus = more.httpStatus;
    if (more.requestId !== undefined) this.requestId = more.requestId;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
    if (more.missing !== undefined) this.missing = more.missing;
  }
}

export const requestPurposes = ['SCAN', 'DETAIL', 'PROPOSALS', 'CONTRACTS', 'IDENTITY', 'DIAGNOSIS'] as const;
export type RequestPurpose = (typeof requestPurposes)[number];

/** One authenticated call. */
export interface UpworkApi {
  /**
   * Sends one operation. A missing token, 401 (one refresh, one retry), 429/5xx (retried for queries only, with back-off) and the errors of FACTS §3.1 are handled here.
   * @returns `data` with what was nulled, and the messages of field errors that came with it
   * @throws UpworkError
   */
  request(
    operation: { readonly name: string; readonly document: string; readonly kind: 'query' | 'mutation' },
    variables: Record<string, unknown>,
    options: { purpose: RequestPurpose; signal?: AbortSignal },
  ): Promise<{ data: Record<string, unknown>; fieldErrors: readonly string[] }>;
  /** Requests sent since the process started. */
  sent(): number;
}

/** What a search asks of Upwork: the coarse filter, by Upwork's own values. */
export interface UpstreamSearch {
  readonly expression?: string;
  readonly categoryIds?: readonly string[];
  readonly subcategoryIds?: readonly string[];
  readonly jobType?: 'HOURLY' | 'FIXED';
  readonly experienceLevel?: 'ENTRY_LEVEL' | 'INTERMEDIATE' | 'EXPERT';
  readonly verifiedPaymentOnly?: boolean;
}

/** One page of postings, newest first. `received` counts list elements, nulled ones included. */
export interface SearchPage {
  readonly postings: readonly import('../jobs/model.ts').Posting[];
  readonly received: number;
  readonly nulled: number;
  readonly totalCount?: number;
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
  readonly problems: readonly string[];
}

export interface UpworkIdentity {
  readonly userId: string;
  /** `nid`: the user name. */
  readonly userName: string;
  readonly displayName: string;
  readonly email?: string;
  readonly avatarUrl?: string;
  readonly organizationId: string;
  readonly organizationName?: string;
  readonly organizations: readonly { readonly id: string; readonly title: string }[];
}

export interface CategoryNode {
  readonly externalId: string;
  readonly label: string;
  readonly subcategories: readonly { readonly externalId: string; readonly label: string }[];
}
